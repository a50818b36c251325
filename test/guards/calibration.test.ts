import { expect, test } from 'vitest';
import { days, hours, jwt, minutes, now } from '../builders/tokens.ts';
import { judge } from '../cases/rule.ts';

const ordinary = { sub: 'ada', iat: now, exp: now + minutes(30) };

test.each([
  ['HS256', jwt(ordinary)],
  ['HS512', jwt(ordinary, { alg: 'HS512' })],
  ['a key id', jwt(ordinary, { kid: '2026-11' })],
  ['a key id that is a path', jwt(ordinary, { kid: 'keys/calls/abc123' })],
  ['a key id that is an address', jwt(ordinary, { kid: 'https://vault.azure.net/keys/calls/0f1e' })],
  ['a key id of a decentralised identity', jwt(ordinary, { kid: 'did:web:acme.com#key-1' })],
])('%s as such is no finding', (_, token) => {
  const { subjects } = judge({ texts: [token] });
  expect(subjects[0]?.findings).toEqual([]);
});

test('defaults that the catalogue compares with other tools', () => {
  const severity = (parts: Parameters<typeof judge>[0], rule: string) =>
    judge(parts).subjects[0]?.findings.find((finding) => finding.rule === rule)?.severity ?? null;
  const token = jwt({ ...ordinary, exp: now + hours(1) });
  const cookie = (more: object) => ({ cookies: [{ name: 'c', value: token, ...more }] });
  expect(severity({ local: { t: token } }, 'storage-local')).toBe('medium');
  expect(severity({ session: { t: token } }, 'storage-session')).toBe('low');
  expect(severity({ url: `https://call.acme.com/?t=${token}` }, 'url-query')).toBe('medium');
  expect(severity({ url: `https://call.acme.com/?access_token=${token}` }, 'url-query')).toBe('high');
  expect(severity(cookie({ httpOnly: false }), 'cookie-not-httponly')).toBe('medium');
  expect(severity(cookie({ secure: false }), 'cookie-not-secure')).toBe('medium');
  expect(severity(cookie({ sameSite: 'unspecified' }), 'cookie-samesite-missing')).toBe('info');
  expect(severity({ texts: [jwt({ sub: 'ada', iat: now })] }, 'exp-missing')).toBe('medium');
  expect(severity({ texts: [jwt({ ...ordinary, scope: 'a', aud: 'https://api.acme.com' })] }, 'jti-missing')).toBe(
    'info',
  );
  expect(severity({ texts: [jwt({ ...ordinary, exp: now + days(2) })] }, 'lifetime-long')).toBe('low');
});
