import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { hours, jwt, minutes, now, rawJwt } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import { stateAt } from '../../engine/model/lifespan.ts';
import { changesOf, countStates } from './moments.ts';
import { createRowMaker } from './row.ts';

const rowsOf = (...tokens: string[]) => {
  const stores = [localStorageOf(Object.fromEntries(tokens.map((token, index) => [`k${index}`, token])))];
  return createRowMaker()(inspect(find(captureOf({ stores })).sightings, { now, policy: standard, page: null }));
};
const states = (token: string, ...times: number[]) =>
  times.map((at) => rowsOf(token).map(({ subject }) => stateAt(subject, at))[0]);

test('a token is valid from its not-before on, and at its end no longer', () => {
  const token = jwt({ iat: now, nbf: now + minutes(5), exp: now + hours(1) });
  expect(states(token, now, now + minutes(5) - 1, now + minutes(5), now + hours(1) - 1, now + hours(1))).toEqual([
    'early',
    'early',
    'valid',
    'valid',
    'expired',
  ]);
});

test('without a not-before it is valid from its issue on, and without either it always was', () => {
  expect(states(jwt({ iat: now, exp: now + 60 }), now - 1, now)).toEqual(['early', 'valid']);
  expect(states(jwt({ exp: now + 60 }), 0, now + 59)).toEqual(['valid', 'valid']);
});

test('without an end it stays valid, and nothing is said where times cannot be read', () => {
  expect(states(jwt({ iat: now, sub: 'a' }), now + hours(90_000))).toEqual(['endless']);
  expect(states(jwt({ iat: now, exp: (now + 60) * 1000 }), now)).toEqual(['unknown']);
  expect(states(rawJwt({ alg: 'HS256', typ: 'JWT' }, '{"room":"standup","exp":179517').slice(0, -6), now)).toEqual([
    'unknown',
  ]);
});

test('changes stand in order, those of one moment together, with navigations between them', () => {
  const rows = rowsOf(
    jwt({ iat: now - 60, exp: now + 60, sub: 'a' }),
    jwt({ iat: now - 60, exp: now + 90, sub: 'b' }),
    jwt({ iat: now - 60, sub: 'c' }),
  );
  const navigation = { at: now + 70, noticedAt: now + 71, url: 'https://call.example/next' };
  const changes = changesOf(rows, [navigation]);
  expect(
    changes.map(({ at, begins, ends, navigations }) => [at - now, begins.length, ends.length, navigations.length]),
  ).toEqual([
    [-60, 3, 0, 0],
    [60, 0, 1, 0],
    [70, 0, 0, 1],
    [90, 0, 1, 0],
  ]);
  expect(countStates(rows, now + 60)).toEqual({ valid: 1, endless: 1, early: 0, expired: 1, unknown: 0 });
});
