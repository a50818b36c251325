import type { Capture, Header } from '../engine/model/capture.ts';
import { octetsAt, undoEscapes } from '../engine/text/escapes.ts';
import { seconds } from '../engine/text/narrow.ts';
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
    for (const one of mailsIn(text)) {
      const { head, headers } = headAndBody(one);
      const date = Date.parse(headerValue(headers, 'date') ?? '');
      recorded(Number.isNaN(date) ? null : seconds(new Date(date).toISOString()));
      emit({ ...emptyCapture(now), texts: [{ name, text: head }] });
      for (const part of partsOf(one)) {
        isCut ||= part.isCut === true;
        if (part.text.trim() || part.headers.length > 0) emit({ ...emptyCapture(now), ...searchable(part, name) });
      }
    }
    if (isCut) throw new InputError('input-truncated', 'is cut off before its last part ends; what is there was read');
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
  for (const line of head.replace(/\r?\n[ \t]/g, ' ').split(/\r?\n/)) {
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

/** Parts in parts are read as deep as mail programs nest them. */
const deepest = 8;

function* partsOf(text: string, depth = 0): Generator<MailPart> {
  const { headers, body } = headAndBody(text);
  const type = headerValue(headers, 'content-type') ?? '';
  const [, quoted, bare] = /boundary="?(?:(?<=")([^"]{1,200})"|([^;\s"]{1,200}))/i.exec(type) ?? [];
  const boundary = quoted ?? bare;
  if (boundary && /^multipart\//i.test(type) && depth < deepest) {
    // The line break before a boundary belongs to it (RFC 2046 §5.1.1).
    const [before = '', ...parts] = `\n${body}`.split(`\n--${boundary}`);
    if (before.trim()) yield { headers: [], text: before };
    for (const part of parts) yield* partsOf(part.replace(/^(?:--)?[ \t]*\r?\n/, ''), depth + 1);
    if (!parts.at(-1)?.startsWith('--')) yield { headers: [], text: '', isCut: true };
  } else if (/^message\/rfc822/i.test(type) && depth < deepest) yield* partsOf(body, depth + 1);
  else {
    const encoding = headerValue(headers, 'content-transfer-encoding') ?? '';
    yield { headers, text: written(body, encoding) };
    // Lists of mail add their lines to whatever there is.
    if (/^\s*base64/i.test(encoding))
      yield { headers: [], text: body.replace(/^[A-Za-z\d+/]{0,1000}={0,2}[ \t\r]*$/gm, '') };
  }
}

/** A body as it was before it was encoded for its way (RFC 2045 §6). */
function written(body: string, encoding: string): string {
  const how = encoding.trim().toLowerCase();
  if (how === 'base64') return readable(byteWork.base64(body));
  return how === 'quoted-printable' ? undoEscapes(body, quotedPrintable) : body;
}

const softBreak = /=[ \t]{0,8}\r?\n/y;
const quotedPrintable = {
  sign: '=',
  escapeAt(source: string, at: number) {
    softBreak.lastIndex = at;
    return softBreak.test(source) ? { length: softBreak.lastIndex - at, text: '' } : octetsAt(source, at);
  },
};
