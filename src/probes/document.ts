import type { Place } from './probe.ts';

export interface DocumentFacts {
  cookies: string;
  title: string | null;
  scriptOrigins: string[] | null;
  /** Seconds since the epoch: when the document began to be loaded. Null when it does not say. */
  startedAt: number | null;
  windows: string[];
  /** The same of those in shadow trees, which are no windows by number. */
  inside: string[];
  /** There are more windows than were visited. */
  areWindowsCut?: boolean;
  /** Requests from before a given moment, as the page itself recorded them: when they began, in seconds since the epoch, and the URL. */
  requests: [startedAt: number, url: string][];
  /** How many of these were left out: there were too many, or they were too long. */
  requestsLeft: number;
  /** The document's origin, "null" for an opaque one; null when it does not say. */
  origin: string | null;
  /** The document says that nothing it stores outlasts the page. */
  isEphemeral: boolean;
}

export const noFacts: DocumentFacts = {
  cookies: '',
  title: null,
  scriptOrigins: null,
  startedAt: null,
  windows: [],
  inside: [],
  requests: [],
  requestsLeft: 0,
  origin: null,
  isEphemeral: false,
};

/** Lines of a kind that are read: the function answers no more. */
const mostLines = 4000;

/** Reads what `documentFacts` answered. What was not asked for, or was not to be had, is as before. */
export function parseFacts(answer: unknown, before: DocumentFacts): DocumentFacts {
  if (typeof answer !== 'string') return before;
  const lines = answer.split('\n');
  // What follows the end of the windows is told by the page, which could write lines that pass for others.
  const windowsEnd = lines.indexOf('E');
  const windows = lines.slice(0, Math.max(0, windowsEnd));
  // The page may answer in the place of the function, and as much as it likes.
  const all = (letter: string, among = lines) =>
    among
      .filter((line) => line.startsWith(letter))
      .slice(0, mostLines)
      .map((line) => line.slice(1));
  const now = { cookies: all('c')[0] ?? '', origin: all('o')[0] ?? null, isEphemeral: lines.includes('e') };
  const title = all('t')[0];
  if (title === undefined) return { ...before, ...now };
  return {
    ...now,
    title: title.replace(/\s+/g, ' ').slice(0, 1000),
    scriptOrigins: lines.includes('S') ? originsOf(all('s')) : null,
    startedAt: startOf(all('b')[0]),
    windows: all('w', windows),
    inside: all('i', windows),
    ...(windows.includes('W') && { areWindowsCut: true }),
    requests: all('r').flatMap(requestOf),
    requestsLeft: Number(/^\d{1,9}$/.exec(all('l')[0] ?? '')?.[0] ?? 0),
  };
}

function originsOf(urls: readonly string[]): string[] {
  const origins = urls.flatMap((url) => /^https?:\/\/[^/?#]+/i.exec(url)?.[0] ?? []);
  return [...new Set(origins)].sort();
}

function requestOf(line: string): [startedAt: number, url: string][] {
  const [, milliseconds, url = ''] = /^(\S+) (.+)$/.exec(line) ?? [];
  const startedAt = startOf(milliseconds);
  return startedAt === null ? [] : [[startedAt, url]];
}

function startOf(milliseconds: string | undefined): number | null {
  const start = Number(milliseconds) / 1000;
  return start > 0 && Number.isFinite(start) ? start : null;
}

/**
 * Cookies that scripts can see, by a window whose functions are the browser's own: "c" and the text, or nothing where they are not
 * told. It is turned into text and runs inside the inspected page; it imports nothing.
 */
export function documentCookies(): string {
  try {
    const text: unknown = window.document.cookie;
    return typeof text === 'string' ? `c${text}` : '';
  } catch {
    return '';
  }
}

/**
 * What one document shows of itself, one line each, a letter and the text: `o` its origin, `e` when it is credentialless,
 * `c` cookies that scripts can see and, when asked for everything, first of all `w` the URL of a window
 * in the page that shares its origin (the browser does not list every `blob:` frame), `i` of one that was met in a shadow tree, `W` says that there are more windows than were visited,
 * `E` ends these, which no page can invent; then `t` title, `b` when it began to be loaded, in milliseconds since the epoch, `s` the URL of a script (`S` ends a complete list), `r` a request that these documents recorded,
 * when it began, and its URL, `l` how many of these there were too many of.
 *
 * It is turned into text and runs inside the inspected page; it imports nothing.
 *
 * @param maxWindows how many windows to visit; 0 asks for the cookies only
 * @param before milliseconds since the epoch; of requests, those that began earlier are listed
 * @param place where document-texts.ts keeps windows that it met in shadow trees
 * @param emptyFrame a frame that is there for the moment, and none of the page's
 */
export function documentFacts(
  maxWindows: number,
  before: number,
  place: Place = { __proto__: null } as unknown as Place,
  emptyFrame: Window | null = null,
): string {
  let lines = '';
  let windows = '';
  let requests = '';
  try {
    lines += `o${window.origin}\n`;
  } catch {
    // It is not told, then.
  }
  if ((window as unknown as { credentialless?: unknown }).credentialless === true) lines += 'e\n';
  try {
    lines += `c${document.cookie}\n`;
  } catch {
    // Sandboxed documents may not touch cookies.
  }
  if (maxWindows === 0) return lines;
  try {
    // A form by the name of title answers in its place.
    const { title } = document;
    lines += `t${typeof title === 'string' ? title : ''}\n`;
  } catch {
    // A page without a usable title.
  }
  try {
    lines += `b${performance.timeOrigin}\n`;
  } catch {
    // It is not told, then.
  }
  // The page may have replaced any method of lists and texts, so each is gone through by its numbers.
  const entriesOf = ({ performance }: Window & typeof globalThis) =>
    performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  let scripts = '';
  try {
    // By the getter itself, since a form by the name of scripts answers in its place.
    const { get } = Reflect.getOwnPropertyDescriptor(Document.prototype, 'scripts') as { get: () => object };
    const listed = Reflect.apply(get, document, []) as HTMLCollectionOf<HTMLScriptElement>;
    for (let i = 0; i < listed.length && i < 2000; i += 1) scripts += scriptLine((listed[i] as HTMLScriptElement).src);
    const entries = entriesOf(window);
    for (let i = 0, count = 0; i < entries.length && count < 2000; i += 1) {
      const { initiatorType, name } = entries[i] as PerformanceResourceTiming;
      if (initiatorType !== 'script') continue;
      count += 1;
      scripts += `s${name}\n`;
    }
    lines += `${scripts}S\n`;
  } catch {
    // The list is left out, which reads as "not observed".
  }
  /** An address that is none is told as it was written, with lines that would pass for others. */
  function scriptLine(src: string): string {
    for (let i = 0; i < src.length; i += 1) if (src[i] === '\n' || src[i] === '\r') return '';
    return `s${src}\n`;
  }
  let records = 0;
  let left = 0;
  function list(view: Window & typeof globalThis) {
    const { timeOrigin } = view.performance;
    if (!(timeOrigin < before)) return;
    const entries = entriesOf(view);
    for (let i = 0; i < entries.length; i += 1) {
      const { name, startTime } = entries[i] as PerformanceResourceTiming;
      const at = timeOrigin + startTime;
      // What is shorter holds no token.
      if (at >= before || name.length < 50) continue;
      records += 1;
      if (records <= 2000 && name.length <= 100_000) requests += `r${at} ${name}\n`;
      else left += 1;
    }
  }
  const met = { __proto__: null } as unknown as Record<number, Window>;
  let own = 0;
  let count = 0;
  /** @param letter for the window itself, "" for the page */
  function visit(view: Window, letter: string) {
    try {
      if (view.document === document) own += 1;
      if (letter) windows += `${letter}${view.location.href}\n`;
    } catch {
      // Another origin: the browser lists it.
    }
    try {
      list(view as Window & typeof globalThis);
    } catch {
      // It is not told, then.
    }
    for (let i = 0; count < maxWindows; i += 1) {
      const child = childOf(view, i);
      if (!child) break;
      if (child === emptyFrame) continue;
      met[count] = child;
      count += 1;
      visit(child, letter || 'w');
    }
  }
  /** Past the last, a window of another origin throws, and a page could have put a getter on `Object.prototype`. */
  function childOf(parent: Window, i: number): Window | undefined {
    try {
      return i < parent.length ? parent[i] : undefined;
    } catch {
      return undefined;
    }
  }
  /** The page has a hand in what was met, so one that is known, or is none of the page's own, is none. */
  function isNew(view: Window): boolean {
    for (let i = 0; i < count; i += 1) if (met[i] === view) return false;
    return view !== window.top && view.top === window.top;
  }
  visit(window.top as Window, '');
  const all = globalThis as unknown as Record<string, Place>;
  const inside = (((place.name && all[place.name]) || place).inside ?? met) as Record<number, Window>;
  for (let i = 0; inside !== met && inside[i] && count < maxWindows; i += 1) {
    const view = inside[i] as Window;
    if (!isNew(view)) continue;
    met[count] = view;
    count += 1;
    visit(view, 'i');
  }
  // One in a shadow tree of another site is reached by nobody but itself.
  if (own === 0) visit(window, 'w');
  if (count >= maxWindows) windows += 'W\n';
  return `${windows}E\n${lines}${requests}${left > 0 ? `l${left}\n` : ''}`;
}
