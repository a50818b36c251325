import type { Capture, Header } from '../engine/model/capture.ts';
import { octetsAt, undoEscapes } from '../engine/text/escapes.ts';
import { seconds } from '../engine/text/narrow.ts';
import { isZip, packingOf } from '../engine/text/packing.ts';
import { byteWork } from './bytes/byte-work.ts';
import { readText, tooLarge } from './bytes/read-json.ts';
import { readable } from './har-entry.ts';
import { emptyCapture, type Input, InputError } from './input.ts';
import { exchangeOfMessages, headerValue } from './message-text.ts';
import { readAsText } from './text.ts';

/** A part of a mail with its text as it was written. */
interface MailPart {
  headers: Header[];
  text: string;
  /** What should end it does not follow. */
  isCut?: boolean;
  /** It lies in so many others that its own parts are not told apart. */
  isDeep?: boolean;
  /** What it holds that is not read, with its article; null for what is searched. */
  unread?: string | null;
}

/** A mail (RFC 5322) with its parts (RFC 2046), or a page saved with what belongs to it (MHTML, RFC 2557). */
export const mail: Input = {
  id: 'mail',
  name: 'mail or MHTML',
  matches(head) {
    const { headers } = headAndBody(head.slice(0, 16_000));
    const names = new Set(headers.map(({ name }) => name.toLowerCase()));
    const isMail = names.has('subject') || names.has('message-id') || (names.has('from') && names.has('date'));
    return isMail && ['mime-version', 'content-type', 'from', 'received', 'to'].some((name) => names.has(name));
  },
  async read(window, context, emit) {
    const { now, name, recorded } = context;
    const text = await readText(window);
    if (text === null) return readAsText(window, context, emit, tooLarge());
    let isCut = false;
    let isDeep = false;
    const unread: string[] = [];
    for (const one of mailsIn(text)) {
      const { head, headers } = headAndBody(one);
      const date = Date.parse(headerValue(headers, 'date') ?? '');
      recorded(Number.isNaN(date) ? null : seconds(new Date(date).toISOString()));
      emit({ ...emptyCapture(now), texts: [{ name, text: readableHead(head) }] });
      for (const part of partsOf(one)) {
        isCut ||= part.isCut === true;
        isDeep ||= part.isDeep === true;
        if (part.unread) unread.push(part.unread);
        if (part.text.trim() || part.headers.length > 0) emit({ ...emptyCapture(now), ...searchable(part, name) });
      }
    }
    if (isCut) throw new InputError('input-truncated', 'is cut off before its last part ends; what is there was read');
    if (isDeep)
      throw new InputError(
        'input-too-large',
        `holds parts in more than ${deepest} others, one in the other; what lies deeper was searched as text`,
      );
    const [first] = unread;
    if (first) {
      const more = unread.length > 1 ? ` (and ${unread.length - 1} more)` : '';
      throw new InputError('input-packed', `holds ${first}${more} that was not opened; save it as a file of its own`);
    }
  },
};

/** A part of a saved page is what its address answered. */
function searchable({ headers, text }: MailPart, name: string): Partial<Capture> {
  const url = headerValue(headers, 'content-location');
  if (!url || !/^https?:\/\//i.test(url)) return { texts: [{ name, text }] };
  const exchange = exchangeOfMessages({ name: 'part', request: null, response: null, url });
  return { exchanges: [{ ...exchange, responseBody: { text, mimeType: headerValue(headers, 'content-type') } }] };
}

/** The mails of a mailbox (RFC 4155), each with the line before it; one mail is one. */
function* mailsIn(text: string): Generator<string> {
  let from = 0;
  if (text.startsWith('From '))
    for (const { index, 0: before } of text.matchAll(/\n\r?\n(?=From \S[^\n]{0,300}\d{4}[^\n]{0,20}\n)/g)) {
      yield text.slice(from, index + before.length);
      from = index + before.length;
    }
  yield text.slice(from);
}

/** Lines of a head that are read; what follows is body. */
const headerLine = /^([!-9;-~]{1,76}):[ \t]*(.*)$/;

/** The headers, folded lines joined (RFC 5322 §2.2.3); none where the first lines are no headers. */
function headAndBody(text: string): { head: string; headers: Header[]; body: string } {
  const end = /\r?\n\r?\n/.exec(text);
  const head = text.slice(0, end?.index ?? text.length);
  const headers: Header[] = [];
  for (const line of head
    .trimEnd()
    .replace(/\r?\n[ \t]/g, ' ')
    .split(/\r?\n/)) {
    const [, name, value = ''] = headerLine.exec(line) ?? [];
    if (name === undefined) {
      // A mailbox begins its mails with such a line.
      if (headers.length === 0 && line.startsWith('From ')) continue;
      return { head: '', headers: [], body: text };
    }
    headers.push({ name, value });
  }
  return { head, headers, body: end ? text.slice(end.index + end[0].length) : '' };
}

/** Parts in parts are read deeper than any mail program nests them. */
const deepest = 30;

function* partsOf(text: string, depth = 0): Generator<MailPart> {
  const { head, headers, body: packed } = headAndBody(text);
  const type = headerValue(headers, 'content-type') ?? '';
  const [, quoted, bare] = /boundary="?(?:(?<=")([^"]{1,200})"|([^;\s"]{1,200}))/i.exec(type) ?? [];
  const boundary = quoted ?? bare;
  const [encoding = ''] = /[\w-]+/.exec(headerValue(headers, 'content-transfer-encoding') ?? '') ?? [];
  const isBase64 = encoding.toLowerCase() === 'base64';
  const isMultipart = boundary !== undefined && /^multipart\//i.test(type);
  const isMessage = /^message\/(?:rfc822|global)\b/i.test(type);
  if (depth > 0 && /[\w.-]{40}/.test(head)) yield { headers: [], text: readableHead(ownLines(head)) };
  if ((isMultipart || isMessage) && depth < deepest) {
    // Neither may be encoded (RFC 2045 §6.4), and some programs do so all the same.
    const body = isBase64 ? readable(byteWork.base64(packed)) : written(packed, encoding);
    if (isMessage) return yield* partsOf(body, depth + 1);
    // The line break before a boundary belongs to it (RFC 2046 §5.1.1).
    const [before = '', ...parts] = partsBetween(`\n${body}`, `\n--${boundary}`);
    if (before.trim()) yield { headers: [], text: before };
    for (const part of parts) yield* partsOf(part.replace(/^(?:--)?[ \t]*\r?\n/, ''), depth + 1);
    if (!parts.at(-1)?.startsWith('--')) yield { headers: [], text: '', isCut: true };
    return;
  }
  const bytes = isBase64 ? byteWork.base64(packed) : null;
  const whole = bytes ? readable(bytes) : written(packed, encoding);
  const isDeep = isMultipart || isMessage;
  yield { headers, text: flowing(whole, type), unread: unreadIn(type, bytes, whole), ...(isDeep && { isDeep }) };
  // Lists of mail add their lines to whatever there is.
  if (isBase64) yield { headers: [], text: packed.replace(/^[A-Za-z\d+/]{0,1000}={0,2}[ \t\r]*$/gm, '') };
}

/** A head without the line that tells the address of a part, which is told by its place. */
function ownLines(head: string): string {
  return head.replace(/^content-location:[ \t]*https?:[^\n]*(?:\n[ \t][^\n]*){0,100}/im, '');
}

/** A text whose lines go on behind a space that is no part of it (RFC 3676 §4.2), under the marks of what is quoted, too; any other as it is. */
function flowing(text: string, type: string): string {
  if (!/\bdelsp="?yes\b/i.test(type) || !/\bformat="?flowed\b/i.test(type)) return text;
  return text.replace(/(?<!(?:^|\n)--) \r?\n(?:>{1,20} ?| )?/g, '');
}

/** A body as it was before it was encoded for its way (RFC 2045 §6). */
function written(body: string, encoding: string): string {
  return encoding.toLowerCase() === 'quoted-printable' ? undoEscapes(body, quotedPrintable) : body;
}

/** What stands between lines that begin with a boundary; one that goes on is another boundary. */
function partsBetween(text: string, boundary: string): string[] {
  const parts: string[] = [];
  for (const part of text.split(boundary)) {
    if (parts.length === 0 || /^(?:--)?[ \t]{0,100}(?:\r?\n|$)|^--/.test(part)) parts.push(part);
    else parts.push(`${parts.pop()}${boundary}${part}`);
  }
  return parts;
}

/** What a part holds that nothing can be found in; null for what is searched. */
function unreadIn(type: string, bytes: Uint8Array | null, text: string): string | null {
  if (bytes && isZip(bytes)) return 'a zip archive';
  const packing = bytes && packingOf(bytes);
  if (packing) return `a file packed as ${packing}`;
  // https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxtnef/, TNEF_SIGNATURE.
  if (/^application\/(?:vnd\.)?ms-tnef\b/i.test(type) || (bytes && startsWith(bytes, [0x78, 0x9f, 0x3e, 0x22])))
    return 'a winmail.dat of Outlook';
  // RFC 8551 §3.3: what is only signed is not encrypted.
  if (/^application\/(?:x-)?pkcs7-mime\b/i.test(type) && !/signed-data/i.test(type))
    return 'an encrypted message (S/MIME)';
  if (/^-----BEGIN PGP MESSAGE-----/m.test(text)) return 'an encrypted message (PGP)';
  if (/^begin(?:-base64)? [0-7]{3,4} \S/m.test(text) && /^(?:`|=+)?\r?\nend\r?$/m.test(text))
    return 'a file in uuencode';
  return /^=ybegin (?:part=|line=)/m.test(text) ? 'a file in yEnc' : null;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/**
 * A head as it reads: with encoded words undone, values that are cut into numbered parameters put together (RFC 2231 §3), and without folds
 * in the middle of what is too long to be words.
 */
function readableHead(head: string): string {
  return decodedWords(head)
    .replace(/"?;\s{1,100}[\w-]{1,40}\*[1-9]\d{0,2}\*?="?/g, '')
    .replace(
      /(?<=[\w.=?&/:%~+-]{16})\r?\n[ \t]{1,8}(?=[\w.~%=&+-]{16}|[\w.~%=&+-]{2,15}(?:[>"';]|\r?\n(?![ \t])|$))/g,
      '',
    );
}

/** A head in which encoded words are the text that they stand for; between two of them white space is none (RFC 2047 §6.2). */
function decodedWords(head: string): string {
  return head
    .replace(/(\?=)(?:[ \t]|\r?\n[ \t]){1,100}(?==\?[\w-]{1,40}(?:\*[\w-]{1,20})?\?[BQ]\?)/gi, '$1')
    .replace(/=\?[\w-]{1,40}(?:\*[\w-]{1,20})?\?([BQ])\?([^?\s]{0,2000})\?=/gi, (_, how: string, word: string) =>
      how.toUpperCase() === 'B'
        ? readable(byteWork.base64(word))
        : undoEscapes(word.replaceAll('_', ' '), quotedPrintable),
    );
}

const softBreak = /=[ \t]{0,8}\r?\n/y;
const quotedPrintable = {
  sign: '=',
  escapeAt(source: string, at: number) {
    softBreak.lastIndex = at;
    return softBreak.test(source) ? { length: softBreak.lastIndex - at, text: '' } : octetsAt(source, at);
  },
};
