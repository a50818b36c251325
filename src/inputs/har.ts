import { detect } from '../engine/find/detect.ts';
import type { Capture, Exchange, LooseText, Page, Problem } from '../engine/model/capture.ts';
import { countMembers, hiddenMembers, hiddenText } from '../engine/text/hidden-members.ts';
import { urlFrom } from '../engine/text/hosts.ts';
import { hasMoreValues, walkJson } from '../engine/text/json.ts';
import { record, seconds, string } from '../engine/text/narrow.ts';
import type { ByteWindow } from './bytes/byte-window.ts';
import { byteWork } from './bytes/byte-work.ts';
import { JsonError, type JsonRange, JsonReader } from './bytes/json-reader.ts';
import { mendJson } from './bytes/mend-json.ts';
import { endOf, exchangeOf, type HarEntry, isBase64, longTexts, looseIn, readable, wholeEntry } from './har-entry.ts';
import { emptyCapture, type Input, InputError, type ReadContext } from './input.ts';
import { mayHoldArchive } from './packed-within.ts';
import { createSideFiles } from './side-files.ts';

/**
 * HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/), with Chrome's members for WebSockets and initiators; its log alone,
 * its entries alone, or an entry a line.
 */
export const har: Input = {
  id: 'har',
  isWhole: true,
  name: 'HAR 1.2',
  matches: (head) => shapeOf(head) !== null,
  read: (window, context, emit) => readArchive(new JsonReader(window), context, emit),
};

/** A whole archive, or what has its entries outermost: the log, a list, or one after the other. */
type Shape = 'archive' | 'log' | 'list' | 'lines';

/** Some writers put a comment or a version of their own first. Null for what is no archive. */
function shapeOf(head: string): Shape | null {
  if (!/^\s*[[{/]/.test(head) || !/"(?:entries|creator|pages|request)"\s*:/.test(head)) return null;
  const text =
    /^\s*(?:\/|\{\s*\/)/.test(head) || !/"(?:log|entries|request)"\s*:\s*[[{]/.test(head) ? mendJson(head).text : head;
  const isList = /^\s*\[/.test(text);
  const names = new Set<string>();
  const take = (start: number, end: number, stack: readonly unknown[]) => {
    const name = text.slice(start, end);
    const [, opens = ''] = /^"\s*:\s*([[{]?)/.exec(text.slice(end, end + 20)) ?? [];
    if (stack.length === (isList ? 2 : 1) && end - start < 20) names.add(name + opens);
  };
  walkJson(text, { member: take });
  if (!isList && names.has('log{')) return 'archive';
  if (!isList && names.has('entries[') && /"startedDateTime"\s*:|"creator"\s*:\s*\{/.test(text)) return 'log';
  // Members that entries of browsers and proxies begin with, and that hardly anything else has beside a request.
  const isEntry =
    names.has('request{') && ['startedDateTime', '_initiator{', 'pageref'].some((name) => names.has(name));
  if (!isEntry) return null;
  return isList ? 'list' : 'lines';
}

/** Reads one document after the other, as entries of one archive; what is none is searched as text. */
async function readArchive(reader: JsonReader, context: ReadContext, emit: (capture: Capture) => void): Promise<void> {
  const { window } = reader;
  const shape = shapeOf(byteWork.utf8((await window.atLeast(headBytes)).slice(0, headBytes)).replace(/^\ufeff/, ''));
  const archive = createArchive(reader, context, emit);
  const takeEntries = () => {
    archive.next = reader.position;
    return reader.array(archive.takeEntry);
  };
  // What is no list where one belongs is searched as text.
  const listOr = (member: string, take: () => Promise<void>) => async () =>
    (await reader.next()) === openBracket ? take() : archive.takeOther(await reader.value(), member);
  const members = {
    pages: listOr('pages', () => reader.array(archive.takePage)),
    entries: listOr('entries', takeEntries),
  };
  const log = () => reader.object(members, archive.takeOther);
  try {
    for (let isFirst = true; ; isFirst = false) {
      const byte = await reader.next();
      window.discard(reader.position);
      if (byte === null && !isFirst) break;
      if (byte === openBracket) await takeEntries();
      else if (byte !== openBrace && byte !== null) throw new JsonError('an object was expected', reader.position);
      else if (shape === 'lines') await archive.takeEntry(await reader.value());
      else await (shape === 'log' ? log() : reader.object({ log }, archive.takeOther));
      archive.next = reader.position;
    }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw archive.takeRest(await restOf(window, Math.max(window.base, archive.next)), error);
  } finally {
    archive.finish();
  }
}

/** What is read of one archive, and handed on. */
function createArchive(
  reader: JsonReader,
  { now, name, recorded, beside }: ReadContext,
  emit: (capture: Capture) => void,
) {
  const { window } = reader;
  const pages = new Map<string, Page>();
  const remarks: Remarks = { mended: [], twice: [] };
  const sideFiles = createSideFiles(beside);
  let entries = 0;
  const takeTexts = (of: string, texts: readonly string[]) => {
    if (texts.length > 0) emit({ ...emptyCapture(now), texts: texts.map((text) => ({ name: of, text })) });
  };
  const tell = (problems: Problem[]) => problems.length > 0 && emit({ ...emptyCapture(now), problems });
  const archive = {
    /** Where the entry begins that is read next. */
    next: 0,
    takePage({ start, end }: JsonRange) {
      const text = byteWork.utf8(window.bytes(start, end));
      const { pageTimings, ...page } = record(parseLoosely(text));
      pages.set(string(page.id), pageOf(page, now));
      recorded(seconds(page.startedDateTime));
      takeTexts('a page', [...looseInPage(page), ...hiddenTexts(text)]);
    },
    takeEntry(range: JsonRange) {
      entries += 1;
      archive.next = range.end;
      const { isMended, isTwice, members, ...parts } = partsOf(reader, range, `entry ${entries}`, { pages, recorded });
      if (isMended) remarks.mended.push(entries);
      if (isTwice) remarks.twice.push(entries);
      followRedirects(pages, parts.exchanges ?? []);
      const take = (exchanges: Exchange[]) => emit({ ...emptyCapture(now), ...parts, exchanges });
      const filled = parts.exchanges?.[0] && sideFiles.filled(parts.exchanges[0], members ?? {});
      return filled instanceof Promise ? filled.then((one) => take([one])) : take(parts.exchanges ?? []);
    },
    takeOther({ start, end, tooLarge }: JsonRange, member: string) {
      const of = `member ${member.slice(0, 60)}`;
      if (tooLarge) tell([tooLong(of, start)]);
      else if (end - start > shortestText) takeTexts(of, [byteWork.utf8(window.bytes(start, end))]);
    },
    /** What could not be read any more, and why. */
    takeRest(text: string, { ended, position }: JsonError): InputError {
      const cut = ended ? cutEntry(text, `entry ${entries + 1}`, pages) : null;
      const texts = [{ name: entries === 0 ? name : `after entry ${entries}`, text }];
      emit({ ...emptyCapture(now), ...(cut ?? { texts }) });
      const after = entries === 0 ? 'before its first entry' : `after entry ${entries}; what came before was read`;
      const where = cut ? `in entry ${entries + 1}; what is there was read` : after;
      return ended
        ? new InputError('input-truncated', `is cut off ${where}`, position)
        : new InputError('input-invalid', `is not valid JSON ${where}`, position);
    },
    finish() {
      takeTexts('comments', reader.comments);
      tell([...problemsOf(remarks), ...sideFiles.problems()]);
      for (const page of pages.values()) if (page.url) emit({ ...emptyCapture(page.loadedAt), page });
    },
  };
  return archive;
}

/** Bytes that decide what an archive is; `recogniseInput` has as many. */
const headBytes = 64 << 10;
/** Characters that no token is shorter than. */
const shortestText = 16;
const openBrace = 0x7b;
const openBracket = 0x5b;

/** What lies behind the last entry that was whole, as text. */
async function restOf(window: ByteWindow, from: number): Promise<string> {
  window.discard(from);
  while (window.base + window.length - from < longestRest && (await window.fill())) {}
  return byteWork.utf8(window.bytes(from, Math.min(from + longestRest, window.base + window.length)));
}

/** An entry that ends in the middle, as far as it goes; null where none is begun. */
function cutEntry(
  text: string,
  name: string,
  pages: ReadonlyMap<string, Page>,
): Pick<Capture, 'exchanges' | 'texts'> | null {
  const start = text.search(/[^\s,[]/);
  if (text.length >= longestRest || text.charAt(start) !== '{') return null;
  const { text: whole, comments } = mendJson(text.slice(start));
  const entry = wholeEntry(parseLoosely(whole));
  if (!entry.members.request) return null;
  return {
    exchanges: [exchangeOf(entry, name, pages.get(string(entry.members.pageref))?.url || null)],
    texts: looseTexts(entry, [...comments, ...hiddenTexts(whole)], name),
  };
}

/** What of an entry is no part of its exchange, with the host that it was said to. */
function looseTexts(entry: HarEntry, comments: readonly string[], name: string): LooseText[] {
  const texts = [...comments, ...looseIn(entry)];
  if (texts.length === 0) return [];
  const origin = urlFrom(string(record(entry.members.request).url))?.origin;
  return texts.map((text) => ({ name, text, ...(origin && { origin }) }));
}

/** Numbers of entries of which there is something to be said. */
interface Remarks {
  mended: number[];
  /** A member stands in it twice. */
  twice: number[];
}

function problemsOf({ mended, twice }: Remarks): Problem[] {
  return [...mendedProblem(mended), ...twiceProblem(twice)];
}

function mendedProblem(entries: readonly number[]): Problem[] {
  if (entries.length === 0) return [];
  const [first] = entries;
  const which =
    entries.length === 1
      ? `entry ${first} is`
      : `${entries.length.toLocaleString('en-US')} entries, the first entry ${first}, are`;
  return [{ code: 'entry-invalid', message: `${which} not valid JSON, and read as far as it makes sense.` }];
}

function twiceProblem(entries: readonly number[]): Problem[] {
  if (entries.length === 0) return [];
  const [first] = entries;
  const which =
    entries.length === 1
      ? `entry ${first}`
      : `${entries.length.toLocaleString('en-US')} entries, the first entry ${first},`;
  const message = `In ${which} a member stands more than once; readers take the last, and what came before was searched as text.`;
  return [{ code: 'member-twice', message }];
}

function tooLong(name: string, offset: number): Problem {
  return { code: 'value-too-long', message: `${name} is larger than 64 MB and was passed over.`, offset };
}

const looseInPage = (page: object) => longTexts({ ...page, title: undefined, startedDateTime: undefined });

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
): Partial<Pick<Capture, 'exchanges' | 'texts' | 'problems'>> & {
  isMended?: boolean;
  isTwice?: boolean;
  members?: Record<string, unknown>;
} {
  const offset = range.start;
  if (range.tooLarge) return { problems: [tooLong(name, offset)] };
  const whole = () => byteWork.utf8(reader.window.bytes(range.start, range.end));
  const isHeavy = range.end - range.start > heavyBytes && hasMoreValues(whole(), mostValues);
  const entry = isHeavy ? null : createEntry(reader, range);
  if (entry) {
    recorded(endOf(entry.members));
    const hidden = countMembers(entry.members) === range.members ? [] : hiddenTexts(whole());
    return {
      exchanges: [exchangeOf(entry, name, pages.get(string(entry.members.pageref))?.url || null)],
      texts: looseTexts(entry, [...entry.comments, ...hidden], name),
      isMended: entry.isMended,
      isTwice: hidden.length > 0,
      members: entry.members,
    };
  }
  const fault = isHeavy ? `holds more than ${mostValues.toLocaleString('en-US')} values` : 'is not valid JSON';
  const message = `${name} ${fault}; it was searched as text.`;
  return { texts: [{ name, text: whole() }], problems: [{ code: 'entry-invalid', message, offset }] };
}

/** What stands in members of an entry that others of the same name hide. */
function hiddenTexts(written: string): string[] {
  const text = parseLoosely(written) === undefined ? mendJson(written).text : written;
  return hiddenMembers(text).map((member) => hiddenText(text, member));
}

/** Bytes of a cut-off entry that are searched as text. */
const longestRest = 8 << 20;

/** Bytes from which on the values of an entry are counted before it is parsed, and the most that are parsed: some 60,000 messages. */
const heavyBytes = 1 << 20;
const mostValues = 500_000;

const placeholder = 'long string ';

interface ReadEntry extends HarEntry {
  /** It was no JSON, and made some. */
  isMended: boolean;
  comments: string[];
}

function createEntry(reader: JsonReader, { start, end, longs }: JsonRange): ReadEntry | null {
  const { window } = reader;
  let skeleton = '';
  let from = start;
  for (const [index, long] of longs.entries()) {
    skeleton += byteWork.utf8(window.bytes(from, long.start)) + placeholder + index;
    from = long.end;
  }
  skeleton += byteWork.utf8(window.bytes(from, end));
  const valid = parseLoosely(skeleton);
  const mended = valid === undefined ? mendJson(skeleton) : null;
  const members = mended ? parseLoosely(mended.text) : valid;
  if (members === undefined || (mended && !record(members).request)) return null;

  const longOf = (value: string) =>
    value.startsWith(placeholder) ? longs[Number(value.slice(placeholder.length))] : undefined;
  const text = (value: unknown) => {
    const short = string(value);
    const long = longOf(short);
    return long ? reader.text(long) : short;
  };
  return {
    members: record(members),
    isMended: mended !== null,
    comments: mended?.comments ?? [],
    text,
    body(value, base64) {
      const long = longOf(string(value));
      if (base64) {
        const written = long ? byteWork.latin1(window.bytes(long.start, long.end)) : string(value);
        if (isBase64(written)) return readable(byteWork.base64(written));
      }
      if (!long?.escaped) return text(value);
      // Undoing escapes costs more than a search, which sees through them: undo them only where something was found.
      const written = byteWork.latin1(window.bytes(long.start, long.end));
      const { hits, problems } = detect(written);
      return hits.length + problems.length > 0 || mayHoldArchive(written) ? reader.text(long) : '';
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
