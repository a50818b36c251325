import { base64Bytes } from './base64-bytes.ts';

/**
 * What a text is that can only be a key pair's half, or a page, and never a shared secret: a clause that follows "this
 * is"; null when nothing speaks against a secret. Whoever knows a public key could sign with it as an HMAC secret
 * (RFC 8725 §3.1), so such a text is refused as one wherever secrets are taken.
 */
export function noSecretBecause(text: string): string | null {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (/---\s*BEGIN\b/i.test(trimmed)) return 'a key or certificate in PEM';
  if (/^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+)\s+AAAA/.test(trimmed)) return 'a public key for SSH';
  if (/^<(?:!doctype|html|\?xml|head|body)\b/i.test(trimmed)) return 'a web page';
  if (/^[[{"]/.test(trimmed) && isJsonKey(trimmed)) return 'a key in JSON (JWK)';
  if (isDerKey(trimmed)) return 'a key or certificate without its BEGIN and END lines';
  return null;
}

/** The same for the bytes of a secret, which may have been written as base64 or hex. */
export function bytesAreNoSecret(bytes: Uint8Array<ArrayBuffer>): string | null {
  if (isDer(bytes)) return 'a key or certificate in DER';
  return noSecretBecause(new TextDecoder().decode(bytes));
}

function isJsonKey(text: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return /^[[{]/.test(text) && /"(?:kty|keys)"\s*:/.test(text);
  }
  // A JSON string may hold a key once more.
  if (typeof value === 'string') return text.length > value.length && noSecretBecause(value) !== null;
  const parts: unknown[] = Array.isArray(value) ? value.slice(0, 100) : [value];
  return parts.some((one) => typeof one === 'object' && one !== null && ('kty' in one || 'keys' in one));
}

function isDerKey(text: string): boolean {
  if (text.length < 56 || !/^[A-Za-z0-9+/_\s-]+={0,2}$/.test(text)) return false;
  const bytes = base64Bytes(text.replace(/\s/g, ''));
  return bytes !== null && isDer(bytes);
}

/**
 * True for DER (X.690) that begins as keys and certificates do: one sequence over all bytes, which opens with another one
 * (SPKI, RFC 5280 §4.1) or with a number (PKCS#1, PKCS#8).
 */
export function isDer(bytes: Uint8Array): boolean {
  const outer = sequenceAt(bytes);
  if (!outer || outer.end !== bytes.length || bytes.length < 40) return false;
  const first = bytes[outer.start];
  return first === 0x30 || first === 0x02;
}

function sequenceAt(bytes: Uint8Array): { start: number; end: number } | null {
  const [tag, short = 0] = bytes;
  if (tag !== 0x30) return null;
  if (short < 0x80) return { start: 2, end: 2 + short };
  const count = short & 0x7f;
  if (count < 1 || count > 3 || bytes.length < 2 + count) return null;
  const length = bytes.slice(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  return { start: 2 + count, end: 2 + count + length };
}
