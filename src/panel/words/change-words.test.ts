import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, days, hours, jwt, now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { changesInLine, writtenChanges } from './change-words.ts';

const subjectOf = (token: string) => {
  const { sightings } = find(captureOf({ stores: [localStorageOf({ token })] }));
  const [subject] = inspect(sightings, { now, policy: standard, page: null }).subjects;
  if (!subject) throw new Error('no token was found');
  return subject;
};
const changes = (before: JsonObject, after: JsonObject, header: JsonObject = {}) =>
  writtenChanges(subjectOf(jwt(before)), subjectOf(jwt(after, header)), 'utc');
const line = (...given: Parameters<typeof changes>) => changesInLine(changes(...given));

test('times come first and as times, of one day without the day', () => {
  expect(line({ jti: 'a', iat: now, exp: now + hours(1) }, { jti: 'b', iat: now + 60, exp: now + hours(2) })).toBe(
    'iat 12:00:00 → 12:01:00, exp 13:00:00 → 14:00:00, jti "a" → "b"',
  );
  expect(line({ exp: now }, { exp: now + days(1) })).toBe('exp 2026-11-20 12:00:00 UTC → 2026-11-21 12:00:00 UTC');
});

test('what came and what went is said, a long value only to differ, and the header is looked at, too', () => {
  const long = 'x'.repeat(200);
  expect(
    line({ sub: 'a', old: 1, long: `${long}1` }, { sub: 'a', new: { deep: true }, long: `${long}2` }, { kid: 'k2' }),
  ).toBe('header.kid added, new.deep added, long differs, old removed');
});

test('that only the signature differs is said, and of many changes how many there are', () => {
  expect(line({ sub: 'a' }, { sub: 'a' })).toBe('nothing but its signature differs');
  const many = (value: number) => Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`c${index}`, value]));
  expect(line(many(1), many(2))).toMatch(/, 28 more differ$/);
});

test('tokens inside claims are masked, and a name that looks like a member of every object is one as any', () => {
  const inner = daily.guest();
  const [change] = changes({ embedded: 'none' }, { embedded: inner });
  expect(change?.after).not.toContain(inner);
  const [own] = changes(JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":2}'));
  expect(own).toEqual({ name: '__proto__', before: '1', after: '2' });
});
