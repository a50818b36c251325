import type { Capture, Cookie, SourceId, Store, StoreEntry } from '../engine/model/capture.ts';
import { emptyCapture } from '../engine/model/capture.ts';
import { list, number, record, seconds, string } from '../engine/text/narrow.ts';
import { sameSiteIn } from '../engine/text/same-site.ts';
import { batches, batchSize } from './batches.ts';
import { databaseEntries } from './saved-databases.ts';

export function isStorageState(value: unknown): boolean {
  const { cookies, origins } = record(value);
  return Array.isArray(cookies) && Array.isArray(origins);
}

/** The captures of one storage state, each small enough to be searched at once; a usual one is one. */
export function* storageStateCaptures(storageState: object, now: number): Generator<Capture> {
  for (const part of partsOf(record(storageState))) yield storageStateCapture(part, now);
}

function* partsOf(state: Record<string, unknown>): Generator<object> {
  const cookies = list(state.cookies);
  const origins = list(state.origins);
  if (cookies.length + origins.length <= batchSize && !origins.some(isLong)) return yield state;
  for (const some of batches(cookies)) yield { cookies: some };
  for (const some of batches(origins.filter((one) => !isLong(one)))) yield { origins: some };
  for (const one of origins.filter(isLong)) {
    const { localStorage, sessionStorage, ...others } = record(one);
    for (const some of batches(list(localStorage))) yield { origins: [{ origin: others.origin, localStorage: some }] };
    for (const some of batches(list(sessionStorage))) {
      yield { origins: [{ origin: others.origin, sessionStorage: some }] };
    }
    yield { origins: [others] };
  }
}

function isLong(origin: unknown): boolean {
  const { localStorage, sessionStorage } = record(origin);
  return list(localStorage).length + list(sessionStorage).length > batchSize;
}

/** What `browserContext.storageState()` of Playwright gives, as a capture. `now` is in seconds since the epoch. */
export function storageStateCapture(storageState: object, now: number): Capture {
  const state = record(storageState);
  return {
    ...emptyCapture(now),
    cookies: list(state.cookies).map((cookie) => cookieOf(record(cookie))),
    stores: list(state.origins).flatMap((one) => {
      const { origin, ...stores } = record(one);
      const store = (source: SourceId, entries: StoreEntry[]): Store => ({
        source,
        origin: string(origin),
        url: string(origin),
        entries,
        readBy: 'isolated-world' as const,
      });
      const databases = databaseEntries(stores.indexedDB);
      return [
        store('local-storage', entriesOf(stores.localStorage)),
        store('session-storage', entriesOf(stores.sessionStorage)),
        ...(databases ? [store('indexed-db', databases)] : []),
      ];
    }),
    // What newer versions write of databases: searched as it stands.
    texts: list(state.origins).flatMap((one) => {
      const { origin, indexedDB } = record(one);
      return indexedDB === undefined || databaseEntries(indexedDB)
        ? []
        : [{ name: `IndexedDB of ${string(origin)}`, text: JSON.stringify(indexedDB) }];
    }),
  };
}

/** A list of names and values, or an object of them as some writers of sessionStorage have it. */
function entriesOf(member: unknown): StoreEntry[] {
  if (!Array.isArray(member))
    return Object.entries(record(member)).map(([key, value]) => ({ key, text: textOf(value) }));
  return member.map((entry) => {
    const { name, value } = record(entry);
    return { key: string(name), text: textOf(value) };
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' || value === undefined ? string(value) : JSON.stringify(value);
}

/** As Playwright writes it; other lists of cookies have other names for its expiry, and say more of its domain and session. */
function cookieOf(cookie: Record<string, unknown>): Cookie {
  const domain = string(cookie.domain);
  const host = domain.replace(/^\./, '');
  const path = string(cookie.path) || '/';
  const given = cookie.expires ?? cookie.expirationDate ?? cookie.expiry;
  const expires = expiryOf(given);
  // WebDriver (§14) and what builds on it write no expiry for those of a session, and always the other attributes.
  const isWithout = given === undefined || given === null || given === 'Infinity';
  const isUntold = isWithout && typeof cookie.httpOnly === 'boolean' ? true : null;
  const isSession = boolean(cookie.session) ?? (expires === null ? isUntold : expires < 0);
  const secure = boolean(cookie.secure);
  const { partitionKey } = cookie;
  return {
    name: string(cookie.name),
    value: string(cookie.value),
    domain: host || null,
    hostOnly: boolean(cookie.hostOnly) ?? (domain ? !domain.startsWith('.') : null),
    path,
    httpOnly: boolean(cookie.httpOnly),
    secure,
    sameSite: cookie.sameSite === null ? 'unspecified' : sameSiteOf(string(cookie.sameSite)),
    session: isSession,
    expiresAt: isSession || expires === null || expires < 0 ? null : expires,
    partitionedBy: string(partitionKey) || string(record(partitionKey).topLevelSite) || null,
    url: `${secure === false ? 'http' : 'https'}://${host}${path}`,
  };
}

/** Seconds since the epoch, negative or none for a session: `expires`, `expirationDate` of chrome.cookies, `expiry` of WebDriver. */
function expiryOf(given: unknown): number | null {
  const written = typeof given === 'string' && /^-?\d{1,16}(?:\.\d{1,9})?$/.test(given) ? Number(given) : given;
  const at = number(written) ?? seconds(written);
  // Some write milliseconds. No browser keeps a cookie for three thousand years.
  return at !== null && at > 1e11 ? at / 1000 : at;
}

/** In the words of chrome.cookies, too; Cookie-Editor writes null for unspecified. */
function sameSiteOf(value: string): Cookie['sameSite'] {
  if (value === 'no_restriction') return 'none';
  return value === 'unspecified' ? 'unspecified' : sameSiteIn(value);
}

function boolean(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}
