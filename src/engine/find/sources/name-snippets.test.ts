import { expect, test } from 'vitest';
import { localStorageOf, pageOf } from '../../../../test/builders/captures.ts';
import { opentokT1 } from '../../../../test/builders/other-tokens.ts';
import { daily } from '../../../../test/builders/tokens.ts';
import { find } from '../find.ts';

const token = daily.guest();

const placesIn = (capture: Parameters<typeof find>[0]) =>
  find(capture).sightings.map((one) => [one.token, one.place.label, one.place.key]);

test('a token that something is stored under is found in the name', () => {
  expect(placesIn(pageOf({ local: { [token]: '' } }))).toEqual([
    [token, `localStorage[${JSON.stringify(token)}] (its name)`, null],
  ]);
  const other = opentokT1();
  const capture = pageOf({ session: { [`seat:${other}`]: 'x' } });
  expect(placesIn(capture).map(([found]) => found)).toEqual([other]);
});

test('in the name of a cookie, too, beside what stands in its value', () => {
  const places = placesIn(pageOf({ cookies: [{ name: token, value: daily.host() }] }));
  expect(places.map(([, label]) => label)).toEqual([
    `cookie ${JSON.stringify(token)} (its name)`,
    `cookie ${JSON.stringify(token)}`,
  ]);
});

test('names that hold no token stay names', () => {
  const capture = pageOf({});
  capture.stores.push(localStorageOf({ 'oidc.user:https://login.example:application': token }));
  expect(placesIn(capture)).toHaveLength(1);
});

test('in the name of a header and of a cookie that was sent, too', () => {
  const headers = [
    { name: token, value: '1' },
    { name: 'Cookie', value: `a=1; ${daily.host()}=1` },
  ];
  expect(
    placesIn(pageOf({ exchanges: [{ responseHeaders: [{ name: 'Set-Cookie', value: `b=1\n${token}=1` }] }] })),
  ).toHaveLength(1);
  const places = placesIn(pageOf({ exchanges: [{ requestHeaders: headers }] }));
  expect(places.map(([found, , key]) => [found, key])).toEqual([
    [token, null],
    [daily.host(), null],
  ]);
});
