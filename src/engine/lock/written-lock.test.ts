import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { daily, hours, jwt, now } from '../../../test/builders/tokens.ts';
import { policies } from '../audit/policy/policies.ts';
import { find, inspect } from '../inspect.ts';
import { emptyCapture } from '../model/capture.ts';
import { acceptedLock, compareLocks } from './compare-locks.ts';
import type { TokenLock } from './lock-file.ts';
import { lockTokens } from './lock-tokens.ts';
import { formatLock, LockError, parseLock } from './written-lock.ts';

const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../docs/lock.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema);

/** A lock of tokens that lie in localStorage, by key. */
function lockOf(tokens: Record<string, string>, rules?: []): TokenLock {
  const origin = 'https://call.example';
  const entries = Object.entries(tokens).map(([key, text]) => ({ key, text }));
  const { sightings } = find({
    ...emptyCapture(now),
    stores: [{ source: 'local-storage', origin, url: origin, entries, readBy: 'isolated-world' }],
  });
  return lockTokens(inspect(sightings, { now, policy: policies.standard, ...(rules && { rules }) }));
}

const mixed = lockOf({ call: daily.guest(), host: daily.host() });
const says = (locked: TokenLock, seen: TokenLock) => compareLocks(locked, seen).map((change) => change.says);

test('a lock is read as it was written, keeps to its published schema, and is the same text whatever the order', () => {
  const text = formatLock(mixed);
  expect(parseLock(text)).toEqual(mixed);
  expect(formatLock(parseLock(text))).toBe(text);
  expect(validate(JSON.parse(text)) || validate.errors).toBe(true);
  expect(formatLock(lockOf({ host: daily.host(), call: daily.guest() }))).toBe(text);
});

test('each thing that is said stands on a line of its own', () => {
  const lines = formatLock(mixed).split('\n');
  expect(lines).toContain('      "role": "host",');
  expect(lines).toContain('      "room": "standup",');
  expect(lines).toContain('        { "in": "localStorage.call", "on": "https://call.example" }');
});

test('names that would break lines or turn text around are spelled out in the file and in what is told', () => {
  const seen = lockOf({
    'a\n"b\u202e': jwt({ r: 'x\r\ny\u2028\u202e', d: 'd', o: true, iat: now, exp: now + hours(1) }),
  });
  const text = formatLock(seen);
  expect(parseLock(text)).toEqual(seen);
  for (const one of [text.replaceAll('\n', ''), ...says(mixed, seen)]) expect(one).not.toMatch(/[\r\n\u2028\u202e]/);
});

test('a kind that was not seen, and a run in which nothing was, are never as locked', () => {
  expect(says(mixed, lockOf({ call: daily.guest() }))).toEqual([
    'Daily host was not seen; it was in localStorage.host on https://call.example',
  ]);
  expect(says(mixed, lockOf({}))).toHaveLength(2);
});

test('a `*` that somebody put into the lock fits anything, and stays when a change elsewhere is accepted', () => {
  const widened = parseLock(
    formatLock(mixed).replace('"room": "standup"', '"room": "*"').replace('"lives": "1 h"', '"lives": "*"'),
  );
  const before = widened.kinds.filter(({ room, lives }) => room === '*' || lives === '*');
  const seen = lockOf({
    call: daily.guest(),
    host: daily.host(),
    more: daily.guest({ r: 'retro', exp: now + hours(9) }),
  });
  const accepted = acceptedLock(widened, seen);
  for (const kind of before) expect(accepted.kinds).toContainEqual(kind);
  expect(says(accepted, seen)).toEqual([]);
});

test('what is accepted is as locked from then on', () => {
  const seen = lockOf({ call: daily.host(), other: daily.guest({ exp: now + hours(12) }) });
  expect(says(mixed, seen)).not.toEqual([]);
  expect(says(acceptedLock(mixed, seen), seen)).toEqual([]);
});

test('more kinds than can be compared are told of, and never as locked', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const tokens = Array.from({ length: 600 }, (_, index) => {
    const claims = { [`a${letters.charAt(index % 26)}`]: 1, [`b${letters.charAt(Math.floor(index / 26))}`]: 1 };
    return jwt({ r: 'standup', d: 'd', exp: now + 60, iat: now, ...claims });
  });
  const seen = lockOf(Object.fromEntries(tokens.map((token, index) => [`k${index}`, token])), []);
  expect(seen.kinds).toHaveLength(500);
  expect(says(seen, seen)).toEqual(['there are more tokens, or more places of one kind, than can be compared']);
  expect(validate(JSON.parse(formatLock(seen))) || validate.errors).toBe(true);
});

describe('a file that is no lock is refused, with line and column', () => {
  const whole = formatLock(mixed);
  test.each<[string, string, RegExp]>([
    ['no JSON', '{"lock": 1,\n]', /^This is not JSON: line 2, column 1\.$/],
    [
      'another version',
      whole.replace('"lock": 1', '"lock": 2'),
      /^lock must be 1: there is no other version \(line 3, column 3\)\.$/,
    ],
    ['no kinds', '{"lock":1,"policy":"standard","findings":[],"kinds":[]}', /kinds must hold a kind at least/],
    ['a misspelt member', whole.replace('"room":', '"rom":'), /kinds\[0\]\.rom is not known/],
    [
      'an unknown role',
      whole.replace('"role": "host"', '"role": "boss"'),
      /kinds\[0\]\.role must be one of host, .*\(line \d+, column 7\)/,
    ],
    ['an unknown right', whole.replace('"record"', '"recording"'), /may\[\d+\] must be one of join/],
    ['no place', whole.replace(/"places": \[[^\]]*\]/, '"places": []'), /places must name a place at least/],
    ['a place without a name', whole.replace('"in": ', '"im": '), /places\[0\]\.im is not known/],
    ['a member twice', whole.replace('"policy"', '"lock": 1, "policy"'), /stands twice \(line 4, column 3\)/],
    ['a list', '[]', /^The lock must be an object/],
  ])('%s', (_, text, message) => {
    expect(text).not.toBe(whole);
    expect(() => parseLock(text)).toThrow(LockError);
    expect(() => parseLock(text)).toThrow(message);
  });
});

test('a place beyond those that are listed is not passed over', () => {
  const stores = ['red', 'green', 'blue', 'white', 'black', 'brown', 'pink', 'orange'];
  const keys = stores.flatMap((a) => stores.flatMap((b) => stores.map((c) => `${a}.${b}.${c}`)));
  const many = Object.fromEntries(keys.slice(0, 510).map((key) => [key, daily.guest()]));
  const listed = Object.fromEntries(keys.slice(0, 400).map((key) => [key, daily.guest()]));
  expect(says(lockOf(listed), lockOf({ ...listed, zebra: daily.guest() }))).toEqual([
    expect.stringContaining('now also in localStorage.zebra'),
  ]);
  expect(says(lockOf(many), lockOf({ ...many, zebra: daily.guest() })).join()).toContain('more places of one kind');
});

test('of a life whose beginning is not told, what is left tells whether it became longer', () => {
  const jitsi = (left: number) =>
    jwt({ aud: 'jitsi', iss: 'app', sub: 'meet.example', room: 'standup', exp: now + left, context: {} });
  const locked = lockOf({ call: jitsi(hours(1)) });
  for (const left of [-60, 60, 1800, hours(1) - 5, hours(1) + 20, 7000])
    expect([left, ...says(locked, lockOf({ call: jitsi(left) }))]).toEqual([left]);
  expect(says(locked, lockOf({ call: jitsi(hours(24 * 365)) }))).toEqual([
    'Jitsi (self-hosted) guest lives until a set time, 365 days ahead, was until a set time, 1 h ahead',
  ]);
  // Of two of a kind, the longer is told, whichever is about to end.
  const two = lockOf({ call: jitsi(60), other: jitsi(hours(1)) });
  expect(two.kinds.map(({ lives }) => lives)).toEqual(['until a set time, 1 h ahead']);
  expect(says(two, lockOf({ call: jitsi(hours(1)), other: jitsi(3000) }))).toEqual([]);
});
