import { expect, test } from 'vitest';
import { captureOf, localStorageOf, sessionStorageOf } from '../../../test/builders/captures.ts';
import { rowsOf } from '../../../test/builders/panel-rows.ts';
import { daily, days, hours, now } from '../../../test/builders/tokens.ts';
import { aspectOf, differencesFrom, mostAlike } from './aspects.ts';
import type { Row } from './row.ts';

const rows = rowsOf(
  captureOf({
    stores: [
      localStorageOf({
        host: daily.host({ r: 'standup' }),
        one: daily.guest({ u: 'Grace', r: 'standup' }),
        long: daily.guest({ u: 'Grace', r: 'standup', exp: now - 60 + days(9) }),
      }),
      sessionStorageOf({ retro: daily.guest({ u: 'Grace', r: 'retro' }), any: daily.guest({ u: 'Eve', r: null }) }),
    ],
  }),
);
const named = (key: string): Row => {
  const found = rows.find(({ subject }) => subject.sightings[0]?.place.key === key);
  if (!found) throw new Error(`no token under ${key}`);
  return found;
};
const against = (key: string, ...others: string[]) =>
  differencesFrom(
    named(key).subject,
    others.map((one) => named(one).subject),
  );

test('a token is told apart by role, room, person, lifetime and place, in few words', () => {
  const { subject } = named('host');
  expect(aspectOf(subject, 'role')).toBe('Host');
  expect(aspectOf(subject, 'room')).toBe('standup');
  expect(aspectOf(subject, 'person')).toBe('Ada');
  expect(aspectOf(subject, 'lifetime')).toBe('1 h 1 min');
  expect(aspectOf(subject, 'place')).toBe('localStorage.host');
  expect(aspectOf(named('any').subject, 'room')).toBe('every room');
});

test('only what differs is told, with how many are alike and what the others have', () => {
  expect(against('host', 'one', 'long')).toEqual([
    { aspect: 'role', own: 'Host', alike: 0, instead: [{ value: 'Participant', count: 2 }], kinds: 1 },
    { aspect: 'person', own: 'Ada', alike: 0, instead: [{ value: 'Grace', count: 2 }], kinds: 1 },
    { aspect: 'lifetime', own: '1 h 1 min', alike: 1, instead: [{ value: '9 d', count: 1 }], kinds: 1 },
    {
      aspect: 'place',
      own: 'localStorage.host',
      alike: 0,
      instead: [
        { value: 'localStorage.one', count: 1 },
        { value: 'localStorage.long', count: 1 },
      ],
      kinds: 2,
    },
  ]);
  expect(against('host')).toEqual([]);
  expect(against('retro', 'one').map(({ aspect }) => aspect)).toEqual(['room', 'place']);
});

test('the most alike is the one that shares most, whatever the order', () => {
  const others = ['any', 'long', 'one', 'host'].map(named);
  expect(mostAlike(named('retro').subject, others)).toBe(named('one'));
  expect(mostAlike(named('retro').subject, [...others].reverse())).toBe(named('one'));
  expect(mostAlike(named('retro').subject, [])).toBeNull();
});

test('a token in the name of a place is masked', () => {
  const inner = daily.guest({ u: 'Inner', exp: now + hours(2) });
  const [row] = rowsOf(captureOf({ stores: [localStorageOf({ [`key ${inner}`]: daily.host() })] }));
  expect(row && aspectOf(row.subject, 'place')).not.toContain(inner.split('.')[2]);
});
