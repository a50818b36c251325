import { expect, test } from 'vitest';
import { exchangeOf, wholeEntry } from './har-entry.ts';

const url = 'https://call.example/api';
const request = (cookies: unknown[]) => ({ request: { method: 'GET', url, headers: [], cookies }, response: {} });
const cookiesIn = (...cookies: unknown[]) => exchangeOf(wholeEntry(request(cookies)), 'request 1', null).requestCookies;

test('what a browser tells of a cookie that was sent is kept', () => {
  const expires = '2027-01-01T00:00:00.000Z';
  expect(
    cookiesIn(
      {
        name: 'session',
        value: 'a',
        domain: '.call.example',
        path: '/',
        expires,
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
      },
      { name: 'short', value: 'b', domain: 'call.example', path: '/api', expires: '', httpOnly: false, secure: false },
    ),
  ).toMatchObject([
    {
      name: 'session',
      domain: 'call.example',
      hostOnly: false,
      httpOnly: true,
      secure: true,
      sameSite: 'lax',
      session: false,
      url,
    },
    {
      name: 'short',
      domain: 'call.example',
      hostOnly: true,
      httpOnly: false,
      sameSite: 'unspecified',
      expiresAt: null,
    },
  ]);
});

test.each([
  ['names and values alone', { name: 'session', value: 'a' }],
  ['a host alone', { name: 'session', value: 'a', domain: 'call.example' }],
  [
    'attributes that are no booleans',
    { name: 'session', value: 'a', domain: 'call.example', httpOnly: 'yes', secure: 1 },
  ],
  ['no cookie', null],
])('%s tell of no attributes', (_, cookie) => {
  expect(cookiesIn(cookie)).toBeUndefined();
});
