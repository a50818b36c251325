import { withoutNumber } from '../find/sources/exchange-place.ts';
import { sourceOf } from '../find/sources/index.ts';
import type { Cookie } from '../model/capture.ts';
import type { Sighting } from '../model/token.ts';
import { shortPlace } from '../words/place-words.ts';
import type { LockedPlace } from './lock-file.ts';
import { addressPattern, namePattern, originPattern } from './name-pattern.ts';
import { spanWords } from './span.ts';

/**
 * Where a token lies, or what it goes through, as a lock tells it: the kind of place with the name of its key as a pattern, whose it is,
 * and what a cookie is told to be. Numbers of requests, addresses below an origin and how often it was met are left out. `now` is in
 * seconds since the epoch; `inputs` is what files are called, where they are told.
 */
export function lockedPlace(sighting: Sighting, now: number, inputs: ReadonlyMap<string, string> | null): LockedPlace {
  const { place, input, seenAt } = sighting;
  const { origin, cookie, key, source, label } = place;
  // Files and variables in memory have names that vary, and are in nobody's place.
  const isNowhere = origin === null && key === null;
  return {
    in: isNowhere ? (sourceOf(source)?.name ?? source).toLowerCase() : placePattern(label),
    ...(origin !== null && { on: originPattern(origin) }),
    ...(inputs && input !== undefined && { input: inputs.get(input) ?? namePattern(input) }),
    ...(cookie && { cookie: cookieFacts(cookie, seenAt ?? now) }),
  };
}

/** Longest label that is looked at, in characters. */
const longestLabel = 400;

function placePattern(label: string): string {
  // In how many parts a cookie is cut follows from the length of what is in it.
  const plain = withoutNumber(label.slice(0, longestLabel)).replace(/ \(\d+ parts\)$/, '');
  const pattern = plain.replace(/"(?:[^"\\]|\\.){0,400}"?|https?:\/\/[^\s"]{1,400}|[^\s"]{1,400}/g, patternOfPart);
  return shortPlace(pattern).slice(0, longestLabel);
}

function patternOfPart(part: string): string {
  if (/^https?:/i.test(part)) return addressPattern(part);
  return part.startsWith('"') ? JSON.stringify(namePattern(unquoted(part))) : namePattern(part);
}

function unquoted(part: string): string {
  try {
    return String(JSON.parse(part));
  } catch {
    return part.slice(1);
  }
}

/** What the browser, or a server, told of a cookie; what was not told is left out. `at` is when, in seconds since the epoch. */
function cookieFacts(cookie: Cookie, at: number): string[] {
  const { httpOnly, secure, sameSite, session, expiresAt, hostOnly, partitionedBy, path } = cookie;
  const facts = [
    httpOnly === null ? null : httpOnly ? 'HttpOnly' : 'not HttpOnly',
    secure === null ? null : secure ? 'Secure' : 'not Secure',
    sameSite === null ? null : sameSite === 'unspecified' ? 'no SameSite' : `SameSite=${capital(sameSite)}`,
    hostOnly === false ? 'for subdomains' : null,
    path === null || path === '/' ? null : `below ${path.split('/', 9).map(namePattern).join('/')}`,
    partitionedBy === null ? null : 'partitioned',
    keptWords(session, expiresAt === null ? null : expiresAt - at),
  ];
  return facts.filter((fact) => fact !== null);
}

function keptWords(isSession: boolean | null, seconds: number | null): string | null {
  if (isSession === null) return null;
  if (isSession) return 'until closing';
  return seconds !== null && seconds > 0 ? `kept ${spanWords(seconds)}` : 'kept';
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
