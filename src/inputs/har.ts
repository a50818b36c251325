import { detect } from '../engine/find/detect.ts';
import type { Body, Capture, Exchange, Header, Page, SocketMessage } from '../engine/model/capture.ts';
import { hasMoreValues } from '../engine/text/json.ts';
import { list, number, record, seconds, string } from '../engine/text/narrow.ts';
import { byteWork } from './bytes/byte-work.ts';
import { JsonError, type JsonRange, JsonReader } from './bytes/json-reader.ts';
import { emptyCapture, type Input, InputError, type ReadContext } from './input.ts';

/** HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/), with Chrome's members for WebSockets and initiators. */
export const har: Input = {
  id: 'har',
  name: 'HAR 1.2',
  matches: (head) => /^\s*\{\s*"log"\s*:\s*\{/.test(head),

  async read(window, { now, recorded }, emit) {
    const reader = new JsonReader(window);
    const pages = new Map<string, Page>();
    let entries = 0;
    const takePage = ({ start, end }: JsonRange) => {
      const page = record(parseLoosely(byteWork.utf8(window.bytes(start, end))));
      pages.set(string(page.id), pageOf(page, now));
      recorded(seconds(page.startedDateTime));
    };
    const takeEntry = (range: JsonRange, index: number) => {
      entries = index + 1;
      emit({ ...emptyCapture(now), ...partsOf(reader, range, `entry ${entries}`, { pages, recorded }) });
    };
    try {
      await reader.object({
        log: () => reader.object({ pages: () => reader.array(takePage), entries: () => reader.array(takeEntry) }),
      });
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      const rest = window.bytes(Math.max(window.base, error.position - longestRest), window.base + window.length);
      emit({
        ...emptyCapture(now),
        texts: [{ name: `after entry ${entries} (cut off)`, text: byteWork.utf8(rest) }],
      });
      const where = entries === 0 ? 'before its first entry' : `after entry ${entries}; what came before was read`;
      throw error.ended
        ? new InputError('input-truncated', `is cut off ${where}`, error.position)
        : new InputError('input-invalid', `is not valid JSON ${where}`, error.position);
    } finally {
      for (const page of pages.values()) if (page.url) emit({ ...emptyCapture(page.loadedAt), page });
    }
  },
};

function pageOf(page: Record<string, unknown>, now: number): Page {
  const title = string(page.title);
  return {
    url: /^[a-z][a-z\d+.-]*:\/\//i.test(title) ? title : '',
    title,
    scriptOrigins: null,
    loadedAt: seconds(page.startedDateTime) ?? now,
  };
}

/** What an entry tells: its exchange, or its text when it is too odd to be parsed. */
function partsOf(
  reader: JsonReader,
  range: JsonRange,
  name: string,
  { pages, recorded }: { pages: ReadonlyMap<string, Page>; recorded: ReadContext['recorded'] },
): Pick<Capture, 'exchanges'> | Pick<Capture, 'texts' | 'problems'> {
  const offset = range.start;
  if (range.tooLarge) {
    const message = `${name} is larger than 64 MB and was passed over.`;
    return { texts: [], problems: [{ code: 'value-too-long', message, offset }] };
  }
  const whole = () => byteWork.utf8(reader.window.bytes(range.start, range.end));
  const isHeavy = range.end - range.start > heavyBytes && hasMoreValues(whole(), mostValues);
  const entry = isHeavy ? null : createEntry(reader, range);
  if (entry) {
    recorded(endOf(entry.members));
    return { exchanges: [exchangeOf(entry, name, pages)] };
  }
  const fault = isHeavy ? `holds more than ${mostValues.toLocaleString('en-US')} values` : 'is not valid JSON';
  const message = `${name} ${fault}; it was searched as text.`;
  return { texts: [{ name, text: whole() }], problems: [{ code: 'entry-invalid', message, offset }] };
}

/** Longest exchange that is believed, in seconds: a week. */
const longestExchange = 7 * 86_400;

/** When an exchange was over, in seconds since the epoch; `time` is its length in milliseconds, -1 where it is not known. */
function endOf({ startedDateTime, time }: Record<string, unknown>): number | null {
  const start = seconds(startedDateTime);
  const took = (number(time) ?? 0) / 1000;
  return start !== null && took > 0 && took <= longestExchange ? start + took : start;
}

/** Bytes of a cut-off entry that are searched as text. */
const longestRest = 8 << 20;

/** Bytes from which on the values of an entry are counted before it is parsed, and the most that are parsed: some 60,000 messages. */
const heavyBytes = 1 << 20;
const mostValues = 500_000;

/** One entry, parsed without its long strings: those are decoded when asked for, or not at all. */
interface Entry {
  members: Record<string, unknown>;
  text(value: unknown): string;
  /** The text of a body; empty when a glance shows that it holds no token. */
  body(value: unknown, base64: boolean): string;
}

const placeholder = 'long string ';

function createEntry(reader: JsonReader, { start, end, longs }: JsonRange): Entry | null {
  const { window } = reader;
  let skeleton = '';
  let from = start;
  for (const [index, long] of longs.entries()) {
    skeleton += byteWork.utf8(window.bytes(from, long.start)) + placeholder + index;
    from = long.end;
  }
  skeleton += byteWork.utf8(window.bytes(from, end));
  const members = parseLoosely(skeleton);
  if (members === undefined) return null;

  const longOf = (value: string) =>
    value.startsWith(placeholder) ? longs[Number(value.slice(placeholder.length))] : undefined;
  const text = (value: unknown) => {
    const short = string(value);
    const long = longOf(short);
    return long ? reader.text(long) : short;
  };
  return {
    members: record(members),
    text,
    body(value, base64) {
      const long = longOf(string(value));
      if (base64) {
        return readable(byteWork.base64(long ? byteWork.latin1(window.bytes(long.start, long.end)) : string(value)));
      }
      if (!long?.escaped) return text(value);
      // Undoing escapes costs more than a search, which sees through them: undo them only where something was found.
      const { hits, problems } = detect(byteWork.latin1(window.bytes(long.start, long.end)));
      return hits.length + problems.length > 0 ? reader.text(long) : '';
    },
  };
}

function exchangeOf(entry: Entry, name: string, pages: ReadonlyMap<string, Page>): Exchange {
  const { members, text } = entry;
  const request = record(members.request);
  const response = record(members.response);
  const status = number(response.status);
  return {
    name,
    method: string(request.method),
    url: text(request.url),
    startedAt: seconds(members.startedDateTime),
    pageUrl: pages.get(string(members.pageref))?.url || null,
    initiator: initiatorOf(record(members._initiator)),
    requestHeaders: withCookies(entry, headers(entry, request.headers), list(request.cookies).map(record)),
    requestBody: requestBody(entry, record(request.postData)),
    // 0 is how browsers write that no answer came.
    status: status === 0 ? null : status,
    responseHeaders: withRedirect(headers(entry, response.headers), text(response.redirectURL)),
    responseBody: responseBody(entry, record(response.content)),
    messages: messages(entry),
  };
}

function headers({ text }: Entry, value: unknown): Header[] {
  return list(value).map((header) => {
    const { name, value } = record(header);
    return { name: string(name), value: text(value) };
  });
}

/** Some writers list cookies and drop the header. */
function withCookies({ text }: Entry, all: Header[], cookies: Record<string, unknown>[]): Header[] {
  if (cookies.length === 0 || all.some(({ name }) => name.toLowerCase() === 'cookie')) return all;
  const value = cookies.map((cookie) => `${string(cookie.name)}=${text(cookie.value)}`).join('; ');
  return [...all, { name: 'Cookie', value }];
}

function withRedirect(all: Header[], target: string): Header[] {
  if (!target || all.some(({ name }) => name.toLowerCase() === 'location')) return all;
  return [...all, { name: 'Location', value: target }];
}

function requestBody({ text }: Entry, post: Record<string, unknown>): Body | null {
  const mimeType = string(post.mimeType) || null;
  const whole = text(post.text);
  if (whole) return { text: whole, mimeType };
  const fields = list(post.params).map(record);
  if (fields.length === 0) return null;
  const pairs = fields.map((field) => [text(field.name), text(field.value)].map(encodeLoosely).join('='));
  return { text: pairs.join('&'), mimeType: 'application/x-www-form-urlencoded' };
}

function responseBody({ body }: Entry, content: Record<string, unknown>): Body | null {
  const whole = body(content.text, string(content.encoding) === 'base64');
  return whole ? { text: whole, mimeType: string(content.mimeType) || null } : null;
}

function messages({ members, text }: Entry): SocketMessage[] {
  return [...list(members._webSocketMessages), ...list(members._eventSourceMessages)].map((message) => {
    const { type, data, time, opcode } = record(message);
    return {
      direction: type === 'send' ? 'sent' : 'received',
      // Chrome writes binary messages (opcode 2) in base64.
      text: opcode === 2 ? readable(byteWork.base64(text(data))) : text(data),
      at: number(time),
    };
  });
}

function initiatorOf(initiator: Record<string, unknown>): string | null {
  const url = string(initiator.url) || string(record(list(record(initiator.stack).callFrames)[0]).url);
  const line = number(initiator.lineNumber);
  if (url) return line === null ? url : `${url}:${line + 1}`;
  return string(initiator.type) || null;
}

/** Bytes as text: UTF-8 where they are, otherwise each byte for itself. */
function readable(bytes: Uint8Array): string {
  const text = byteWork.utf8(bytes);
  return text.includes('\ufffd') ? byteWork.latin1(bytes) : text;
}

function encodeLoosely(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text.replace(/[&=%+]/g, escape);
  }
}

/** Parsed JSON, or undefined. */
function parseLoosely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
