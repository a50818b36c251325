import type { Exchange, Header } from '../engine/model/capture.ts';
import { seconds } from '../engine/text/narrow.ts';
import { linesOf } from './batches.ts';
import { readText, tooLarge } from './bytes/read-json.ts';
import { emptyCapture, type Input } from './input.ts';
import { readAsText } from './text.ts';

/** One HTTP/1.1 request or response as it goes over the wire, or as `curl -i` and proxies print it (RFC 9112). */
export const httpMessage: Input = {
  id: 'http-message',
  name: 'raw HTTP message',
  matches: (head) => requestLine.test(head) || statusLine.test(head),
  async read(window, context, emit) {
    const { now, name, recorded } = context;
    const text = await readText(window);
    if (text === null) return readAsText(window, context, emit, tooLarge());
    const end = /\r?\n\r?\n/.exec(text);
    const { first, headers, rest } = readHead(text.slice(0, end?.index ?? text.length));
    const content = end ? text.slice(end.index + end[0].length) : '';
    const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? null;
    const body = content ? { text: content, mimeType: type } : null;
    const [, method, target] = requestLine.exec(first) ?? [];
    const [, status] = statusLine.exec(first) ?? [];
    const exchange: Exchange = {
      name: method === undefined ? 'response' : 'request',
      method: method ?? '',
      url: target === undefined ? '' : urlOf(target, headers),
      startedAt: null,
      pageUrl: null,
      initiator: null,
      requestHeaders: method === undefined ? [] : headers,
      requestBody: method === undefined ? null : body,
      status: status === undefined ? null : Number(status),
      responseHeaders: method === undefined ? headers : [],
      responseBody: method === undefined ? body : null,
      messages: [],
    };
    // When the answer was made (RFC 9110 §6.6.1).
    recorded(seconds(headers.find(({ name }) => name.toLowerCase() === 'date')?.value));
    emit({ ...emptyCapture(now), exchanges: [exchange], texts: rest ? [{ name, text: rest }] : [] });
  },
};

const requestLine = /^([A-Z]{3,20}) (\S+) HTTP\/\d(?:\.\d)?\r?(?:\n|$)/;
const statusLine = /^HTTP\/\d(?:\.\d)? (\d{3})\b/;

/** Lines read as headers; servers take some hundred. What follows is searched as text. */
const mostHeaders = 10_000;

function readHead(head: string): { first: string; headers: Header[]; rest: string } {
  let first: string | null = null;
  const headers: Header[] = [];
  let lines = 0;
  let read = 0;
  for (const line of linesOf(head)) {
    if (lines > mostHeaders) break;
    if (first === null) first = line;
    else headers.push(...headerOf(line));
    lines += 1;
    read = head.indexOf('\n', read) + 1 || head.length;
  }
  return { first: first ?? '', headers, rest: head.slice(read) };
}

function headerOf(line: string): Header[] {
  const colon = line.indexOf(':');
  return colon > 0 ? [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }] : [];
}

function urlOf(target: string, headers: readonly Header[]): string {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(target)) return target;
  const host = headers.find(({ name }) => name.toLowerCase() === 'host')?.value ?? '';
  return `https://${host || 'unknown.invalid'}${target}`;
}
