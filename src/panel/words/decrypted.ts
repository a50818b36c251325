import { decode } from '../../engine/decode/decode.ts';
import { detect } from '../../engine/find/detect.ts';
import { maskToken } from '../../engine/redact/mask.ts';
import type { Json } from '../../engine/text/json.ts';
import { isObject } from '../../engine/text/json.ts';
import { valueAt } from '../../engine/text/values.ts';

/**
 * What was inside an encrypted token, for reading: its JSON, or the claims of the token inside. A member `secret`, which is
 * where MSAL keeps the token, is masked, and followed by the claims where it has any.
 */
export function decryptedText(plaintext: string): string {
  const claims = claimsOf(plaintext);
  if (claims) return indented(claims);
  let json: Json;
  try {
    json = JSON.parse(plaintext);
  } catch {
    return plaintext;
  }
  const secret = valueAt(json, 'secret');
  if (!isObject(json) || typeof secret !== 'string') return indented(json);
  const inner = claimsOf(secret);
  const entry = indented({ ...json, secret: maskToken(secret) });
  return inner ? `${entry}\n\n${indented(inner)}` : entry;
}

function claimsOf(text: string): Json {
  const hit = detect(text).hits.find(({ token }) => token === text.trim());
  return hit ? decode(hit.token, hit.form).claims : null;
}

function indented(json: Json): string {
  try {
    return JSON.stringify(json, null, 2);
  } catch {
    return 'It nests too deeply to be shown.';
  }
}
