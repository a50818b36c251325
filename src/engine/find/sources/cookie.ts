import type { Capture, Cookie, Place, Snippet } from '../../model/capture.ts';
import { hostOf } from '../../text/hosts.ts';
import { withName } from './name-snippets.ts';
import type { Source } from './source.ts';
import { originOf } from './url-snippets.ts';

/** Cookies, as stored. A value that a library split over several cookies is joined before it is searched. */
export const cookie: Source = {
  id: 'cookie',
  name: 'Cookie',
  foundIn: 'jar',
  looks: pageList,
  snippets: ({ cookies }) => {
    const jars = joinChunks(cookies);
    return cookies.flatMap((one) => {
      const jar = jars.get(one);
      if (jar === undefined) return withName(snippet(one.name, [one]));
      return jar.parts[0] === one ? withName(snippet(jar.name, jar.parts)) : [];
    });
  },
};

/** The page's own list is read with it, as far as scripts may know it at least. */
function pageList({ page, closedHosts = [] }: Capture): ReturnType<NonNullable<Source['looks']>> {
  if (!page) return [];
  const { url } = page;
  const isPartial = closedHosts.some((host) => host === hostOf(url));
  return [{ origin: originOf(url), url, ...(isPartial && { isPartial }) }];
}

interface Jar {
  /** Name of the whole: the cookies' names without their numbers. */
  name: string;
  parts: Cookie[];
}

/** `name.0`, `name_0` and `name-0` (Supabase, Auth.js), `nameC1` (ASP.NET); counting starts at 0 or 1. */
const numbered = /^(.+?)([._-]|C)(\d{1,3})$/;

/** The beginning of a value of its own: such cookies are numbered, not chunks. */
const beginsAnew = /^(?:base64-|eyJ|[{["]|%7B|%5B|%22)/i;

/** What cookies are parts of, by each of them; those that are whole are left out. */
function joinChunks(cookies: readonly Cookie[]): Map<Cookie, Jar> {
  const series = new Map<string, { name: string; byNumber: Map<number, Cookie> }>();
  for (const one of cookies) {
    const [, name, mark, number] = numbered.exec(one.name) ?? [];
    if (name === undefined || mark === undefined) continue;
    const key = JSON.stringify([name, mark, one.domain, one.path, one.partitionedBy, one.url]);
    const known = series.get(key) ?? { name, byNumber: new Map<number, Cookie>() };
    known.byNumber.set(Number(number), one);
    series.set(key, known);
  }
  const joined = new Map<Cookie, Jar>();
  for (const { name, byNumber } of series.values()) {
    const parts: Cookie[] = [];
    for (let number = byNumber.has(0) ? 0 : 1; ; number += 1) {
      const part = byNumber.get(number);
      if (!part || (parts.length > 0 && beginsAnew.test(part.value))) break;
      parts.push(part);
    }
    if (parts.length < 2) continue;
    for (const part of parts) joined.set(part, { name, parts });
  }
  return joined;
}

function snippet(name: string, parts: readonly Cookie[]): Snippet {
  const [first] = parts as [Cookie];
  const isOne = parts.length === 1;
  return {
    text: isOne ? first.value : parts.map(({ value }) => unquoted(value)).join(''),
    start: 0,
    chunks: parts.length,
    place: place(
      isOne ? `cookie ${JSON.stringify(name)}` : `cookie ${JSON.stringify(name)} (${parts.length} parts)`,
      name,
      parts,
    ),
  };
}

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}

function place(label: string, key: string, parts: readonly Cookie[]): Place {
  const [one] = parts as [Cookie];
  // Whoever lacks one part lacks the token, so the best protected part decides.
  const guard = parts.find(({ httpOnly }) => httpOnly) ?? parts.find(({ httpOnly }) => httpOnly === null) ?? one;
  const told: Place = {
    source: 'cookie',
    label,
    origin: originOf(one.url),
    url: one.url,
    key,
    cookie: guard,
    // Scripts see names and values; only the browser tells the rest.
    readBy: parts.every(({ domain }) => domain !== null) ? 'browser' : 'page',
    traits: {
      readableByScripts: guard.httpOnly === null ? null : !guard.httpOnly,
      keptAfterClosing: one.session === null ? null : !one.session,
      sentToServers: true,
      keptInHistory: false,
      urlPart: null,
      storage: 'cookie',
    },
  };
  return parts.some(({ isDoubted }) => isDoubted) ? { ...told, isDoubted: true } : told;
}
