import { expect, test } from 'vitest';
import { pageOf } from '../../../test/builders/captures.ts';
import { dailyHost, dailyToken, livekitToken } from '../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../test/builders/tokens.ts';
import { standard } from '../audit/policy/policies.ts';
import { find, inspect } from '../inspect.ts';
import type { Sighting } from '../model/token.ts';
import { renewals } from './renewals.ts';

const lay = (key: string, token: string, from: number, until: number | null): Sighting[] =>
  find(pageOf({ local: { [key]: token } })).sightings.map((one) => ({
    ...one,
    seenAt: now + from,
    goneAt: until === null ? null : now + until,
  }));

/** Texts of the versions before each token that has any, the latest first. */
function versionsIn(...sightings: Sighting[][]): string[][] {
  const { subjects } = inspect(sightings.flat(), { now, policy: standard });
  const textOf = (id: string) => subjects.find(({ token }) => token.id === id)?.token.text ?? '';
  return [...renewals(subjects)].map(([id, versions]) => [textOf(id), ...versions.map(({ token }) => token.text)]);
}

const version = (number: number) => dailyToken({ ud: 'ada', exp: now + hours(number) });

test('a token renewed again and again is one with versions', () => {
  expect(
    versionsIn(lay('auth', version(1), 0, 10), lay('auth', version(3), 20, null), lay('auth', version(2), 10, 20)),
  ).toEqual([[version(3), version(2), version(1)]]);
});

test('one that is gone itself keeps its versions', () => {
  expect(versionsIn(lay('auth', version(1), 0, 10), lay('auth', version(2), 10, 90))).toEqual([
    [version(2), version(1)],
  ]);
});

test.each<[what: string, before: string, after: string]>([
  ['somebody else', dailyToken({ ud: 'ada' }), dailyToken({ ud: 'bob' })],
  ['another platform', dailyToken({ ud: 'ada' }), livekitToken({}, { sub: 'ada' })],
  ['another issuer', jwt({ iss: 'https://a.example', sub: 'ada' }), jwt({ iss: 'https://b.example', sub: 'ada' })],
  [
    'another use',
    jwt({ sub: 'ada', typ: 'Refresh', exp: now + hours(1) }),
    jwt({ sub: 'ada', typ: 'Bearer', exp: now + hours(1) }),
  ],
])('a token of %s in the same place is no renewal', (_, before, after) => {
  expect(versionsIn(lay('auth', before, 0, 10), lay('auth', after, 10, null))).toEqual([]);
});

test('a renewal that allows more is one all the same', () => {
  const [guest, host] = [dailyToken({ ud: 'ada' }), dailyHost({ ud: 'ada' })];
  expect(versionsIn(lay('auth', guest, 0, 10), lay('auth', host, 10, null))).toEqual([[host, guest]]);
});

test('an earlier token that still lies elsewhere is a token of its own', () => {
  expect(
    versionsIn(lay('auth', version(1), 0, 10), lay('copy', version(1), 0, null), lay('auth', version(2), 10, null)),
  ).toEqual([]);
});

test('saved reports that name each other in a circle, or nobody, end', () => {
  const { subjects } = inspect([...lay('a', version(1), 0, 5), ...lay('b', version(2), 0, 5)], {
    now,
    policy: standard,
  });
  const [one, two] = subjects;
  if (!one || !two) throw new Error('two tokens were expected');
  const [a, b] = [one.token.id, two.token.id];
  const circle = [
    { ...one, replaces: b, replacedBy: b },
    { ...two, replaces: a, replacedBy: a },
  ];
  expect([...renewals(circle)]).toEqual([]);
  const self = { ...one, replaces: a, replacedBy: a };
  expect([...renewals([self, { ...two, replaces: 'nobody' }])]).toEqual([]);
});

test('tokens that take turns in several places are never each other’s versions without end', () => {
  const [a, b] = [version(1), version(2)];
  // In one place the first gave way to the second, in the other the second to the first.
  const lists = versionsIn(lay('x', a, 0, 10), lay('x', b, 10, 30), lay('y', b, 0, 20), lay('y', a, 20, 40));
  expect(lists.flat().length).toBeLessThanOrEqual(2);
});

test('ids that a saved report says of several tokens, or in a circle, end all the same, and list no token twice', () => {
  const { subjects } = inspect([...lay('auth', version(1), 0, 10), ...lay('auth', version(2), 10, 90)], {
    now,
    policy: standard,
  });
  const claimed = (id: string, neighbour: string) =>
    subjects.map((subject) => ({
      ...subject,
      token: { ...subject.token, id },
      replaces: neighbour,
      replacedBy: neighbour,
    }));
  const all = [...claimed('a', 'a'), ...claimed('b', 'c'), ...claimed('c', 'b'), ...claimed('b', 'a')];
  const listed = [...renewals(all).values()].flat();
  expect(new Set(listed).size).toBe(listed.length);
});
