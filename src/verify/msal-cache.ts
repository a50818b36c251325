import { readMsalKey } from '../engine/decode/msal-key.ts';
import { isObject, parseJson } from '../engine/text/json.ts';
import type { Decryption } from './decrypt.ts';
import { base64Bytes, KeyError } from './key.ts';
import { failed, notChecked, passed } from './verifier.ts';

/** What the cookie `msal.cache.encryption` holds. The id is null when only the key was given. */
export interface BaseKey {
  id: string | null;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Longest text that is looked at for a base key, in characters; the cookie has about 120. */
const longestKey = 16 * 1024;

/**
 * Reads the base key of MSAL's cache: the cookie `msal.cache.encryption`, with or without its name and percent-encoding, its
 * JSON `{id,key}`, or the key alone, 32 bytes in base64url.
 * @throws {KeyError} with a sentence that does not repeat the key
 */
export function parseBaseKey(text: string): BaseKey {
  if (text.length > longestKey) throw new KeyError('This is too long for a key.');
  const named = /msal\.cache\.encryption=([^;\s]*)/.exec(text)?.[1];
  const value = percentDecoded((named ?? text).trim());
  const json = value.startsWith('{') ? parseJson(value) : { key: value };
  const { key, id } = isObject(json) ? json : {};
  const bytes = typeof key === 'string' ? base64Bytes(key) : null;
  if (bytes?.length !== 32) {
    throw new KeyError(
      'This is not the key: give the value of the cookie `msal.cache.encryption`, or its member `key`.',
    );
  }
  return { id: typeof id === 'string' ? id : null, bytes };
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Decrypts an entry of MSAL Browser's cache (4.0 and later): AES-256-GCM with twelve zero bytes as IV, under a key derived
 * for this entry alone by HKDF-SHA-256 from the base key, its nonce as salt and the client id as info; the info is empty where
 * the storage key does not contain the client id. Follows `BrowserCrypto` and `LocalStorage` of @azure/msal-browser 5.29.
 * `names` are the storage keys the entry is kept under, which tell the client id. Never throws.
 */
export async function decryptMsalEntry(text: string, base: BaseKey, names: readonly string[]): Promise<Decryption> {
  const entry = parseJson(text);
  if (!isObject(entry)) return notChecked('The entry cannot be read.');
  const { id, nonce, data } = entry;
  const salt = typeof nonce === 'string' ? base64Bytes(nonce) : null;
  const sealed = typeof data === 'string' ? base64Bytes(data) : null;
  if (!salt || !sealed) return notChecked('The entry cannot be read.');
  if (base.id !== null && base.id !== id) {
    return failed('The entry was encrypted with the key of another browser session, which is gone.');
  }
  const baseKey = await crypto.subtle.importKey('raw', base.bytes, 'HKDF', false, ['deriveKey']);
  for (const info of contextsOf(names)) {
    const plaintext = await open(baseKey, salt, info, sealed);
    if (plaintext !== null) return { ...passed('The entry was decrypted with the key.'), plaintext };
  }
  return failed('The key does not decrypt the entry: it was made for another one, or changed since.');
}

/** The few client ids the names tell, and none, as for refresh tokens that several apps share. */
function contextsOf(names: readonly string[]): Set<string> {
  return new Set([...names.slice(0, 20).map((name) => readMsalKey(name)?.client ?? ''), '']);
}

async function open(
  baseKey: CryptoKey,
  salt: Uint8Array<ArrayBuffer>,
  info: string,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<string | null> {
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode(info) };
  try {
    const key = await crypto.subtle.deriveKey(derivation, baseKey, { name: 'AES-GCM', length: 256 }, false, [
      'decrypt',
    ]);
    const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, sealed);
    return new TextDecoder().decode(bytes);
  } catch {
    // WebCrypto does not say why it cannot decrypt.
    return null;
  }
}
