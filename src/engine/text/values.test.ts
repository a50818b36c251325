import { expect, test } from 'vitest';
import type { Json } from './json.ts';
import { booleanAt, hasAt, isBlank, memberOf, numberAt, objectAt, stringAt, stringsAt, valueAt } from './values.ts';

const claims = JSON.parse(
  '{"a":{"b":[{"c":1}]},"x.y":2,"none":null,"blank":" ","text":"t","yes":"true","__proto__":{"admin":true},"far":1e999}',
) as Json;

test('a path leads through objects and lists, and a missing step to nothing', () => {
  expect(valueAt(claims, 'a.b.0.c')).toBe(1);
  expect(valueAt(claims, '')).toBe(claims);
  for (const path of ['a.b.1.c', 'a.c', 'text.t', 'none.a', 'x.y']) expect(valueAt(claims, path), path).toBeUndefined();
  for (const nothing of [null, undefined, 'text', 7, true]) expect(valueAt(nothing, 'a')).toBeUndefined();
});

test('a name with dots is one member', () => {
  expect(memberOf(claims, 'x.y')).toBe(2);
  expect(memberOf(claims, 'a.b')).toBeUndefined();
});

test('only own members count, under whatever name', () => {
  expect(valueAt(claims, '__proto__.admin')).toBe(true);
  for (const name of ['constructor', 'toString', 'constructor.name', '__proto__.__proto__'])
    expect(hasAt(claims, name), name).toBe(false);
  expect(hasAt({}, '__proto__')).toBe(false);
});

test('a value of another kind is not taken for the one asked for', () => {
  expect([stringAt(claims, 'text'), stringAt(claims, 'blank'), stringAt(claims, 'x.y')]).toEqual(['t', null, null]);
  expect([numberAt(claims, 'a.b.0.c'), numberAt(claims, 'far'), numberAt(claims, 'text')]).toEqual([1, null, null]);
  expect([booleanAt(claims, '__proto__.admin'), booleanAt(claims, 'yes')]).toEqual([true, null]);
  expect([objectAt(claims, 'a.b.0'), objectAt(claims, 'a.b'), objectAt(claims, 'none')]).toEqual([
    { c: 1 },
    null,
    null,
  ]);
  expect([stringsAt({ list: ['a', 1, 'b'] }, 'list'), stringsAt(claims, 'text')]).toEqual([['a', 'b'], null]);
});

test('what says nothing is blank, and absent only when it is not there', () => {
  for (const path of ['none', 'blank', 'missing']) expect(isBlank(valueAt(claims, path)), path).toBe(true);
  for (const value of [0, false, [], {}]) expect(isBlank(value)).toBe(false);
  expect([hasAt(claims, 'none'), hasAt(claims, 'missing')]).toEqual([true, false]);
});
