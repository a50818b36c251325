import type { Exchange, Header } from '../engine/model/capture.ts';
import { linesOf } from './batches.ts';
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
  body: string[];
}

/**
 * What `curl -v` prints: lines of its own with `*`, the request with `>`, the answer with `<`, and what the answer brought
 * (https://curl.se/docs/manpage.html#-v, tool_cb_dbg.c of curl 8.16). Linear; never throws.
 */
export function readVerbose(text: string): Transcript {
  const exchanges: Exchange[] = [];
  const loose: string[] = [];
  const notes = createNotes(loose);
  const open: { request: Growing | null; response: Growing | null; url: string | null } = empty();
  let at: 'request' | 'sent' | 'response' | 'body' = 'sent';
  const end = () => {
    const { request, response, url } = open;
    const name = `entry ${exchanges.length + 1}`;
    if (request || response)
      exchanges.push(exchangeOfMessages({ name, request: whole(request), response: whole(response), url }));
    Object.assign(open, empty());
  };
  for (const line of plainLines(text)) {
    const { request, response } = open;
    const [, sign, content = ''] = /^([<>])(?: (.*))?$/.exec(line) ?? [];
    if (exchanges.length >= mostExchanges) loose.push(line);
    else if (sign === '>' && requestLine.test(content)) {
      end();
      open.request = { first: content, headers: [], body: [] };
      at = 'request';
    } else if (sign === '>' && at === 'request' && request) {
      if (headerOf(content).length > 0) request.headers.push(...headerOf(content));
      else if (content.trim()) loose.push(line);
      else {
        open.url = notes.urlOf(request);
        at = 'sent';
      }
    } else if (sign === '<' && statusLine.test(content) && at !== 'request') {
      // What came before an answer, as "100 Continue", belongs to it; a second answer is one of its own.
      const isInterim = / 1\d\d\b/.test(response?.first ?? '');
      if (response && !isInterim) end();
      open.response = { first: content, headers: (isInterim && response?.headers) || [], body: [] };
      at = 'response';
    } else if (sign === '<' && at === 'response' && response) {
      if (headerOf(content).length > 0) response.headers.push(...headerOf(content));
      else if (content.trim()) loose.push(line);
      else at = 'body';
    } else if (line.startsWith('* ') && (at !== 'body' || ownWords.test(line))) notes.take(line);
    else if (at === 'body' && response) response.body.push(line);
    else if (!(at === 'response' && response && isRepeated(line, response))) loose.push(line);
  }
  if (open.request && at === 'request') open.url = notes.urlOf(open.request);
  end();
  return { exchanges, loose };
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
  return { first, headers, rest: '', body: bodyOf(body.join('\n').replace(/\n$/, ''), headers) };
}

const progress = /^[\s\d:.kMGT-]{40,200}$/;
const clock = /^\d\d:\d\d:\d\d\.\d{6} /;

/** Lines without the time in front, the meter of progress and the number of bytes; a note that stands behind a body in a line of its own. */
function* plainLines(text: string): Generator<string> {
  for (const given of linesOf(text)) {
    const timed = clock.test(given) ? given.slice(16) : given;
    for (const line of timed.split('\r')) {
      if (
        progress.test(line.slice(0, 200)) ||
        /^ {2}% Total|^ {33}Dload/.test(line) ||
        /^[{}] \[\d{1,12} bytes data\]/.test(line)
      )
        continue;
      const note = Math.max(line.lastIndexOf('* Connection #'), line.lastIndexOf('* Closing connection'));
      if (note > 0) yield line.slice(0, note);
      yield note > 0 ? line.slice(note) : line;
    }
  }
}

/** What curl says of connections, so that addresses have a scheme. */
export function createNotes(loose: string[]) {
  const secure = new Map<string, boolean>();
  let connection: Connection = { isSecure: false, host: null, port: null };
  /** The address that is asked for next, where it is told whole. */
  let told: string | null = null;
  /** Headers of HTTP/2 that are told before they are sent. */
  let announced: Header[] = [];

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
      const trying = /^\*\s+Trying \[?[\da-f.:]{2,60}?\]?(?::(\d{1,5}))?\.\.\./.exec(line);
      if (trying) connection = { isSecure: false, host: null, port: trying[1] ?? null };
      const [, host, port] =
        /^\* (?:Connected|Established connection) to (\S{1,300}) \((?:\S{1,100}\) port |\S{1,100} port )(\d{1,5})/.exec(
          line,
        ) ?? [];
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

    /** The address of a request, now that its head is whole. */
    urlOf({ first, headers }: Pick<Growing, 'first' | 'headers'>): string {
      const [, method, target = ''] = requestLine.exec(first) ?? [];
      for (const one of announced)
        if (!headers.some((sent) => isSame(one, sent)) && !one.name.startsWith(':'))
          loose.push(`${one.name}: ${one.value}`);
      announced = [];
      const { host, port } = connection;
      // It is the proxy that is asked.
      if (method === 'CONNECT') return host ? `http://${host}:${port ?? ''}/` : '';
      const isSecure = connection.isSecure || port === '443' || / HTTP\/[23]/.test(first) || port === null;
      const own = headerValue(headers, 'host') ?? '';
      secure.set(own.replace(/:\d+$/, ''), isSecure);
      const whole = urlOf(target, headers, isSecure ? 'https' : 'http');
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
  for (let at = 0; at < text.length; ) {
    if (exchanges.length >= mostExchanges) {
      loose.push(text.slice(at));
      break;
    }
    const found = /\r?\n\r?\n/.exec(at === 0 ? text : text.slice(at, at + longestHead));
    const bodyAt = found ? at + found.index + found[0].length : text.length;
    const isNext = statusLine.test(text.slice(bodyAt, bodyAt + 20));
    nextHead.lastIndex = bodyAt;
    const next = isNext ? bodyAt : (nextHead.exec(text)?.index ?? text.length);
    const head = headOf(text.slice(at, found ? at + found.index : text.length));
    const response = { ...head, body: bodyOf(text.slice(bodyAt, next).replace(/\r?\n$/, ''), head.headers) };
    exchanges.push(
      exchangeOfMessages({ name: `entry ${exchanges.length + 1}`, request: null, response, url: asked ?? '' }),
    );
    if (head.rest) loose.push(head.rest);
    asked = leadsTo(response, asked, isNext);
    at = next;
  }
  return { exchanges, loose };
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
