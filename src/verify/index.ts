import type { Token } from '../engine/model/token.ts';
import { agora007 } from './agora-007.ts';
import { jose } from './jose.ts';
import type { Key } from './key.ts';
import { opentokT1 } from './opentok-t1.ts';
import { bytesAreNoSecret } from './public-key-text.ts';
import { verifyText } from './signed-text.ts';
import { trtcUsersig } from './trtc-usersig.ts';
import { notChecked, otherKey, type Verdict, type Verifier } from './verifier.ts';
import { zego04 } from './zego-04.ts';

export { base64Bytes } from './base64-bytes.ts';
export { type Decryption, decryptToken } from './decrypt.ts';
export { type Key, KeyError, parseKey, parseKeySet, parsePublicPem, secretReadings } from './key.ts';
export { openers, openToken } from './openers.ts';
export { bytesAreNoSecret, noSecretBecause } from './public-key-text.ts';
export type { Signed, Verdict } from './verifier.ts';

/** Every way to check a signature; at most one serves a form. */
export const verifiers: readonly Verifier[] = [jose, opentokT1, agora007, trtcUsersig, zego04];

/**
 * Checks a token's signature with keys in hand, until one matches. Never throws; the last failure is the answer when none
 * does. Looks nothing up: no URL is fetched, and none that stands in the token.
 */
export async function verifySignature(token: Token, keys: readonly Key[]): Promise<Verdict> {
  const verifier = verifiers.find(({ forms }) => forms.includes(token.form));
  if (!verifier) return notChecked('Tokens of this form carry no signature that a key in hand can verify.');
  let last = notChecked('There is no key to verify it with.');
  for (const key of keys) {
    const verdict = unfit(key) ?? (await verifier.verify(token, key));
    if (verdict.outcome === 'passed') return verdict;
    if (verdict.outcome === 'failed' || last.outcome !== 'failed') last = verdict;
  }
  return last;
}

/**
 * The same for a compact JWS and an algorithm that the caller knows, whatever else the header says (`signed-text.ts`). Never
 * throws.
 */
export async function verifySignedText(
  text: string,
  algorithm: string,
  kid: unknown,
  keys: readonly Key[],
): Promise<Verdict> {
  let last = notChecked('There is no key to verify it with.');
  for (const key of keys) {
    last = unfit(key) ?? (await verifyText(text, algorithm, kid, key));
    if (last.outcome === 'passed') return last;
  }
  return last;
}

/** A secret that everybody has is none: nothing, or a public key (RFC 8725 §3.1 and §3.5). */
function unfit(key: Key): Verdict | null {
  if (key.kind !== 'secret') return null;
  if (key.bytes.length === 0) return otherKey('An empty secret verifies nothing.');
  const other = bytesAreNoSecret(key.bytes);
  return other ? otherKey(`The secret is ${other}, which is never used as a shared secret.`) : null;
}
