/** Tokens of one platform, by what each shows: made by the vendor's own server SDK where it can make them. */
export type Minted = Record<string, () => string | Promise<string>>;
