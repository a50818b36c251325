import { expect, test } from 'vitest';
import { base64url, jwt, now } from '../../../test/builders/tokens.ts';
import { standard } from '../audit/policy/policies.ts';
import { find, inspect } from '../inspect.ts';
import type { Capture, Cookie } from '../model/capture.ts';

const url = 'https://app.example/call';
const token = jwt({ sub: 'ada', iat: now });

function capture(key: string, text: string): Capture {
  const store = { source: 'local-storage', origin: 'https://app.example', url, readBy: 'isolated-world' } as const;
  return {
    readAt: now,
    page: { url: `${url}?pocketbase_auth=${token}`, title: '', scriptOrigins: null, loadedAt: now },
    frames: [],
    stores: [{ ...store, entries: [{ key, text }] }],
    cookies: [],
    texts: [],
    problems: [],
  };
}

test('a sighting under a known key carries the library’s words, one in a URL does not', () => {
  const { sightings } = find(capture('pocketbase_auth', token));
  expect(sightings.map(({ place, library }) => [place.source, library])).toEqual([
    ['page-url', null],
    ['local-storage', { id: 'pocketbase', label: 'PocketBase access token', use: 'access' }],
  ]);
});

test('the report says what the token is for, though its claims do not', () => {
  const { sightings } = find(capture('CF_Authorization', token));
  const report = inspect(sightings, { now, policy: standard });
  expect(report.subjects.map(({ facts }) => facts.use)).toEqual(['session']);
});

const access = jwt({ iss: 'https://login.example', aud: 'https://api.example', scope: 'calls', iat: now });
const id = jwt({ iss: 'https://login.example', aud: 'web', nonce: 'x', iat: now });

const told = (key: string, value: unknown) =>
  find(capture(key, JSON.stringify(value)))
    .sightings.filter(({ place }) => place.source === 'local-storage')
    .map(({ library }) => `${library?.label} → ${library?.use}`);

test('members of stored records are told apart', () => {
  const tokens = { access_token: access, id_token: id, refresh_token: 'opaque' };
  expect(told('oidc.user:https://login.example:web', tokens)).toEqual([
    'oidc-client access token from https://login.example (client web) → access',
    'oidc-client ID token from https://login.example (client web) → id',
  ]);
  expect(told('@@auth0spajs@@::web::https://api.example::openid', { body: tokens, expiresAt: now })).toEqual([
    'Auth0 access token for https://api.example (client web) → access',
    'Auth0 ID token (client web) → id',
  ]);
  expect(told('okta-token-storage', { accessToken: { accessToken: access }, idToken: { idToken: id } })).toEqual([
    'Okta access token → access',
    'Okta ID token → id',
  ]);
  const user = { uid: 'u', stsTokenManager: { accessToken: id, refreshToken: 'opaque' } };
  expect(told('firebase:authUser:key:[DEFAULT]', user)).toEqual(['Firebase ID token (app [DEFAULT]) → id']);
});

test('a session spread over cookies is read as one', () => {
  const user = { name: 'Ada', about: 'x'.repeat(3000) };
  const text = `base64-${base64url(JSON.stringify({ user, access_token: access, refresh_token: 'opaque' }))}`;
  const cookie = (name: string, value: string): Cookie => ({
    name,
    value,
    domain: 'app.example',
    hostOnly: true,
    path: '/',
    httpOnly: false,
    secure: true,
    sameSite: 'lax',
    session: false,
    expiresAt: null,
    partitionedBy: null,
    url,
  });
  const cookies = [
    cookie('sb-abcdefghijklmnop-auth-token.0', text.slice(0, 3180)),
    cookie('sb-abcdefghijklmnop-auth-token.1', text.slice(3180)),
  ];
  const { sightings } = find({ ...capture('other', ''), page: null, cookies });
  expect(sightings.map(({ token, library }) => [token === access, library?.label])).toEqual([
    [true, 'Supabase access token (project abcdefghijklmnop)'],
  ]);
});
