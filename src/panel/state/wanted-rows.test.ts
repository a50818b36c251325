import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeNames, tokenNames } from '../../engine/expect/expectation-file.ts';
import type { Json } from '../../engine/text/json.ts';
import {
  compared,
  comparisonsFor,
  conditionOf,
  kindOf,
  memberWord,
  stateChoices,
  valuesOf,
  wantedOf,
} from './wanted-rows.ts';

describe('what is wanted of a member is shown in fields, and comes back from them as it was', () => {
  test.each<[name: string, wanted: Json, comparison: string, values: [string, string]]>([
    ['role', 'host', 'is', ['host', '']],
    ['role', ['host', 'server'], 'one-of', ['host, server', '']],
    ['role', { not: 'host' }, 'is-not', ['host', '']],
    ['role', { not: ['host', 'server'] }, 'none-of', ['host, server', '']],
    ['room', { like: 'stand*' }, 'like', ['stand*', '']],
    ['room', '5', 'is', ['5', '']],
    ['room', ['a, b', '', 'not stated', null], 'one-of', ['"a, b", "", "not stated", not stated', '']],
    ['room', ' a"', 'is', ['" a\\""', '']],
    ['room', null, 'not-stated', ['', '']],
    ['room', { not: null }, 'stated', ['', '']],
    ['times.lifetimeSeconds', { min: 60 }, 'at-least', ['60', '']],
    ['times.lifetimeSeconds', { max: 7200 }, 'at-most', ['7200', '']],
    ['times.lifetimeSeconds', { min: 60, max: 7200 }, 'between', ['60', '7200']],
    ['claims.level', 5, 'is', ['5', '']],
    ['claims.level', '5', 'is', ['"5"', '']],
    ['claims.mod', true, 'is', ['true', '']],
    ['claims.mod', 'true', 'is', ['"true"', '']],
    ['claims.mod', [true, 1, 'x', null], 'one-of', ['true, 1, x, not stated', '']],
  ])('%s %j', (name, wanted, comparison, values) => {
    const condition = conditionOf(wanted, kindOf(name));
    expect(condition).toEqual({ comparison, values });
    expect(condition && wantedOf(condition, kindOf(name))).toEqual(wanted);
    expect(comparisonsFor(name).map(([id]) => id)).toContain(comparison);
  });

  test('whatever is wanted comes back as it was, or is not shown', () => {
    const value = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
    const wanted = fc.oneof(
      value,
      fc.constant(null),
      fc.array(fc.oneof(value, fc.constant(null)), { minLength: 1 }),
      fc.record({ not: fc.oneof(value, fc.array(value, { minLength: 1 })) }),
      fc.record({ min: fc.integer(), max: fc.integer() }),
      fc.record({ like: fc.string() }),
    );
    fc.assert(
      fc.property(wanted, fc.constantFrom('role', 'claims.x', 'times.issuedAt'), (given, name) => {
        const condition = conditionOf(given as Json, kindOf(name));
        if (condition) expect(JSON.stringify(wantedOf(condition, kindOf(name)))).toBe(JSON.stringify(given));
      }),
    );
  });

  test.each<[string, Json]>([
    ['role', { not: { like: 'h*' } }],
    ['role', [{ like: 'h*' }, 'server']],
    ['role', 5],
    ['role', { not: { not: 'host' } }],
    ['claims.x', { min: 1, like: 'x' }],
  ])('nothing is shown of %s %j', (name, wanted) => expect(conditionOf(wanted, kindOf(name))).toBeNull());
});

test('what is not typed yet, or is no number, stands in the text, where it is told', () => {
  const wanted = (first: string) => wantedOf({ comparison: 'at-most', values: [first, ''] }, 'number');
  expect(wanted('')).toEqual({ max: '' });
  expect(wanted('two hours')).toEqual({ max: 'two hours' });
  expect(wanted('1e999')).toEqual({ max: '1e999' });
  expect(wanted('7200')).toEqual({ max: 7200 });
});

test('every member has words of its own', () => {
  for (const names of [tokenNames, placeNames]) {
    const words = names.map(memberWord);
    expect(new Set(words).size).toBe(names.length);
    for (const word of words) expect(word).not.toMatch(/^(?:privileges|times)\./);
  }
});

test('what a comparison takes, and what there is to choose of a privilege, is told', () => {
  expect(comparisonsFor('claims.x').map(([id]) => valuesOf(id))).toEqual([
    ...['one', 'list', 'one', 'list', 'one', 'one', 'one', 'two', 'none', 'none'],
  ]);
  expect(new Set(stateChoices.map(([words]) => words)).size).toBe(stateChoices.length);
});

test('only comparisons that make sense are offered, and the one that is there', () => {
  const offered = (...given: Parameters<typeof comparisonsFor>) => comparisonsFor(...given).map(([id]) => id);
  expect(offered('role')).toEqual(['is', 'one-of', 'is-not', 'none-of', 'like']);
  expect(offered('provider')).toContain('not-stated');
  expect(offered('role', 'stated')).toContain('stated');
  expect(offered('room')).not.toContain('at-least');
  expect(offered('times.expiresAt')).not.toContain('like');
});

test('a value that is compared otherwise is taken along', () => {
  const one = { comparison: 'is', values: ['a, b', ''] } as const;
  const several = compared(one, 'one-of', 'text');
  expect(wantedOf(several, 'text')).toEqual(['a, b']);
  expect(compared(several, 'is', 'text')).toEqual(one);
  expect(compared(one, 'is-not', 'text').values).toEqual(one.values);
  expect(compared({ comparison: 'not-stated', values: ['', ''] }, 'one-of', 'text').values).toEqual(['', '']);
});
