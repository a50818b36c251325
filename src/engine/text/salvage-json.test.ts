import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from './json.ts';
import { salvageJson } from './salvage-json.ts';

test.each([
  ['a number', '{"iss":"a","exp":17951'],
  ['a number whose digits are all there, for all one knows', '{"iss":"a","exp":1795176000'],
  ['a number before its fraction', '{"iss":"a","exp":1795176000.'],
  ['a number before its exponent', '{"iss":"a","exp":1795176000e'],
  ['a sign', '{"iss":"a","exp":-'],
  ['a name without a value', '{"iss":"a","exp":'],
  ['true, half of it', '{"iss":"a","exp":tru'],
  ['true', '{"iss":"a","exp":true'],
  ['null', '{"iss":"a","exp":null'],
  ['a text', '{"iss":"a","exp":"stand'],
  ['a text that ends in an escape', '{"iss":"a","exp":"stand\\'],
  ['a list', '{"iss":"a","exp":["stand","up'],
  ['a number that noise follows', '{"iss":"a","exp":17951\ufffd\ufffd\ufffd'],
])('%s at the cut is left out and named, and what stands before it is kept', (_, text) => {
  expect(salvageJson(text)).toMatchObject({ json: { iss: 'a' }, broken: [{ path: 'exp', offset: 17 }] });
  expect(salvageJson(text).json).not.toHaveProperty('exp');
});

test.each([
  ['{"exp":1795176000,', { exp: 1795176000 }],
  ['{"exp":1795176000 ,"room":"stand', { exp: 1795176000 }],
  ['{"a":{"exp":1795176000}', { a: { exp: 1795176000 } }],
  ['{"room":"standup"', { room: 'standup' }],
  ['{"video":{"room":"standup","roomJoin":true,"ho', { video: { room: 'standup', roomJoin: true } }],
])('what is whole before the cut is read: %s', (text, json) => {
  expect(salvageJson(text).json).toEqual(json);
});

test('a text inside a list is no name, whatever is in it', () => {
  expect(salvageJson('{"iss":"a","aud":["",":","exp",":17","').json).toEqual({ iss: 'a' });
  expect(salvageJson('{"iss":"a","aud":["x",["",":","y",":1,').json).toEqual({ iss: 'a' });
});

test('a member inside a list is no member of what holds the list', () => {
  expect(salvageJson('{"iss":"a","old":[{"exp":1},{"exp":2,"nbf":3').json).toEqual({ iss: 'a' });
  expect(salvageJson('{"old":[{"exp":1},{"exp":2}\ufffd],"nbf":3,"iat":4').json).toEqual({ nbf: 3 });
});

test('a member of an object that was begun is named with its path', () => {
  expect(salvageJson('{"video":{"roomJoin":true,"room":"stand')).toMatchObject({
    json: { video: { roomJoin: true } },
    broken: [{ path: 'video.room' }],
  });
});

test('a text with noise in it shows where, and is named', () => {
  const { json, broken } = salvageJson('{"room":"stand\ufffd\ufffdp","exp":1795176000,"iat":1\ufffd,"nbf":2}');
  expect(json).toEqual({ room: 'stand\ufffd\ufffdp', exp: 1795176000, nbf: 2 });
  expect(broken.map(({ path }) => path)).toEqual(['room', 'iat']);
});

test('wherever a text is cut, no value is read that it does not hold', () => {
  const leaf = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string(), fc.boolean());
  const claims = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,5}$/),
    fc.oneof(
      leaf,
      fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), leaf, { maxKeys: 3 }),
      fc.array(fc.oneof(leaf, fc.array(leaf))),
    ),
    { minKeys: 1, maxKeys: 6 },
  );
  fc.assert(
    fc.property(claims, fc.double({ min: 0, max: 1, noNaN: true }), (whole, share) => {
      const text = JSON.stringify(whole);
      const { json } = salvageJson(text.slice(0, Math.floor(share * (text.length - 1))));
      expect(within(json ?? {}, JSON.parse(text))).toEqual([]);
    }),
    { seed: 20_261_126, numRuns: 2000 },
  );
});

/** Paths whose value differs from that of the whole. */
function within(part: JsonObject, whole: JsonObject, path = ''): string[] {
  return Object.entries(part).flatMap(([name, value]) => {
    const other = whole[name];
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return JSON.stringify(value) === JSON.stringify(other) ? [] : [`${path}.${name}`];
    return within(value, other as JsonObject, `${path}.${name}`);
  });
}
