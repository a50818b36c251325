import { expect, test } from 'vitest';
import { valueAtPath } from './json-path.ts';

test('a path leads to what it was written for, also past names with dots in them', () => {
  const value = {
    a: { b: [1, { c: 2 }] },
    'https://call.example/roles': ['host'],
    'a.b': 3,
  };
  expect(valueAtPath(value, 'a.b.1.c')).toBe(2);
  expect(valueAtPath(value, 'https://call.example/roles.0')).toBe('host');
  expect(valueAtPath({ 'x.y': { z: 1 }, x: 2 }, 'x.y.z')).toBe(1);
  expect(valueAtPath(value, '')).toBe(value);
  for (const path of ['a.c', 'constructor', '__proto__', 'a.b.length', 'b', 'a.b.1.c.d'])
    expect([path, valueAtPath(value, path)]).toEqual([path, undefined]);
});
