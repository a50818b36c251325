import { detect } from '../engine/find/detect.ts';
import type { Capture, Exchange, Page } from '../engine/model/capture.ts';
import { urlFrom } from '../engine/text/hosts.ts';
import { hasMoreValues, walkJson } from '../engine/text/json.ts';
import { record, seconds, string } from '../engine/text/narrow.ts';
import { byteWork } from './bytes/byte-work.ts';
import { JsonError, type JsonRange, JsonReader } from './bytes/json-reader.ts';
import { endOf, exchangeOf, type HarEntry, readable } from './har-entry.ts';
import { emptyCapture, type Input, InputError, type ReadContext } from './input.ts';

/** HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/), with Chrome's members for WebSockets and initiators. */
export const har: Input = {
  id: 'har',
  name: 'HAR 1.2',
  matches: isHar,

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
      const parts = partsOf(reader, range, `entry ${entries}`, { pages, recorded });
      if ('exchanges' in parts) followRedirects(pages, parts.exchanges ?? []);
      emit({ ...emptyCapture(now), ...parts });
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

/** Some writers put a comment or a version of their own first. */
function isHar(head: string): boolean {
  if (!/^\s*\{/.test(head) || !/"(?:entries|creator|pages)"\s*:/.test(head)) return false;
  let isLog = false;
  const take = (start: number, end: number, stack: readonly unknown[]) => {
    isLog ||= stack.length === 1 && head.slice(start, end) === 'log' && /^"\s*:\s*\{/.test(head.slice(end, end + 20));
  };
  walkJson(head, { member: take });
  return isLog;
}

function pageOf(page: Record<string, unknown>, now: number): Page {
  const title = string(page.title);
  return {
    url: /^[a-z][a-z\d+.-]*:\/\//i.test(title) ? title : '',
    title,
    scriptOrigins: null,
    loadedAt: seconds(page.startedDateTime) ?? now,
  };
}

/** Some writers call a page by the address that was asked for. Where that led elsewhere, what follows is of another page. */
function followRedirects(pages: Map<string, Page>, exchanges: readonly Exchange[]): void {
  for (const { url, status, responseHeaders } of exchanges) {
    if (status === null || status < 300 || status > 399) continue;
    const to = responseHeaders.find(({ name }) => name.toLowerCase() === 'location')?.value;
    const target = to === undefined ? null : urlFrom(to, url);
    if (!target) continue;
    for (const [id, page] of pages) if (page.url === url) pages.set(id, { ...page, url: target.href });
  }
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
    return { exchanges: [exchangeOf(entry, name, pages.get(string(entry.members.pageref))?.url || null)] };
  }
  const fault = isHeavy ? `holds more than ${mostValues.toLocaleString('en-US')} values` : 'is not valid JSON';
  const message = `${name} ${fault}; it was searched as text.`;
  return { texts: [{ name, text: whole() }], problems: [{ code: 'entry-invalid', message, offset }] };
}

/** Bytes of a cut-off entry that are searched as text. */
const longestRest = 8 << 20;

/** Bytes from which on the values of an entry are counted before it is parsed, and the most that are parsed: some 60,000 messages. */
const heavyBytes = 1 << 20;
const mostValues = 500_000;

const placeholder = 'long string ';

function createEntry(reader: JsonReader, { start, end, longs }: JsonRange): HarEntry | null {
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

/** Parsed JSON, or undefined. */
function parseLoosely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
