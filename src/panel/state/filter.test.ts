import { expect, test } from 'vitest';
import { callPage } from '../../../test/builders/captures.ts';
import { now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import { isAtLeast, parseFilter } from './filter.ts';
import { createRowMaker } from './row.ts';

const rows = createRowMaker()(inspect(find(callPage()).sightings, { now, policy: standard, page: callPage().page }));
const names = (filter: string) =>
  rows.filter(parseFilter(filter)).map(({ subject }) => subject.facts.displayName ?? subject.token.form);

test('nothing typed leaves everything', () => {
  expect(names('')).toHaveLength(rows.length);
  expect(names('   ')).toHaveLength(rows.length);
});

test('plain words look at platform, room, people, places and findings', () => {
  expect(names('linus')).toEqual(['Linus']);
  expect(names('WARD-7')).toHaveLength(1);
  expect(names('old-call')).toEqual(['Barbara']);
  expect(names('no such thing')).toEqual([]);
});

test('named words look at one thing', () => {
  expect(names('platform:daily').sort()).toEqual(['Ada', 'Barbara', 'Grace', 'Linus']);
  expect(names('platform:daily role:host')).toEqual(['Ada']);
  expect(names('source:cookie platform:daily')).toEqual(['Ada']);
  expect(names('status:expired')).toContain('Barbara');
  expect(names('room:ward')).toHaveLength(1);
  expect(names('is:damaged')).toHaveLength(1);
  expect(names('is:gone')).toEqual([]);
});

test('commas mean either, a minus leaves out, quotes hold words together', () => {
  expect(names('user:ada,linus').sort()).toEqual(['Ada', 'Linus']);
  expect(names('platform:daily -role:host')).not.toContain('Ada');
  expect(names('"grace hopper"')).toEqual(['Grace Hopper']);
});

test('what is not a known word is searched for as it stands', () => {
  expect(names('https://video.example')).toEqual(['Ada']);
  expect(names('nonsense:value')).toEqual([]);
});

test('half-typed words neither fail nor hide everything for no reason', () => {
  for (const text of ['platform:', '-', '"', 'severity:high,', 'a:b:c', '()[]*\\']) {
    expect(() => names(text)).not.toThrow();
  }
  expect(names('severity:high,')).toEqual(names('severity:high'));
});

test('a severity counts what is as bad or worse', () => {
  const bad = rows.filter((row) => isAtLeast(row, 'medium'));
  expect(bad.length).toBeGreaterThan(0);
  expect(bad.every(({ worst }) => worst === 'critical' || worst === 'high' || worst === 'medium')).toBe(true);
});
