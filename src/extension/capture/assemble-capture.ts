import type { Capture, Cookie, Frame, Page, Problem, Store } from '../../engine/model/capture.ts';
import { stateByPage, stateWords, throughPage, wordOfPage } from '../../engine/model/notes.ts';
import { parse } from './frame-origin.ts';
import { captureFrames, type StorageGroup } from './frames.ts';
import { isKnownCookie, scriptCookies } from './read-cookies.ts';
import type { PageReading, ReadPart } from './read-page.ts';
import { isGranted } from './site-access.ts';

/**
 * One look at a page, as the engine wants it.
 *
 * @param readAt in seconds since the epoch
 */
export function assembleCapture(reading: PageReading, readAt: number): Capture {
  const { parts } = reading;
  return {
    readAt,
    page: pageOf(reading),
    frames: framesOf(reading),
    stores: storesOf(parts),
    cookies: cookiesOf(reading),
    closedHosts: reading.sites.flatMap(({ site, granted }) => (granted ? [] : (parse(site)?.hostname ?? []))),
    texts: [],
    problems: [
      ...parts.flatMap((part) => (part.reading.ok ? part.reading.problems : failureProblems(part))),
      ...cookieProblems(reading),
      ...reading.unreached,
      ...wordsOfPages(parts),
    ],
  };
}

function pageOf({ top, parts }: PageReading): Page {
  const facts = parts[0]?.last?.facts;
  return {
    url: top.url,
    title: facts?.title ?? '',
    scriptOrigins: facts?.scriptOrigins ?? null,
    loadedAt: top.firstSeenAt,
    startedAt: facts?.startedAt ?? null,
    documentId: top.documentId || null,
  };
}

function framesOf({ top, frames, parts }: PageReading): Frame[] {
  const list = captureFrames(frames, new Set(parts.flatMap(({ last }) => [...(last?.opaque ?? [])])));
  for (const { last } of parts) {
    for (const url of last?.facts.windows ?? []) {
      // The browser's own list is the better one; this adds the frames it leaves out.
      if (!url.startsWith('blob:') || list.some((frame) => frame.url === url)) continue;
      const origin = parse(url)?.origin ?? 'null';
      list.push({ url, origin, parentUrl: null, partition: null, loadedAt: top.firstSeenAt });
    }
  }
  return list;
}

function storesOf(parts: readonly ReadPart[]): Store[] {
  const stores: Store[] = [];
  for (const { last } of parts)
    for (const store of last?.stores ?? []) if (!isRepeated(store, stores)) stores.push(store);
  return stores;
}

/** Whether the same contents were read already through another frame of the storage. */
function isRepeated(store: Store, stores: readonly Store[]): boolean {
  return stores.some(
    (other) =>
      other.source === store.source &&
      other.origin === store.origin &&
      mayBeSame(other.partition, store.partition) &&
      other.entries.length === store.entries.length &&
      other.entries.every(({ key, text }, i) => store.entries[i]?.key === key && store.entries[i]?.text === text),
  );
}

/** One that is not known may be any. */
function mayBeSame(a: Store['partition'], b: Store['partition']): boolean {
  return !a || !b || JSON.stringify(a) === JSON.stringify(b);
}

/** What the browser says of cookies is the better account; pages add those of sites that it says nothing of. */
function cookiesOf({ cookies, parts, sites }: PageReading): Cookie[] {
  const list = [...cookies];
  for (const { group, last } of parts) {
    if (!last || isGranted(sites, group.site)) continue;
    for (const cookie of scriptCookies(last.facts.cookies, last.stores[0]?.url ?? group.origin))
      if (!isKnownCookie(cookie, list)) list.push(last.isTampered ? { ...cookie, isDoubted: true } : cookie);
  }
  return list;
}

function cookieProblems({ cookiesLeft, areCookiesPartial, areCookiesUntold, top }: PageReading): Problem[] {
  const words = [
    cookiesLeft > 0 &&
      `Of cookies that were set and gone between two looks, ${cookiesLeft.toLocaleString('en')} were left out: there were too many at once.`,
    areCookiesUntold && 'The browser does not tell the cookies of the sites that may be read. It is asked again.',
    areCookiesPartial && 'There are so many frames that the cookies of some were not read.',
  ].filter((sentence) => sentence !== false);
  return words.length > 0 ? [{ code: 'cookies-unread', message: words.join(' '), subject: top.url }] : [];
}

/** What was read through a page's own script is its word, and no more; said once of each origin. */
function wordsOfPages(parts: readonly ReadPart[]): Problem[] {
  const origins = new Map<string, Problem>();
  for (const { group, last } of parts) {
    const { origin: subject } = group;
    const told = last?.stores.filter(({ readBy }) => readBy === 'page-script') ?? [];
    if (told.length > 0 && told.length === last?.stores.length)
      origins.set(subject, { code: wordOfPage, message: `Read ${throughPage}.`, subject });
    // Beside the page's script all but this is read.
    else if (told.some(({ entries }) => entries.length > 0) && !origins.has(subject))
      origins.set(subject, { code: stateByPage, message: stateWords, subject: `history.state of ${subject}` });
  }
  return [...origins.values()];
}

/** Frames come and go, and fail for a moment while they do; only what stays unreadable is worth a word. */
function failureProblems({ group, reading, misses, failures, lastAt }: ReadPart): Problem[] {
  if (reading.ok) return [];
  if (reading.code === 'needs-access') return [closed(group)];
  if (reading.code === 'no-answer') return [notAnswering(group, lastAt)];
  if (failures >= 3) return [unreadable(group)];
  return misses < 3 ? [] : [moving(group, lastAt)];
}

/** `12:00:00` in the user's time zone. Seconds since the epoch. */
const timeOfDay = (at: number) => new Date(at * 1000).toTimeString().slice(0, 8);

/** Each document is left before it can be read. */
function moving({ frames, origin, isPage }: StorageGroup, lastAt: number | null): Problem {
  const read = lastAt === null ? 'was not read yet' : `was last read at ${timeOfDay(lastAt)}`;
  return {
    code: isPage ? 'page-moving' : 'frame-moving',
    message: `${isPage ? 'The page' : 'A frame'} goes from one document to the next faster than it can be read; what it stores ${read}.`,
    subject: frames[0]?.url ?? origin,
  };
}

function notAnswering({ frames, origin, isPage }: StorageGroup, lastAt: number | null): Problem {
  return {
    code: isPage ? 'page-not-answering' : 'frame-not-answering',
    message: `${isPage ? 'The page' : 'A frame'} does not answer: it, or the devtools, are busy, or it is stopped in the debugger, or has crashed; what it stores was last read before that${lastAt === null ? '' : `, at ${timeOfDay(lastAt)}`}.`,
    subject: frames[0]?.url ?? origin,
  };
}

function closed({ frames, origin }: StorageGroup): Problem {
  return {
    code: 'frame-unreadable',
    message: 'What this frame of another site stores is read with access to its site alone. Its URL was read.',
    subject: frames[0]?.url ?? origin,
  };
}

function unreadable({ frames, origin, isPage }: StorageGroup): Problem {
  return {
    code: 'frame-unreadable',
    message: `The browser does not let its tools into this ${isPage ? 'page' : 'frame'} (it may be sandboxed), so what it stores was not read. Its URL was.`,
    subject: frames[0]?.url ?? origin,
  };
}
