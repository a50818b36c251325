import type { Token } from '../model/token.ts';

/** Tokens inside tokens, all levels, the outermost first. Decoding bounds the depth. */
export function innerTokens(token: Token): { path: string; token: Token }[] {
  return token.inner.flatMap((one) => [one, ...innerTokens(one.token)]);
}

/** Whatever of a token would serve a thief: the whole text, and a signature that could be put back. */
export function secretsOf(token: Token): string[] {
  return [token, ...innerTokens(token).map((one) => one.token)].flatMap(({ text, signature }) =>
    signature ? [text, signature.text] : [text],
  );
}
