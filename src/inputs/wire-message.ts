import type { Header } from '../engine/model/capture.ts';
import { inflate, wrapperOf } from '../engine/text/inflate.ts';
import { byteWork } from './bytes/byte-work.ts';
import { InputError } from './bytes/input-error.ts';
import { largestJson } from './bytes/read-json.ts';
import { bodyOf, headerValue, type Message, messageOf } from './message-text.ts';

/** One message of octets, and what of its body could not be read. */
export interface WireMessage extends Message {
  failure: InputError | null;
}

/**
 * A message as it goes over the wire, each octet a character: its body without the sizes of chunks (RFC 9112 §7.1), and unpacked
 * (RFC 9110 §8.4). Linear; never throws.
 */
export function messageOfOctets(octets: string): WireMessage {
  const { first, headers, rest, body } = messageOf(octets);
  const own = headers.map(({ name, value }) => ({ name: textOf(name), value: textOf(value) }));
  const read = bodyOfOctets(body?.text ?? '', own);
  return { first: textOf(first), headers: own, rest: textOf(rest), ...read };
}

/** A body of octets as its headers tell how it was sent, and why it could not be read whole. */
export function bodyOfOctets(octets: string, headers: readonly Header[]): Pick<WireMessage, 'body' | 'failure'> {
  const { text: whole, isCut } = unchunked(octets, headers);
  const { text, failure } = unpacked(whole, headers);
  const isShort = isCut || (octets.trim() !== '' && lengthIn(octets) < lengthTold(headers));
  const cut = isShort
    ? new InputError('input-truncated', 'holds a body that is cut off; what is there was read')
    : null;
  return { body: bodyOf(text, headers), failure: failure ?? cut };
}

/** How many octets a body was, where each of its line breaks may have had two. */
function lengthIn(octets: string): number {
  return octets.length + (octets.match(/(?<!\r)\n/g)?.length ?? 0);
}

/** How many octets a body has at least by its headers (RFC 9112 §6.3). */
function lengthTold(headers: readonly Header[]): number {
  if (headerValue(headers, 'transfer-encoding') !== null) return 0;
  const length = headerValue(headers, 'content-length') ?? '';
  return /^\d{1,12}$/.test(length) ? Number(length) : 0;
}

/** Octets as text: UTF-8, where they are. */
export function textOf(octets: string): string {
  return /[\x80-\xff]/.test(octets) ? byteWork.utf8(bytesOf(octets)) : octets;
}

function bytesOf(octets: string): Uint8Array {
  const bytes = new Uint8Array(octets.length);
  for (let at = 0; at < octets.length; at += 1) bytes[at] = octets.charCodeAt(at);
  return bytes;
}

/** A body without the sizes of its chunks; as it is where they are none, since what prints a message often leaves them out. */
function unchunked(body: string, headers: readonly Header[]): { text: string; isCut: boolean } {
  if (!/\bchunked\s*$/i.test(headerValue(headers, 'transfer-encoding') ?? '')) return { text: body, isCut: false };
  const chunks: string[] = [];
  let isCut = false;
  const size = /([\da-f]{1,8})[ \t]{0,100}(?:;[^\r\n]{0,1000})?\r?\n/iy;
  for (let at = 0; at < body.length; ) {
    size.lastIndex = at;
    const [line, length] = size.exec(body) ?? [];
    if (line === undefined || length === undefined) return { text: chunks.join('') + body.slice(at), isCut: false };
    const from = at + line.length;
    at = from + Number.parseInt(length, 16);
    chunks.push(body.slice(from, at));
    isCut = at > body.length;
    if (body.startsWith('\r\n', at)) at += 2;
    else if (body.startsWith('\n', at)) at += 1;
  }
  return { text: chunks.join(''), isCut };
}

/** What no text has: control characters but those of layout. */
const noText = /[\0-\x07\x0e-\x1a\x1c-\x1f]/;

/** A body as text; what prints a message has often unpacked it, and leaves the header as it was. */
function unpacked(octets: string, headers: readonly Header[]): { text: string; failure: InputError | null } {
  const encoding = (headerValue(headers, 'content-encoding') ?? '').trim().toLowerCase();
  const as = { text: textOf(octets), failure: null };
  if (encoding === '' || encoding === 'identity' || !noText.test(octets)) return as;
  const bytes = bytesOf(octets);
  const wrapper = wrapperOf(bytes) ?? (encoding === 'deflate' ? 'raw' : null);
  const read = wrapper && inflate(bytes, wrapper, largestJson);
  if (!read) {
    const words = `holds a body that is packed (${encoding.slice(0, 40)}) and could not be unpacked`;
    return { ...as, failure: new InputError('input-packed', words) };
  }
  const isCut = read.cut || (wrapper === 'gzip' && !endsWithLength(bytes, read.bytes.length));
  const words = 'holds a packed body that is cut off, damaged or larger than 64 MB';
  return { text: byteWork.utf8(read.bytes), failure: isCut ? new InputError('input-truncated', words) : null };
}

/** Whether gzip data ends with the length of what it holds (RFC 1952 §2.3.1), but for a line break behind it. */
function endsWithLength(bytes: Uint8Array, length: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let behind = 0; behind <= 4 && bytes.length - behind >= 18; behind += 1)
    if (view.getUint32(bytes.length - behind - 4, true) === length) return true;
  return false;
}
