import type { Body, Exchange, Header } from '../engine/model/capture.ts';
import { isLoopback } from '../engine/text/hosts.ts';
import { linesOf } from './batches.ts';

/** One HTTP/1.1 message as it goes over the wire (RFC 9112 §2.1). */
export interface Message {
  /** Its request line or status line. */
  first: string;
  headers: Header[];
  /** What stands after as many lines of the head as are read as headers; mostly empty. */
  rest: string;
  body: Body | null;
}

/** `GET /path HTTP/1.1`: method and target. */
export const requestLine = /^([A-Z]{3,20}) (\S+) HTTP\/\d(?:\.\d)?\r?(?:\n|$)/;
/** `HTTP/2 200 OK`: the status. */
export const statusLine = /^HTTP\/\d(?:\.\d)? (\d{3})\b/;

/** Whether a text begins with a message; empty lines before it are passed over (RFC 9112 §2.2). */
export function beginsMessage(head: string): boolean {
  const start = head.slice(0, 12_000).trimStart();
  return requestLine.test(start) || statusLine.test(start);
}

/** A message as it is written, whole. Linear in the text; never throws. */
export function messageOf(text: string): Message {
  const end = /\r?\n\r?\n/.exec(text);
  const head = readHead(text.slice(0, end?.index ?? text.length));
  return { ...head, body: bodyOf(end ? text.slice(end.index + end[0].length) : '', head.headers) };
}

/** A body of the media type that its headers tell; null for an empty one. */
export function bodyOf(text: string, headers: readonly Header[]): Body | null {
  return text ? { text, mimeType: headerValue(headers, 'content-type') } : null;
}

/** The value of the first header of a name in small letters; null where there is none. */
export function headerValue(headers: readonly Header[], name: string): string | null {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? null;
}

/** A line of a head; nothing where it is no header. */
export function headerOf(line: string): Header[] {
  // Names of HTTP/2 may begin with a colon (RFC 9113 §8.3).
  const colon = line.indexOf(':', 1);
  return colon > 0 ? [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }] : [];
}

/**
 * The headers of the lines of a head, and the lines that are none. A line that begins with white space goes on with the header before it
 * (RFC 9112 §5.2).
 */
export function headersOf(lines: Iterable<string>): { headers: Header[]; others: string[] } {
  const headers: Header[] = [];
  const others: string[] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    const [header] = headerOf(line);
    if (last && /^[ \t]+\S/.test(line))
      headers.splice(-1, 1, { ...last, value: `${last.value}\n ${line.trim()}`.trim() });
    else if (header) headers.push(header);
    else if (line.trim()) others.push(line);
  }
  return { headers, others };
}

/**
 * The address that a target of a request stands for, by its host (RFC 9112 §3.3). Where no host is told, it is the target alone, and where
 * nothing tells the scheme, it has none: `//call.example/me`. Of a tunnel it is nothing, as the proxy is asked, and not whose name stands there.
 */
export function urlOf(target: string, headers: readonly Header[], scheme: 'http' | 'https' | null = null): string {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(target)) return target;
  const host = headerValue(headers, 'host') ?? headerValue(headers, ':authority');
  if (target !== '*' && !target.startsWith('/')) return '';
  if (!host) return target;
  const known = scheme ?? schemeOf(host, headers);
  return `${known === null ? '' : `${known}:`}//${host}${target === '*' ? '/' : target}`;
}

/**
 * The scheme by which a request goes: by the port that it has, by an address of the same host in its headers, and by those that browsers
 * send over TLS alone (https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header and https://wicg.github.io/ua-client-hints/,
 * read 2026-11), to this machine excepted. Null where nothing tells.
 */
function schemeOf(host: string, headers: readonly Header[]): 'http' | 'https' | null {
  const [, port] = /:(\d{1,5})$/.exec(host) ?? [];
  if (port === '80') return 'http';
  const told = headerValue(headers, ':scheme');
  if (port === '443' || told === 'https') return 'https';
  for (const name of ['origin', 'referer']) {
    const [, scheme, from] = /^(https?):\/\/([^/?#\s]{1,300})/i.exec(headerValue(headers, name) ?? '') ?? [];
    if (from?.toLowerCase() === host.toLowerCase()) return scheme?.toLowerCase() === 'http' ? 'http' : 'https';
  }
  const isByTls = headers.some(({ name }) => /^(?::authority$|sec-(?:fetch|ch-ua)\b)/i.test(name));
  return isByTls && !isLoopback(host.replace(/:\d{1,5}$/, '')) ? 'https' : null;
}

/** HTTP/2 and later go over TLS, and what tells browsers to use it is heard over it alone (RFC 6797 §8.1). */
function isByTls(line: string, response: Message | null): boolean {
  return / HTTP\/[23]/.test(line) || headerValue(response?.headers ?? [], 'strict-transport-security') !== null;
}

/** A request, an answer, or both, as one exchange; `url` where something else tells it. */
export function exchangeOfMessages({
  name,
  request,
  response,
  url,
  startedAt = null,
}: {
  name: string;
  request: Message | null;
  response: Message | null;
  url?: string | null;
  startedAt?: number | null;
}): Exchange {
  const [line = '', method = '', target] = (request && requestLine.exec(request.first)) ?? [];
  const [, status] = (response && statusLine.exec(response.first)) ?? [];
  const scheme = isByTls(line, response) ? 'https' : null;
  return {
    name,
    method,
    url: url ?? (target === undefined ? '' : urlOf(target, request?.headers ?? [], scheme)),
    startedAt,
    pageUrl: null,
    initiator: null,
    requestHeaders: request?.headers ?? [],
    requestBody: request?.body ?? null,
    status: status === undefined ? null : Number(status),
    responseHeaders: response?.headers ?? [],
    responseBody: response?.body ?? null,
    messages: [],
  };
}

/** Lines read as headers; servers take some hundred. What follows is searched as text. */
const mostHeaders = 10_000;

function readHead(head: string): Pick<Message, 'first' | 'headers' | 'rest'> {
  let first: string | null = null;
  const lines: string[] = [];
  let read = 0;
  for (const line of linesOf(head)) {
    if (lines.length >= mostHeaders) break;
    if (first === null) first = line;
    else lines.push(line);
    read = head.indexOf('\n', read) + 1 || head.length;
  }
  const { headers, others } = headersOf(lines);
  return { first: first ?? '', headers, rest: [...others, head.slice(read)].filter((one) => one !== '').join('\n') };
}
