import type { Exchange, Header } from '../engine/model/capture.ts';
import { linesOf } from './batches.ts';
import type { InputError } from './input.ts';
import {
  bodyOf,
  exchangeOfMessages,
  headerOf,
  headersOf,
  headerValue,
  type Message,
  requestLine,
  statusLine,
  urlOf,
} from './message-text.ts';

/** What a transcript tells: requests with their answers, and the lines that are neither. */
export interface Transcript {
  exchanges: Exchange[];
  loose: string[];
  /** Where it ends before it is whole; null, or left out, where it does not. */
  cut?: string | null;
  /** A connection is not said to be done. */
  isOpen?: boolean;
  /** Why something in it could not be read. */
  failure?: InputError | null;
}

interface Connection {
  isSecure: boolean;
  host: string | null;
  port: string | null;
}

/** A message as its lines come. */
interface Growing {
  first: string;
  headers: Header[];
  body: PrintedBody | null;
}

/**
 * What `curl -v` prints: lines of its own with `*`, the request with `>`, the answer with `<`, and what the answer brought
 * (https://curl.se/docs/manpage.html#-v, tool_cb_dbg.c of curl 8.16). Linear; never throws.
 */
export function readVerbose(text: string): Transcript {
  const loose: string[] = [];
  const notes = createNotes(loose);
  const hasNotes = /^(?:\d\d:\d\d:\d\d\.\d{6} )?\* /m.test(text);
  const talk: Talk = { exchanges: [], loose, notes, ...empty(), at: 'sent', isEchoed: false };
  for (const line of plainLines(text)) {
    const [, sign, content = ''] = /^([<>])(?: (.*))?$/.exec(line) ?? [];
    const { response, at } = talk;
    const body = at === 'body' ? response?.body : null;
    if (talk.exchanges.length >= mostExchanges) loose.push(line);
    else if (body?.holds(line, hasNotes)) {
      const rest = body.take(line);
      if (rest !== null) talk.at = 'behind';
      if (rest) loose.push(rest);
    } else if (sign === '>' && takeSent(talk, content, line)) continue;
    else if (sign === '<' && takeReceived(talk, content, line)) continue;
    else if (line.startsWith('* ')) {
      notes.take(line);
      if (body?.isEndedBy(line)) talk.at = 'behind';
    } else if (at === 'response' && response && isRepeated(line, response)) talk.isEchoed = true;
    else if (!bytesNote.test(line)) loose.push(line);
    else if (line.startsWith('{')) body?.tell();
  }
  const cut = cutIn(talk);
  if (talk.request && talk.at === 'request') talk.url = notes.urlOf(talk.request);
  endExchange(talk);
  return { exchanges: talk.exchanges, loose, cut, isOpen: notes.isOpen() };
}

/** What is being read, as far as it goes. */
interface Talk extends Transcript {
  notes: ReturnType<typeof createNotes>;
  request: Growing | null;
  response: Growing | null;
  url: string | null;
  /** What the next line belongs to. */
  at: 'request' | 'sent' | 'response' | 'body' | 'behind';
  /** The head of the answer is printed once more. */
  isEchoed: boolean;
}

function endExchange(talk: Talk): void {
  const { exchanges, request, response, url } = talk;
  const name = `entry ${exchanges.length + 1}`;
  if (request || response)
    exchanges.push(exchangeOfMessages({ name, request: whole(request), response: whole(response), url }));
  Object.assign(talk, empty());
}

/** Takes a line of what was sent; false for what is none. */
function takeSent(talk: Talk, content: string, line: string): boolean {
  const { request, at, loose, notes } = talk;
  if (requestLine.test(content)) {
    endExchange(talk);
    talk.request = { first: content, headers: [], body: null };
    talk.at = 'request';
    return true;
  }
  if (at !== 'request' || !request) return false;
  if (headerOf(content).length > 0) request.headers.push(...headerOf(content));
  else if (content.trim()) loose.push(line);
  else {
    talk.url = notes.urlOf(request);
    talk.at = 'sent';
  }
  return true;
}

/** Takes a line of the head of an answer; false for what is none. */
function takeReceived(talk: Talk, content: string, line: string): boolean {
  const { request, response, at, isEchoed, loose } = talk;
  if (statusLine.test(content) && at !== 'request') {
    // What came before an answer, as "100 Continue", belongs to it; a second answer is one of its own.
    const isInterim = / 1\d\d\b/.test(response?.first ?? '');
    if (response && !isInterim) endExchange(talk);
    talk.response = { first: content, headers: (isInterim && response?.headers) || [], body: null };
    talk.at = 'response';
    talk.isEchoed = false;
    return true;
  }
  if (at !== 'response' || !response) return false;
  if (headerOf(content).length > 0) response.headers.push(...headerOf(content));
  else if (content.trim()) loose.push(line);
  else {
    response.body = printedBody(isEchoed ? null : lengthOf(response, request));
    talk.at = 'body';
  }
  return true;
}

/** Where the last message ends before it is whole; null where it does not, as far as is told. */
function cutIn({ at, response }: Talk): string | null {
  if (at === 'request') return 'in the head of a request';
  if (at === 'response') return 'in the head of an answer';
  return at === 'body' && response?.body?.isCut() ? 'in the body of an answer' : null;
}

/** How many bytes are printed of the body of an answer (RFC 9112 §6.3); null where that is not told, or they are packed. */
function lengthOf({ first, headers }: Pick<Growing, 'first' | 'headers'>, request: Growing | null): number | null {
  if (request?.first.startsWith('HEAD ') || /^HTTP\/\S{1,9} (?:1\d\d|204|304)\b/.test(first)) return 0;
  if (headerValue(headers, 'content-encoding') ?? headerValue(headers, 'transfer-encoding')) return null;
  const length = headerValue(headers, 'content-length') ?? '';
  return /^\d{1,12}$/.test(length) ? Number(length) : null;
}

type PrintedBody = ReturnType<typeof printedBody>;

/** The body of an answer as its lines come, of so many bytes where that is known. */
function printedBody(length: number | null) {
  const lines: string[] = [];
  let bytes = 0;
  let isNoted = false;
  let isEnded = false;
  // Where curl tells of it, it is printed to a file, and may come late; on a terminal it stands where it belongs.
  let isTold = false;
  // Line breaks may have had two characters.
  const isSurelyLeft = () => length !== null && !isTold && lines.length > 0 && bytes + lines.length < length;
  return {
    lines,
    tell(): void {
      isTold = true;
    },
    /** Whether a line is part of it. What looks like more of curl's output is, where curl has said nothing that ends it. */
    holds(line: string, hasNotes: boolean): boolean {
      const isSigned = /^[<>] /.test(line) && (requestLine.test(line.slice(2)) || statusLine.test(line.slice(2)));
      const isNote = line.startsWith('* ') && ownWords.test(line);
      if (isNote || isSigned) {
        if (isSurelyLeft()) return true;
        if (isNote) isNoted = true;
        return isSigned && hasNotes && !isNoted && lines.length > 0;
      }
      return !bytesNote.test(line);
    },
    /** What of a line is behind the body: nothing where it goes on (null), or at least its end. */
    take(line: string): string | null {
      const size = length === null ? 0 : bytesIn(line);
      const left = length === null ? Number.POSITIVE_INFINITY : length - bytes;
      if (left <= 0) return line;
      isNoted = false;
      const isPast = size > left && size === line.length;
      lines.push(isPast ? line.slice(0, left) : line);
      bytes += size + 1;
      return isPast ? line.slice(left) : null;
    },
    /** Whether a note says that all has come. What is printed to a file may come behind it. */
    isEndedBy(note: string): boolean {
      isEnded ||= endsConnection.test(note);
      return isEnded && lines.length > 0;
    },
    isCut: () => !isEnded && isSurelyLeft() && !lines.some((line) => line.includes('\ufffd')),
  };
}

/** How curl stands for bytes that it does not show. */
const bytesNote = /^[{}] \[\d{1,12} bytes data\]/;

const endsConnection = /^\* (?:Connection #|Closing connection|[Ss]hutting down connection)/;

/** How many bytes a text takes in UTF-8. */
function bytesIn(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Half of a pair of surrogates takes two of four.
    if (code > 0x7f) bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return bytes;
}

const empty = () => ({ request: null, response: null, url: null });

/** Requests that a text is read for; what follows them is searched as text. */
export const mostExchanges = 100_000;

/** Notes that curl makes after a body: other lines with a star are part of it. */
const ownWords =
  /^\* (?: |Connection|Closing|[Ss]hutting|Issue another|Re-?[Uu]s|Ignoring|Please|Found bundle|Mark|Host|Trying|Connected|Established|TLS|SSL|ALPN|schannel|Added|Replaced|Server|Clear|HTTP|\[|[Uu]sing|Request|upload|Excess|Leftovers|old SSL|Switch|transfer|end of)/;

/** With `-i` the head of the answer is printed once more. */
function isRepeated(line: string, { first, headers }: Growing): boolean {
  if (line.trim() === first.trim()) return true;
  const last = headers.at(-1);
  const [header] = headerOf(line);
  return line.trim() === '' || (header !== undefined && header.name === last?.name && header.value === last.value);
}

function whole(message: Growing | null): Message | null {
  if (!message) return null;
  const { first, headers, body } = message;
  return { first, headers, rest: '', body: bodyOf((body?.lines ?? []).join('\n').replace(/\n$/, ''), headers) };
}

const progress = /^[\s\d:.kMGT-]{40,200}$/;
const clock = /^\d\d:\d\d:\d\d\.\d{6} /;

/** Lines without the time in front, the meter of progress and the number of bytes; a note that stands behind a body in a line of its own. */
function* plainLines(text: string): Generator<string> {
  for (const given of linesOf(text)) {
    const timed = clock.test(given) ? given.slice(16) : given;
    for (const line of timed.split('\r')) {
      if (progress.test(line.slice(0, 200)) || /^ {2}% Total|^ {33}Dload/.test(line)) continue;
      const note = Math.max(line.lastIndexOf('* Connection #'), line.lastIndexOf('* Closing connection'));
      if (note > 0) yield line.slice(0, note);
      yield note > 0 ? line.slice(note) : line;
    }
  }
}

const connected =
  /^\* (?:Connected|Established connection) to (\S{1,300}) \((?:\S{1,100}\) port |\S{1,100} port )(\d{1,5})/;

/** What curl says of connections, so that addresses have a scheme. */
export function createNotes(loose: string[]) {
  const secure = new Map<string, boolean>();
  let connection: Connection = { isSecure: false, host: null, port: null };
  /** The address that is asked for next, where it is told whole. */
  let told: string | null = null;
  /** Headers of HTTP/2 that are told before they are sent. */
  let announced: Header[] = [];
  let isOpen = false;

  return {
    take(line: string): void {
      const header = /^\* (?:\[HTTP\/[23]\] \[\d+\]|h2h3|h2|Using HTTP2, server supports multiplexing) \[(.*)\]$/.exec(
        line,
      )?.[1];
      if (header !== undefined) {
        announced.push(...headerOf(header));
        return;
      }
      loose.push(line);
      if (/^\* +(?:Connected to|Established connection|Re-?using existing) /i.test(line)) isOpen = true;
      if (endsConnection.test(line)) isOpen = false;
      const trying = /^\*\s+Trying \[?[\da-f.:]{2,60}?\]?(?::(\d{1,5}))?\.\.\./.exec(line);
      if (trying) connection = { isSecure: false, host: null, port: trying[1] ?? null };
      const [, host, port] = connected.exec(line) ?? [];
      if (host) connection = { ...connection, host, port: port ?? null };
      if (/^\* +(?:SSL connection using|TLSv|TLS |ALPN|schannel|Server certificate|using HTTP\/3)/i.test(line))
        connection.isSecure = true;
      told =
        /OPENED stream for (\S+)$/.exec(line)?.[1] ??
        /^\* Issue another request to this URL: '(.*)'/.exec(line)?.[1] ??
        told;
      const again = /^\* Re-?using existing (?:https?: )?connection.*? with (?:host|proxy) (\S+)/i.exec(line)?.[1];
      if (again)
        connection = { isSecure: secure.get(again) ?? false, host: again, port: secure.has(again) ? '' : null };
    },

    /** Whether a connection was made of which curl does not say that it is done. */
    isOpen: () => isOpen,

    /** The address of a request, now that its head is whole. Without a word on its connection, the head alone tells the scheme. */
    urlOf({ first, headers }: Pick<Growing, 'first' | 'headers'>): string {
      const [, method, target = ''] = requestLine.exec(first) ?? [];
      for (const one of announced)
        if (!headers.some((sent) => isSame(one, sent)) && !one.name.startsWith(':'))
          loose.push(`${one.name}: ${one.value}`);
      announced = [];
      const { host, port } = connection;
      // It is the proxy that is asked.
      if (method === 'CONNECT') return host ? `http://${host}:${port ?? ''}/` : '';
      const isSecure = connection.isSecure || port === '443' || / HTTP\/[23]/.test(first);
      const own = headerValue(headers, 'host') ?? '';
      secure.set(own.replace(/:\d+$/, ''), isSecure);
      const whole = urlOf(target, headers, isSecure ? 'https' : port === null ? null : 'http');
      const asked = told;
      told = null;
      // One that was told may have been asked for before this one.
      return asked && withoutScheme(asked) === withoutScheme(whole) ? asked : whole;
    },
  };
}

function isSame(one: Header, other: Header): boolean {
  return one.name.toLowerCase() === other.name.toLowerCase() && one.value === other.value;
}

function withoutScheme(url: string): string {
  return url.replace(/^[a-z]{2,6}:\/\//i, '').replace(/^([^/?#]*):(?:443|80)(?=[/?#]|$)/, '$1');
}

/** Where one head follows another without a body between them, as `curl -iL` prints redirects. */
export function hasHeads(head: string): boolean {
  const end = /\r?\n\r?\n/.exec(head);
  return statusLine.test(head) && end !== null && statusLine.test(head.slice(end.index + end[0].length));
}

const nextHead = /(?<=[\n}\]>])HTTP\/\d(?:\.\d)? \d{3}[^\r\n]{0,100}\r?\n[!#$%&'*+.^_`|~\w-]{1,100}:/g;

/**
 * What `curl -i` prints: heads and bodies of answers one after the other, of redirects the heads alone. `url` is what the first was asked
 * for, null where that is not told; the others are where the one before led to.
 */
export function readHeads(text: string, url: string | null = null): Transcript {
  const exchanges: Exchange[] = [];
  const loose: string[] = [];
  let asked = url;
  let cut: string | null = null;
  for (let at = 0; at < text.length; ) {
    if (exchanges.length >= mostExchanges) {
      loose.push(text.slice(at));
      break;
    }
    const found = /\r?\n\r?\n/.exec(at === 0 ? text : text.slice(at, at + longestHead));
    const bodyAt = found ? at + found.index + found[0].length : text.length;
    const isNext = statusLine.test(text.slice(bodyAt, bodyAt + 20));
    const head = headOf(text.slice(at, found ? at + found.index : text.length));
    const body = bodyIn(text, bodyAt, isNext ? 0 : lengthOf(head, null));
    const next = body.end;
    if (body.isCut) cut = 'in the body of an answer';
    const response = { ...head, body: bodyOf(text.slice(bodyAt, next).replace(/\r?\n$/, ''), head.headers) };
    exchanges.push(
      exchangeOfMessages({ name: `entry ${exchanges.length + 1}`, request: null, response, url: asked ?? '' }),
    );
    if (head.rest) loose.push(head.rest);
    asked = leadsTo(response, asked, isNext);
    at = next;
  }
  return { exchanges, loose, cut };
}

/** Where a body ends that begins at an index: where its length says, if nothing or another head follows there, else before the next head. */
function bodyIn(text: string, from: number, length: number | null): { end: number; isCut: boolean } {
  if (length === 0) return { end: from, isCut: false };
  const told = length === null ? null : afterBytes(text, from, length);
  if (told !== null) {
    const behind = text.slice(told, told + 20).trimStart();
    const end = told + (text.slice(told, told + 20).length - behind.length);
    if (behind === '' || statusLine.test(behind)) return { end: behind === '' ? text.length : end, isCut: false };
  }
  nextHead.lastIndex = from;
  const end = nextHead.exec(text)?.index ?? text.length;
  const body = text.slice(from, end);
  const isShort = length !== null && end === text.length && body.trim() !== '' && !body.includes('\ufffd');
  return { end, isCut: isShort && bytesIn(body) + linesIn(body) < length };
}

function linesIn(text: string): number {
  let lines = 0;
  for (const _ of linesOf(text)) lines += 1;
  return lines;
}

/** Where so many bytes of UTF-8 end behind an index; null where there are fewer. */
function afterBytes(text: string, from: number, bytes: number): number | null {
  let left = bytes;
  let at = from;
  for (; left > 0 && at < text.length; at += 1) left -= bytesIn(text.charAt(at));
  return left > 0 ? null : at;
}

/** Longest head that is looked for, in characters. */
const longestHead = 1 << 20;

function headOf(text: string): Message {
  const [first = '', ...lines] = linesOf(text.slice(0, longestHead));
  const { headers, others } = headersOf(lines);
  return {
    first,
    headers,
    rest: [...others, text.slice(longestHead)].filter((one) => one !== '').join('\n'),
    body: null,
  };
}

/** What is asked for after an answer; null where that is not told. */
function leadsTo({ first, headers }: Message, asked: string | null, isNext: boolean): string | null {
  const [, status = ''] = statusLine.exec(first) ?? [];
  if (status.startsWith('3')) {
    const target = headerValue(headers, 'location');
    if (target === null) return null;
    try {
      return new URL(target, asked || undefined).href;
    } catch {
      return null;
    }
  }
  // Before an answer, after a challenge, or of a proxy.
  return isNext ? asked : null;
}
