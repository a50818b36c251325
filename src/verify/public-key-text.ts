import { base64Bytes } from './base64-bytes.ts';

/** Writings inside one another that are looked through: hex of a PEM text, base64 of base64. */
const mostLayers = 3;

/**
 * What a text is that can only be a key pair's half, or a page, and never a shared secret: a clause that follows "this
 * is"; null when nothing speaks against a secret. Whoever knows a public key could sign with it as an HMAC secret
 * (RFC 8725 §3.1), so such a text is refused as one wherever secrets are taken, in whatever way its bytes are written.
 * What is a bare number (a modulus, a point of a curve) cannot be told from a secret.
 */
export function noSecretBecause(text: string): string | null {
  return ofText(text, mostLayers);
}

/** The same for the bytes of a secret, which may have been written as base64 or hex. */
export function bytesAreNoSecret(bytes: Uint8Array<ArrayBuffer>): string | null {
  return ofBytes(bytes, mostLayers);
}

function ofText(text: string, layers: number): string | null {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (/---\s*BEGIN\b/i.test(trimmed)) return 'a key or certificate in PEM';
  if (/^<(?:!doctype|html|\?xml|head|body)\b/i.test(trimmed)) return 'a web page';
  if (/<(?:\w{1,20}:)?(?:(?:RSA|DSA|EC)KeyValue|X509Certificate)\b/.test(trimmed)) return 'a public key in XML';
  if (/\bkty["']?\s{0,9}[:=]\s{0,9}["']?(?:RSA|EC|OKP|oct)\b/.test(trimmed)) return 'a key in JSON (JWK)';
  if (trimmed.startsWith('openssh-key-v1')) return 'a private key for SSH';
  if (layers === 0) return null;
  const inJson = /^[[{"]/.test(trimmed) ? ofJson(trimmed, layers - 1) : null;
  if (inJson) return inJson;
  for (const bytes of readings(trimmed)) {
    const reason = ofBytes(bytes, layers - 1);
    if (reason) return reason;
  }
  const unescaped = percentDecoded(trimmed);
  return unescaped === null ? null : ofText(unescaped, layers - 1);
}

function ofBytes(bytes: Uint8Array<ArrayBuffer>, layers: number): string | null {
  if (isDerFile(bytes)) return 'a key or certificate in DER';
  if (isSsh(bytes)) return 'a public key for SSH';
  // Anything but text is noise from here on, and noise of some length is soon read as something.
  return bytes.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0d].includes(byte))
    ? null
    : ofText(new TextDecoder().decode(bytes), layers);
}

/** Values of one JSON text that are looked at. */
const mostValues = 1000;

/** A key, a key set, or a text in JSON that is one. */
function ofJson(text: string, layers: number): string | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return /^[[{]/.test(text) && /"keys"\s{0,9}:/.test(text) ? 'a key in JSON (JWK)' : null;
  }
  const pending: unknown[] = [json];
  for (let looked = 0; pending.length > 0 && looked < mostValues; looked += 1) {
    const value = pending.pop();
    if (typeof value === 'string') {
      const reason = ofText(value, layers);
      if (reason) return reason;
    }
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, 'kty') || Object.hasOwn(value, 'keys')) return 'a key in JSON (JWK)';
    pending.push(...Object.values(value).slice(0, mostValues));
  }
  return null;
}

/** The bytes that a text may stand for: hex and numbers in the ways programs print them, base64, and words of an SSH line. */
function readings(text: string): Uint8Array<ArrayBuffer>[] {
  const bare = text.replace(/^data:[^,]{0,200},/i, '').replace(/\\[nrt]/g, ' ');
  const found = [fromHex(bare), fromNumbers(bare), fromBase64(bare)];
  const words = bare.split(/\s+/, 20).filter((word) => word.startsWith('AAAA'));
  return [...found, ...words.map(fromBase64)].filter((bytes) => bytes !== null);
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = text.replace(/0x|\\x|[\s:,;{}[\]()"'-]/gi, '');
  if (digits.length < 2 || digits.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(digits)) return null;
  return Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function fromNumbers(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\d\s,;{}[\]()]+$/.test(text)) return null;
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  return numbers.length > 1 && numbers.every((number) => number < 256) ? Uint8Array.from(numbers) : null;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const letters = text.replace(/[\s"'`,;]/g, '');
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(letters) ? base64Bytes(letters) : null;
}

function percentDecoded(text: string): string | null {
  if (!/%[0-9a-f]{2}/i.test(text)) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The wire format of SSH (RFC 4253 §6.6): the name of the kind of key, after its length. */
function isSsh(bytes: Uint8Array): boolean {
  const length = bytes[3] ?? 0;
  if (bytes.length <= 4 + length || bytes[0] || bytes[1] || bytes[2]) return false;
  return /^(?:sk-)?(?:ssh-|ecdsa-sha2-|rsa-sha2-|x509v3-)/.test(String.fromCharCode(...bytes.slice(4, 4 + length)));
}

/** DER as a file may hold it: one key or a chain of certificates, and white space behind. */
function isDerFile(bytes: Uint8Array): boolean {
  let at = 0;
  for (
    let next = sequenceAt(bytes);
    next && isDer(bytes.subarray(at, at + next.end));
    next = sequenceAt(bytes.subarray(at))
  )
    at += next.end;
  return at > 0 && bytes.subarray(at).every((byte) => byte <= 0x20);
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
