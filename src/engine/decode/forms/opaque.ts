import { base64Bytes, bytesToText } from '../../text/base64.ts';
import { type Form, isWholeValue } from './form.ts';

/** A random value, known for a credential only by the name it is kept under. */
export const opaque: Form = {
  id: 'opaque',
  name: 'Token whose content is not readable',
  shortName: 'Opaque token',
  isBare: true,
  startsAt: ['value'],
  match(candidate) {
    const { text, start, key } = candidate;
    shape.lastIndex = start;
    if (!shape.test(text) || !isWholeValue(candidate, shape.lastIndex)) return null;
    const end = shape.lastIndex;
    const token = text.slice(start, end);
    if (/refresh/i.test(key ?? '') && isRandom(token)) {
      return { form: 'opaque', start, end, confidence: 'possible', note: 'opaque-refresh' };
    }
    if (!isKnown(token) && !isNamed(token, key ?? '')) return null;
    return { form: 'opaque', start, end, confidence: 'possible', note: 'opaque-token' };
  },
  read: (text) => ({ opaquePayload: text }),
  links: [
    { title: 'RFC 6749, refresh tokens', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-1.5' },
    { title: 'Biscuit specification', url: 'https://github.com/eclipse-biscuit/biscuit/blob/main/SPECIFICATIONS.md' },
    { title: 'Branca specification', url: 'https://github.com/tuupola/branca-spec' },
  ],
};

const shape = /\s*[\w.~+/=|!-]{20,4096}/y;

/**
 * Names that such values are kept under. A ticket for Agora's gateway, which its access point answers as `cert`, is long base64:
 * other tickets are numbers or words, and certificates begin with the sequence that a DER text is.
 */
function isNamed(text: string, key: string): boolean {
  if (/^(?:joinToken|_aws_wt_session|zak)$/i.test(key)) return true;
  const isTicket = /^ticket$/i.test(key) || (/^cert$/i.test(key) && !text.startsWith('MI'));
  return isTicket && [/^[\w+/]{40}[\w+/]*=*$/, /[a-z]/, /[A-Z]/, /\d/].every((sign) => sign.test(text));
}

/** Letters of both cases, or letters and digits mixed: no word, date or number. */
function isRandom(text: string): boolean {
  return /[A-Za-z]/.test(text) && (/\d/.test(text) || (/[a-z]/.test(text) && /[A-Z]/.test(text)));
}

/** Fernet, Macaroon, Biscuit and Branca: binary, and known by their first bytes. */
function isKnown(text: string): boolean {
  if (/^gAAAAA[\w-]{60}[\w-]*={0,2}$/.test(text)) return true;
  if (/^MDA/.test(text))
    return /^00[0-9a-f]{2}(?:location|identifier) /.test(bytesToText(base64Bytes(text, 0, 40)).text);
  return isBiscuit(base64Bytes(text)) || isBranca(text);
}

/** A message of Protocol Buffers: perhaps a key number (field 1), then a signed block (2) that begins with a block (1). */
function isBiscuit(bytes: Uint8Array): boolean {
  let at = 0;
  if (bytes[at] === 0x08) at = varint(bytes, 1).end;
  if (bytes[at] !== 0x12) return false;
  const signed = varint(bytes, at + 1);
  if (signed.end + signed.value > bytes.length || bytes[signed.end] !== 0x0a) return false;
  const block = varint(bytes, signed.end + 1);
  // Behind the block stand the next key and the signature, 64 bytes or more, and behind the signed block the proof.
  return block.end + block.value + 64 <= signed.end + signed.value && bytes[signed.end + signed.value] !== undefined;
}

function varint(bytes: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  for (let at = from; at < from + 4; at += 1) {
    const byte = bytes[at] ?? 0;
    value |= (byte & 0x7f) << (7 * (at - from));
    if (byte < 0x80) return { value, end: at + 1 };
  }
  return { value: Number.MAX_SAFE_INTEGER, end: from + 4 };
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Base62 of the version 0xBA, a time of four bytes, a nonce of 24, the message and a tag of 16. */
function isBranca(text: string): boolean {
  if (text.length > 1024 || !/^[0-9A-Za-z]{61}[0-9A-Za-z]*$/.test(text)) return false;
  let number = 0n;
  for (const char of text) number = number * 62n + BigInt(base62.indexOf(char));
  const hex = number.toString(16);
  if (!hex.startsWith('ba') || hex.length % 2 === 1 || hex.length < 2 * 45) return false;
  const issuedAt = Number.parseInt(hex.slice(2, 10), 16);
  return issuedAt > brancaSince;
}

/** 2017-01-01: Branca is not older. */
const brancaSince = 1_483_228_800;
