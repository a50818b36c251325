import { expect, test } from 'vitest';
import {
  captureOf,
  cookieOf,
  exchangeOf,
  keyedStoreOf,
  localStorageOf,
  pageOf,
  sessionStorageOf,
} from '../../../test/builders/captures.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import type { Capture } from '../../engine/model/capture.ts';
import { leadingPlace, whereOf } from './where-words.ts';

const token = daily.guest();
const origin = 'https://call.example';
const subjectIn = (capture: Capture) => {
  const [subject] = inspect(find(capture).sightings, { now, policy: standard, page: capture.page }).subjects;
  if (!subject) throw new Error('no token was found');
  return subject;
};
const where = (capture: Capture) => whereOf(subjectIn(capture), origin)?.text;
const stores = (...given: Capture['stores']) => captureOf({ stores: given });
const page = (url: string) => captureOf({ page: { url, title: '', scriptOrigins: null, loadedAt: now } });

test.each<[string, Capture, string]>([
  ['a name', stores(localStorageOf({ token })), 'localStorage.token'],
  ['a key that is no name', stores(localStorageOf({ 'sb-auth token': token })), 'localStorage["sb-auth token"]'],
  ['a key with signs in it', stores(localStorageOf({ 'sb-auth-token.0': token })), 'localStorage sb-auth-token.0'],
  [
    'a value in an object',
    stores(sessionStorageOf({ auth: JSON.stringify({ a: { jwt: token } }) })),
    'sessionStorage.auth › jwt',
  ],
  ['one of a list', stores(sessionStorageOf({ auth: JSON.stringify([token]) })), 'sessionStorage.auth'],
  ['another origin', stores(localStorageOf({ token }, 'https://video.example')), 'localStorage.token · video.example'],
  ['an origin of its own', stores(localStorageOf({ token }, 'null')), 'localStorage.token · a sandboxed frame'],
  ['a cookie', captureOf({ cookies: [cookieOf('session', token)] }), 'cookie session'],
  ['a cookie with an odd name', captureOf({ cookies: [cookieOf('a"b', token)] }), 'cookie "a\\"b"'],
  ['a database', stores(keyedStoreOf('indexed-db', { '["auth","users","u1"]': token })), 'indexedDB.auth.users.u1'],
  ['the address', page(`${origin}/?t=${token}`), 'URL ?t'],
  ['the fragment', page(`${origin}/#jwt=${token}`), 'URL #jwt'],
  [
    'a frame',
    pageOf({ url: `${origin}/`, frames: [`https://video.example/x?t=${token}`] }),
    'frame ?t · video.example',
  ],
  [
    'a request',
    captureOf({
      exchanges: [
        exchangeOf({ url: `${origin}/rooms`, requestHeaders: [{ name: 'Authorization', value: `Bearer ${token}` }] }),
      ],
    }),
    'Authorization of GET /rooms',
  ],
  [
    'an answer',
    captureOf({
      exchanges: [
        exchangeOf({
          method: 'POST',
          url: `${origin}/join`,
          responseBody: { text: JSON.stringify({ data: { token } }), mimeType: 'application/json' },
        }),
      ],
    }),
    'reply of POST /join › token',
  ],
  [
    'a request’s address',
    captureOf({ exchanges: [exchangeOf({ url: `${origin}/ws?auth=${token}` })] }),
    'URL ?auth of GET /ws',
  ],
])('%s is told in short', (_, capture, expected) => {
  expect(where(capture)).toBe(expected);
});

test('neither a place nor what it is in shows a token, and hidden characters are written out', () => {
  const told = [
    where(stores(localStorageOf({ [token]: token }))),
    where(captureOf({ exchanges: [exchangeOf({ url: `${origin}/${token}/x?t=${token}` })] })),
    where(stores(localStorageOf({ 'a\u202Eb': token }))),
  ];
  for (const text of told) expect(text).not.toContain(token);
  expect(told[2]).toContain('\\u202e');
  expect(whereOf(subjectIn(stores(localStorageOf({ [token]: token }))), origin)?.title).not.toContain(token);
});

test('a name without end is cut', () => {
  expect(where(stores(localStorageOf({ ['k'.repeat(100_000)]: token })))?.length).toBeLessThan(130);
});

test('where it lies is told before what carried it, and where it is before where it was', () => {
  const subject = subjectIn(
    captureOf({
      stores: [localStorageOf({ first: token }), sessionStorageOf({ second: token })],
      exchanges: [exchangeOf({ requestHeaders: [{ name: 'Authorization', value: `Bearer ${token}` }] })],
    }),
  );
  const lead = (gone: (label: string) => boolean) =>
    leadingPlace({
      sightings: [...subject.sightings]
        .reverse()
        .map((one) => ({ ...one, goneAt: gone(one.place.label) ? now : null })),
    })?.place.label;
  expect(lead(() => false)).toBe('sessionStorage["second"]');
  expect(lead((label) => label.startsWith('session'))).toBe('localStorage["first"]');
  expect(lead((label) => label.includes('Storage'))).toContain('Authorization');
  expect(lead(() => true)).toBe('sessionStorage["second"]');
  expect(leadingPlace({ sightings: [] })).toBeNull();
});
