/** How to validate a token of a platform that publishes no endpoint for it; `key` is what the customer signs with. */
export const checkedAtJoin = (key: string) =>
  `The platform checks it when joining; no endpoint is published. With ${key} the signature can be verified anywhere.`;
