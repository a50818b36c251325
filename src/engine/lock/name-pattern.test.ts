import { expect, test } from 'vitest';
import { isLike } from '../text/like.ts';
import { addressPattern, isSamePattern, namePattern, originPattern, valuePattern } from './name-pattern.ts';

test.each([
  ['standup', 'standup'],
  ['daily-standup-4821', 'daily-standup-*'],
  ['standup-2026-11-20T12:00', 'standup-*'],
  ['sid_9f3ac1', 'sid_*'],
  ['sid_qzkvtr', 'sid_*'],
  ['session.f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'session.*'],
  ['__Host-session_Ab-xY_z9Qw1k', '__Host-session_*'],
  ['sb-qwhxkzvmpdtnyrba-auth-token', 'sb-*-auth-token'],
  ['vpaas-magic-cookie-9f3ac1aa00', 'vpaas-magic-cookie-*'],
  ['@@auth0spajs@@::abCdEf12345::default::openid profile', '@@auth0spajs@@::*::default::openid profile'],
  ['1_MX4xMjM0~5-x', '*'],
  ['persist:root', 'persist:root'],
  ['__NEXT_DATA__', '__NEXT_DATA__'],
  ['next-auth.session-token', 'next-auth.session-token'],
  ['oauth2-callback-v2', 'oauth2-callback-v2'],
  ['встреча 5', 'встреча *'],
  ['user:ann.smith@acme.example', 'user:*@acme.example'],
  ['ann.smith@acme.example', '*@acme.example'],
  ['https://ann:opensesame@call.example/room/abc?pwd=opensesame', 'https://*@call.example/room/abc?pwd=*'],
  ['wss://call.example/room?a=b&password=opensesame#key=sesame', 'wss://call.example/room?a=*&password=*#key=*'],
  ['pwd=opensesame', 'pwd=*'],
  ['auth:eyJhbGciOi…b350a9…(251 characters)', 'auth:*'],
  ['room-kfv-qwrt-zxp', 'room-*'],
  ['the-blue-car', 'the-blue-car'],
  ['', ''],
])('%j is locked as %j', (name, pattern) => {
  expect(namePattern(name)).toBe(pattern);
});

test('of two names that differ in a random ending, hardly any are told apart', () => {
  let state = 1;
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const from = (letters: string, length: number) =>
    Array.from({ length }, () => letters.charAt(random(letters.length))).join('');
  const base36 = '0123456789abcdefghijklmnopqrstuvwxyz';
  const base64url = `${base36}ABCDEFGHIJKLMNOPQRSTUVWXYZ-_`;
  for (const [letters, length] of [
    ['0123456789abcdef', 6],
    [base36, 6],
    [base36, 8],
    [base64url, 12],
    [base64url, 22],
  ] as const) {
    for (const start of ['sid_', 'session.', '__Host-id-']) {
      const made = () => namePattern(start + from(letters, length));
      const apart = Array.from({ length: 3000 }, () => isSamePattern(made(), made())).filter((same) => !same);
      expect([letters, length, start, apart.length <= 3]).toEqual([letters, length, start, true]);
    }
  }
});

test('a pattern is its own pattern', () => {
  for (const name of [
    'user:ann@acme.example',
    'https://a:b@call.example/?pwd=sesame',
    'sid_9f3ac1',
    'sb-qwhxkzvmpdtnyrba-auth-token',
    'daily-standup-4821',
    'a_b-c.d',
  ])
    expect(namePattern(namePattern(name))).toBe(namePattern(name));
});

test('a name of any length, or made to steer what shows it, is one bounded line that is seen whole', () => {
  for (const piece of ['x', 'ab1-', '\n', '\u202e', '"', '*', '\ud800', 'é', '_-', '\u115f']) {
    const pattern = namePattern(`room ${piece.repeat(100_000)}`);
    expect(pattern.length).toBeLessThan(2000);
    expect(pattern).not.toMatch(/[\n\u202e\ud800\u115f]/);
  }
});

test('ports of development hosts and labels made for one deployment vary, public ports and domains do not', () => {
  expect(originPattern('http://app.localhost:4610')).toBe('http://app.localhost:*');
  expect(originPattern('http://127.0.0.1:39211')).toBe('http://127.0.0.1:*');
  expect(originPattern('https://call.example:8443')).toBe('https://call.example:8443');
  expect(originPattern('https://app-git-3f9ac1-team.vercel.app')).toBe('https://app-*-team.vercel.app');
  expect(originPattern('null')).toBe('an opaque origin');
  expect(addressPattern('http://app.localhost:4610/seat/42?t=x#y')).toBe('http://app.localhost:*/seat/*');
  expect(valuePattern('meet.northwind.example')).toBe('meet.northwind.example');
});

test('a `*` stands for any run of characters, and either of two runs may have read a random ending as a word', () => {
  expect(isLike('sid_abc', 'sid_*')).toBe(true);
  expect(isLike('sid_', 'sid_*')).toBe(true);
  expect(isLike('session', 'sid_*')).toBe(false);
  expect(isLike('a-b-c', 'a*c')).toBe(true);
  expect(isLike('ac', 'a*ca')).toBe(false);
  expect(isSamePattern('sid_*', 'sid_hello')).toBe(true);
  expect(isSamePattern('sid_hello', 'sid_*')).toBe(true);
  expect(isSamePattern('*', 'standup')).toBe(true);
  // What is random may begin with letters and a separator.
  expect(isSamePattern('re-*', '*')).toBe(true);
  expect(isSamePattern('localStorage KR-*', 'localStorage ZG_*')).toBe(true);
  expect(isSamePattern('room-*', '*')).toBe(false);
  // A room of every name is not the one that was locked.
  expect(isSamePattern('standup', '*')).toBe(false);
});
