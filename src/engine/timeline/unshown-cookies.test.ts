import { expect, test } from 'vitest';
import { captureOf, cookieOf, exchangeOf } from '../../../test/builders/captures.ts';
import { dailyToken } from '../../../test/builders/join-tokens.ts';
import { now } from '../../../test/builders/tokens.ts';
import { find } from '../find/find.ts';
import type { Capture, Cookie, Exchange } from '../model/capture.ts';
import { withUnshown } from './unshown-cookies.ts';

const token = dailyToken();
const url = 'https://call.example/standup';

const cookie = (parts: Partial<Cookie> = {}): Cookie => cookieOf('sid', token, { url, ...parts });

const sent = (parts: Partial<Cookie> = {}): Partial<Exchange> => ({
  url: 'https://call.example/api',
  startedAt: now - 10,
  requestHeaders: [{ name: 'Cookie', value: `sid=${token}` }],
  requestCookies: [cookie(parts)],
});

const set = (line: string, address = 'https://call.example/api'): Partial<Exchange> => ({
  url: address,
  startedAt: now - 10,
  responseHeaders: [{ name: 'Set-Cookie', value: `sid=${token}${line}` }],
});

/** As a page's own script tells of it. */
const look = (parts: Partial<Capture> = {}) => captureOf({ closedHosts: ['call.example'], ...parts });
const shown = (value: string): Partial<Capture> => ({
  cookies: [cookie({ value, domain: null, path: null, secure: null })],
});

const carried = (exchange: Partial<Exchange>) =>
  find(captureOf({ page: null, exchanges: [exchangeOf(exchange)] })).sightings;
const noted = (exchange: Partial<Exchange>, capture = look()) =>
  withUnshown(carried(exchange), [], capture).map(({ unshownAt }) => unshownAt);

test('a cookie that scripts can read, which a request carried and the page’s script does not show, is noted with the time', () => {
  expect(noted(sent())).toEqual([now]);
  expect(noted(set(''))).toEqual([now]);
});

test.each<[string, Partial<Exchange>, Capture?]>([
  ['is shown', sent(), look(shown(token))],
  ['is shown with another value', sent(), look(shown('renewed'))],
  ['scripts cannot read', sent({ httpOnly: true })],
  ['belongs to another folder', sent({ path: '/api' })],
  ['may belong to the folder of the answer', set('', 'https://call.example/api/login')],
  ['belongs to another host', sent({ domain: 'other.example' })],
  ['is partitioned', sent({ partitionedBy: 'https://other.example' })],
  ['has expired', sent({ expiresAt: now - 1 })],
  ['was carried a moment ago', { ...sent(), startedAt: now - 1 }],
  ['tells no attributes', { ...sent(), requestCookies: [] }],
  [
    'is joined of parts',
    { ...sent(), requestHeaders: [{ name: 'Cookie', value: `sid.0=${token.slice(0, 40)}; sid.1=${token.slice(40)}` }] },
  ],
  [
    'the page was not asked for',
    sent(),
    look({ problems: [{ code: 'page-not-answering', message: '', subject: url }] }),
  ],
  ['the browser itself was asked for', sent(), captureOf()],
  ['belongs to a page that cannot be read', sent(), look({ page: null })],
])('one that %s is not', (_, exchange, capture) => {
  expect(noted(exchange, capture)).toEqual([undefined]);
});

test('one that lay in the page before was removed from there, which is no disagreement', () => {
  const before = find(look(shown(token))).sightings.map((one) => ({ ...one, goneAt: now }));
  expect(withUnshown(carried(sent()), before, look()).map(({ unshownAt }) => unshownAt)).toEqual([undefined]);
});

test('one of its name that lay at another host says nothing of it', () => {
  const elsewhere = [cookie({ url: 'https://other.example/', domain: null, path: null, secure: null })];
  const before = find(look({ cookies: elsewhere })).sightings;
  expect(before).toHaveLength(1);
  expect(withUnshown(carried(sent()), before, look()).map(({ unshownAt }) => unshownAt)).toEqual([now]);
});

test('the first time stays noted until the page shows it, and nothing that differs is made anew', () => {
  const first = withUnshown(carried(sent()), [], look());
  expect(withUnshown(first, [], look({ readAt: now + 60 }))).toBe(first);
  expect(withUnshown(first, [], look({ ...shown(token), readAt: now + 60 }))).toEqual(carried(sent()));
  expect(withUnshown(first, [], captureOf({ readAt: now + 60 }))).toEqual(carried(sent()));
});
