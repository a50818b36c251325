import type { Body, Exchange, Header } from '../engine/model/capture.ts';
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
 * The address that a target of a request stands for, by its host (RFC 9112 §3.3). Where no host is told, it is the target alone; of a
 * tunnel it is nothing, as the proxy is asked, and not whose name stands there.
 */
export function urlOf(target: string, headers: readonly Header[], scheme?: 'http' | 'https'): string {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(target)) return target;
  const host = headerValue(headers, 'host');
  if (target !== '*' && !target.startsWith('/')) return '';
  if (!host) return target;
  return `${scheme ?? (/:80$/.test(host) ? 'http' : 'https')}://${host}${target === '*' ? '/' : target}`;
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
  const [, method = '', target] = (request && requestLine.exec(request.first)) ?? [];
  const [, status] = (response && statusLine.exec(response.first)) ?? [];
  return {
    name,
    method,
    url: url ?? (target === undefined ? '' : urlOf(target, request?.headers ?? [])),
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
