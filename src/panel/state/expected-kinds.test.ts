import { describe, expect, test } from 'vitest';
import { parseExpectation } from '../../engine/expect/expectations.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { expectedKinds, kindsIn, withKind, withMember } from './expected-kinds.ts';

const host = { role: 'host' };
const examples: JsonObject[] = [
  { name: 'a', none: host },
  { name: 'b', count: 2, tokens: host },
  { name: 'c', count: { min: 2 }, tokens: host },
  { name: 'd', count: { max: 2 }, tokens: host },
  { name: 'e', count: { min: 1, max: 2 }, tokens: host },
  { name: 'f', every: host, have: { provider: 'daily' } },
  { name: 'g', maxSeverity: 'low' },
];

test('what is expected is told by its members, all of it', () => {
  expect(examples.flatMap(kindsIn)).toEqual(expectedKinds.map(({ id }) => id));
  expect(kindsIn({ name: 'all', none: {}, count: 1, every: {}, have: {}, maxSeverity: 'low' })).toEqual([
    ...['none', 'exactly', 'every', 'severity'],
  ]);
  expect(kindsIn({ name: 'nothing yet' })).toEqual(['none']);
});

describe('one thing is expected in place of another, of the same tokens', () => {
  test.each(examples.flatMap((one) => expectedKinds.map(({ id }) => [JSON.stringify(one), id, one] as const)))(
    '%s: %s',
    (_, to, one) => {
      const [from = 'none'] = kindsIn(one);
      const changed = withKind(one, from, to);
      expect(() => parseExpectation(JSON.stringify(changed))).not.toThrow();
      expect(kindsIn(changed)).toEqual([to]);
      if (from !== 'severity' && to !== 'severity') expect(Object.values(changed)).toContainEqual(host);
    },
  );

  test('what is expected besides stays', () => {
    expect(withKind({ name: 'two', none: host, maxSeverity: 'low' }, 'none', 'exactly')).toEqual({
      name: 'two',
      count: 1,
      tokens: host,
      maxSeverity: 'low',
    });
  });
});

test('members stand in one order, others behind them', () => {
  const one = withMember({ later: 1, maxSeverity: 'low', name: 'x' }, 'on', '*');
  expect(Object.keys(one)).toEqual(['name', 'on', 'maxSeverity', 'later']);
  expect(Object.keys(withMember(one, 'on', undefined))).toEqual(['name', 'maxSeverity', 'later']);
});
