import { describe, expect, test } from 'vitest';
import { days, hours, jwt, minutes, now } from '../../../test/builders/tokens.ts';
import { decode } from '../decode/decode.ts';
import { unknownFacts } from '../inspect.ts';
import type { Sighting, Token } from '../model/token.ts';
import type { JsonObject } from '../text/json.ts';
import { inferUse, withUse } from './token-use.ts';

type Seen = Pick<Sighting, 'place' | 'path' | 'library'>;

const use = (claims: JsonObject, header: JsonObject = {}, ...sightings: Seen[]) =>
  inferUse({ token: decode(jwt(claims, header), 'jws'), facts: unknownFacts, sightings });

function at(
  key: string | null,
  path = '',
  more: Partial<Sighting['place']['traits']> & { cookie?: boolean } = {},
): Seen {
  const { cookie = false, ...traits } = more;
  return {
    path,
    library: null,
    place: {
      source: cookie ? 'cookie' : 'local-storage',
      label: 'somewhere',
      origin: 'https://app.example',
      url: 'https://app.example/',
      key,
      cookie: null,
      traits: {
        readableByScripts: true,
        keptAfterClosing: true,
        sentToServers: cookie,
        keptInHistory: false,
        urlPart: null,
        storage: cookie ? 'cookie' : 'local',
        ...traits,
      },
    },
  };
}
const cookie = (name: string) => at(name, '', { cookie: true });
const inQuery = (name: string) => at(name, '', { urlPart: 'query', storage: null });

describe('the declared type decides first', () => {
  test.each([
    ['dpop+jwt', 'dpop-proof'],
    ['at+jwt', 'access'],
    ['application/AT+JWT', 'access'],
    ['client-authentication+jwt', 'client-assertion'],
    ['oauth-authz-req+jwt', 'request-object'],
    ['logout+jwt', 'logout'],
    ['secevent+jwt', 'set'],
    ['dc+sd-jwt', 'vc'],
    ['kb+jwt', 'vc'],
  ] as const)('%s is %s', (typ, expected) => {
    expect(use({ nonce: 'x', aud: 'client' }, { typ }, at('id_token'))).toBe(expected);
  });
  test.each([
    ['Refresh', 'refresh'],
    ['Offline', 'refresh'],
    ['Bearer', 'access'],
    ['ID', 'id'],
  ] as const)('the `typ` claim %s is %s', (typ, expected) => {
    expect(use({ typ })).toBe(expected);
  });
});

describe('then the name it was stored under', () => {
  test('a member, a key, a URL parameter', () => {
    expect(use({}, {}, at('auth', '$.tokens.access_token'))).toBe('access');
    expect(use({ scope: 'openid', aud: 'x' }, {}, at('my-id-token'))).toBe('id');
    expect(use({}, {}, inQuery('refresh_token'))).toBe('refresh');
  });
  test('any of several places may tell', () => {
    expect(use({}, {}, at('auth'), at('idToken'))).toBe('id');
  });
  test('a library’s own word comes before a member’s name', () => {
    const seen = { ...at('x', '$.accessToken'), library: { id: 'firebase', label: '', use: 'id' } as const };
    expect(use({}, {}, seen)).toBe('id');
  });
});

describe('then the claims', () => {
  test.each<[string, JsonObject, JsonObject, string]>([
    ['credentials', { vct: 'https://x' }, {}, 'vc'],
    ['back-channel logout', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }, {}, 'logout'],
    ['security events', { events: { 'https://schemas.openid.net/secevent/risc': {} } }, {}, 'set'],
    ['request objects', { response_type: 'code', client_id: 'x', aud: 'https://as.example' }, {}, 'request-object'],
    ['scopes for an API', { scope: 'read', aud: 'https://api.example' }, {}, 'access'],
    ['scp as a list', { scp: ['read'], aud: ['https://api.example'] }, {}, 'access'],
    ['hashes of OpenID Connect', { at_hash: 'x', scope: 'openid', aud: 'client' }, {}, 'id'],
    ['a nonce for the client', { nonce: 'x', aud: 'client', azp: 'client' }, {}, 'id'],
    ['a client acting at an API', { azp: 'client', aud: 'https://api.example' }, {}, 'access'],
    ['an authorised party that is the audience', { azp: 'client', aud: 'client' }, {}, 'unknown'],
    ['service role', { role: 'service_role', iss: 'supabase' }, {}, 'service-key'],
    ['VAPID', { aud: 'https://fcm.googleapis.com', sub: 'mailto:a@example.com', exp: now }, {}, 'public-key-token'],
    ['MapKit JS', { iss: 'ABCDE12345', iat: now, exp: now + 60 }, { kid: 'FGHIJ67890' }, 'public-key-token'],
    ['APNs provider tokens, which are secret', { iss: 'ABCDE12345', iat: now }, { kid: 'FGHIJ67890' }, 'unknown'],
    [
      'the client secret of Sign in with Apple',
      { iss: 'ABCDE12345', sub: 'com.example', aud: 'https://appleid.apple.com', exp: now },
      { kid: 'FGHIJ67890' },
      'client-assertion',
    ],
    [
      'client assertions',
      { iss: 'c', sub: 'c', aud: 'https://as.example/oauth2/token', jti: '1', iat: now, exp: now + 300 },
      {},
      'client-assertion',
    ],
    [
      'an assertion that lives too long to be one',
      { iss: 'c', sub: 'c', aud: 'https://as.example/token', jti: '1', iat: now, exp: now + hours(2) },
      {},
      'unknown',
    ],
    ['a reset link', { purpose: 'password-reset', iat: now, exp: now + hours(1) }, {}, 'one-time'],
    ['nothing telling', { sub: 'ada' }, {}, 'unknown'],
  ])('%s', (_, claims, header, expected) => {
    expect(use(claims, header)).toBe(expected);
  });
  test('a purpose in a link makes it one-time, unless it lives for days', () => {
    const claims = { action: 'open', iat: now, exp: now + minutes(30) };
    expect(use(claims)).toBe('unknown');
    expect(use(claims, {}, inQuery('t'))).toBe('one-time');
    expect(use({ ...claims, exp: now + days(2) }, {}, inQuery('t'))).toBe('unknown');
  });
});

describe('then where it lies', () => {
  test('cookies named for a session, or prefixed', () => {
    for (const name of ['session', 'my_sid', 'connect.sid', '__Secure-auth'])
      expect(use({}, {}, cookie(name))).toBe('session');
    expect(use({}, {}, cookie('sidebar'))).toBe('unknown');
  });
  test('a cookie sent to the issuer', () => {
    expect(use({ iss: 'https://login.app.example/' }, {}, cookie('a'))).toBe('session');
    expect(use({ iss: 'https://notapp.example/' }, {}, cookie('a'))).toBe('unknown');
  });
});

test('a platform that knows is believed', () => {
  const token = decode(jwt({ nonce: 'x' }), 'jws');
  expect(inferUse({ token, facts: { ...unknownFacts, use: 'video-join' }, sightings: [at('id_token')] })).toBe(
    'video-join',
  );
});

test('a credential of a server gets the role, whoever issued it', () => {
  const seen = (claims: JsonObject) => ({ token: decode(jwt(claims), 'jws'), facts: unknownFacts, sightings: [] });
  expect(withUse(seen({ role: 'service_role' }))).toMatchObject({ use: 'service-key', role: 'server' });
  expect(withUse(seen({ role: 'admin' }))).toMatchObject({ use: 'unknown', role: 'unknown' });
});

test('hostile claims and unreadable tokens never throw', () => {
  const odd: JsonObject['x'][] = [null, true, 7, 'x', [], {}, [null, {}], { __proto__: null }];
  const link = { exp: now + 60, iat: now };
  for (const purpose of [{ toString: 1 }, nested(20_000)]) {
    const token = { ...decode(jwt({}), 'jws'), claims: { ...link, purpose } as JsonObject };
    expect(inferUse({ token, facts: unknownFacts, sightings: [] })).toBe('unknown');
  }
  for (const value of odd) {
    const names = ['typ', 'events', 'aud', 'iss', 'sub', 'azp', 'scope', 'purpose', 'exp', 'iat', 'nonce', 'role'];
    const claims = Object.fromEntries(names.map((name) => [name, value])) as JsonObject;
    const token = { ...decode('x', 'damaged'), claims, header: { typ: value ?? null, kid: value ?? null } } as Token;
    expect(typeof inferUse({ token, facts: unknownFacts, sightings: [cookie(''), at(null)] })).toBe('string');
  }
});

function nested(depth: number): JsonObject['x'] {
  let value: JsonObject['x'] = 'reset';
  for (let level = 0; level < depth; level += 1) value = [value ?? null];
  return value ?? null;
}
