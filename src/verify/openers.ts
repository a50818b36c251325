import type { Token } from '../engine/model/token.ts';
import { type Decryption, decryptToken } from './decrypt.ts';
import { parseKey } from './key.ts';
import { decryptMsalEntry, parseBaseKey } from './msal-cache.ts';
import { notChecked } from './verifier.ts';

/** One way to open locked tokens with a key. */
export interface Opener {
  /** What a form's lock calls it. */
  id: string;
  /**
   * `names` are the storage keys the token is kept under.
   * @throws {KeyError} with a sentence that does not repeat the key
   */
  open(token: Token, keyText: string, names: readonly string[]): Promise<Decryption>;
}

/** Every way to open what is locked. */
export const openers: readonly Opener[] = [
  { id: 'jwe', open: (token, keyText) => decryptToken(token, parseKey(keyText)) },
  { id: 'msal-cache', open: (token, keyText, names) => decryptMsalEntry(token.text, parseBaseKey(keyText), names) },
];

/**
 * Decrypts a locked token with a key the user has at hand; says so when it is not locked.
 * @throws {KeyError} with a sentence that does not repeat the key
 */
export async function openToken(token: Token, keyText: string, names: readonly string[]): Promise<Decryption> {
  const opener = openers.find(({ id }) => id === token.lock?.opener);
  return opener ? opener.open(token, keyText, names) : notChecked('This token is not encrypted.');
}
