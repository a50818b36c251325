import { createHash, createHmac } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dailyDomain } from '../../test/builders/mint/daily.ts';
import { zegocloud, zegoSecret } from '../../test/builders/mint/zegocloud.ts';
import { base64url, hours, now } from '../../test/builders/tokens.ts';
import { outcomes, type StartedProxy, startTestProxy, startUpstream } from '../../test/doubles/proxy-client.ts';
import type { JsonObject } from '../engine/text/json.ts';

const secret = 'a-throw-away-secret-of-the-required-checks-0123456789';
const issuer = 'https://id.example';

/** A JWT of exactly this payload, whatever it says twice or in an odd way. */
function signed(payload: string | JsonObject, header: string | JsonObject = { alg: 'HS256', typ: 'JWT' }): string {
  const text = [header, payload]
    .map((part) => base64url(typeof part === 'string' ? part : JSON.stringify(part)))
    .join('.');
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const jitsi = { aud: 'my_app', iss: 'my_app', sub: 'meet.example', room: 'standup', exp: now + hours(1) };
const livekit = { iss: 'APIkey', sub: 'ada', exp: now + hours(1), video: { roomJoin: true, room: 'standup' } };
const zoom = { app_key: 'k', tpc: 'standup', role_type: 1, version: 1, iat: now - 60, exp: now + hours(1) };
const daily = { r: 'standup', d: dailyDomain, iat: now - 60, exp: now + hours(1) };
const stand = { iss: issuer, sub: 'ada', aud: 'call', iat: now - 60, exp: now + hours(1) };

let proxy: StartedProxy;

beforeAll(async () => {
  proxy = await startTestProxy({
    keys: [
      { provider: 'jitsi', secret, issuer: ['my_app'], domain: 'meet.example' },
      { provider: 'livekit', secret },
      { provider: 'daily', secret, askVendor: false },
      { provider: 'opentok', secret },
      { provider: 'zoom-meeting-sdk', secret },
      { provider: 'zegocloud', secret: zegoSecret },
      { provider: 'oidc', secret, issuer: [issuer] },
    ],
  });
});
afterAll(() => proxy.close());

test.each([
  ['jitsi', jitsi],
  ['livekit', livekit],
  ['oidc', stand],
])('a good token of %s is active, so that what follows fails for its own reason', async (_, claims) => {
  expect(await proxy.ask(signed(claims))).toMatchObject({ active: true, exp: now + hours(1) });
});

describe('times', () => {
  const odd = [
    `"${now - 100}"`,
    `"${now + 1000}"`,
    '""',
    '"never"',
    'null',
    'true',
    'false',
    '{}',
    '[]',
    `[${now + 1000}]`,
    `{"$numberLong":"${now + 1000}"}`,
    '1e400',
    '-1e400',
    '-1',
    `${now + 1000}000`,
    '1e300',
    '"NaN"',
  ];
  const cases = ['exp', 'nbf', 'iat'].flatMap((name) => odd.map((value) => [name, value] as const));

  test.each(cases)('a token whose `%s` is %s is not active', async (name, value) => {
    for (const claims of [
      { ...daily, nbf: now - 60 },
      { ...stand, nbf: now - 60 },
    ]) {
      const { [name]: _, ...rest } = claims as JsonObject;
      const reply = await proxy.ask(signed(`${JSON.stringify(rest).slice(0, -1)},"${name}":${value}}`));
      expect(reply.active).toBe(false);
      expect(outcomes(reply).time).toBe('failed');
    }
  });

  test.each([
    [{ exp: now - 100 }, false],
    [{ exp: now - 59 }, true],
    [{ exp: now - 60 }, false],
    [{ exp: now + 0.5 }, true],
    [{ exp: 0 }, false],
    [{ nbf: now + 61 }, false],
    [{ nbf: now + 60 }, true],
    [{ exp: 253_402_300_799 }, true],
  ])('%j: active is %s', async (times, active) => {
    expect((await proxy.ask(signed({ ...stand, ...times }))).active).toBe(active);
  });

  test('a token without an expiry is good for ever, as its platform says', async () => {
    const { exp: _, ...endless } = jitsi;
    const reply = await proxy.ask(signed(endless));
    expect([reply.active, outcomes(reply).time]).toEqual([true, 'passed']);
  });

  test('the earliest of several ends counts', async () => {
    const ends = { exp: now + hours(2), tokenExp: now - 100 };
    expect((await proxy.ask(signed({ ...zoom, ...ends, appKey: 'k', sdkKey: 'k', mn: '123', role: 0 }))).active).toBe(
      false,
    );
    const opentok = {
      iss: '1234567',
      ist: 'project',
      scope: 'session.connect',
      session_id: '2_MX4xMjM0NTY3fn4-',
      role: 'publisher',
      create_time: now - 200,
      iat: now - 200,
    };
    const times = (more: JsonObject) => proxy.ask(signed({ ...opentok, ...more }), { provider: 'opentok' });
    expect((await times({ exp: now + 60, expire_time: now + 60 })).active).toBe(true);
    expect((await times({ exp: now + 60, expire_time: now - 100 })).active).toBe(false);
    expect((await times({ exp: String(now - 100), expire_time: now + 60 })).active).toBe(false);
    expect((await times({ exp: now + 60, expire_time: 'later' })).active).toBe(false);
  });

  test('an expiry written outside of what is encrypted counts for nothing', async () => {
    const good = (await zegocloud.guest?.()) ?? '';
    expect(await proxy.ask(good)).toMatchObject({ active: true });
    for (const expire of [now + hours(500), now + hours(1) + 1]) {
      const bytes = Buffer.from(good.slice(2), 'base64');
      bytes.writeBigInt64BE(BigInt(expire), 0);
      expect(await proxy.ask(`04${bytes.toString('base64')}`)).toMatchObject({ active: false });
    }
  });
});

describe('what reads in two ways', () => {
  const text = JSON.stringify(stand);
  const many = Array.from({ length: 60 }, (_, at) => `"n${at}":90071992547409930${at}`).join(',');

  test.each([
    ['`exp` twice', `${text.slice(0, -1)},"exp":${now - 100}}`],
    ['`exp` twice, spelled in two ways', `${text.slice(0, -1)},"\\u0065xp":${now - 100}}`],
    ['`sub` twice', `{"sub":"grace",${text.slice(1)}`],
    ['a member twice deep inside', `${text.slice(0, -1)},"context":{"user":{"id":"1","id":"2"}}}`],
    ['`exp` twice behind many oddities', `{${many},"exp":${now - 100},${text.slice(1)}`],
    ['a byte order mark', `\ufeff${text}`],
  ])('%s is not active', async (_, payload) => {
    const reply = await proxy.ask(signed(payload));
    expect(reply.active).toBe(false);
    expect(outcomes(reply).signature).toBeUndefined();
  });

  test('UTF-16, padding, unused bits and two algorithms are not active', async () => {
    const header = base64url('{"alg":"HS256","typ":"JWT"}');
    const make = (first: string, second: string) =>
      `${first}.${second}.${createHmac('sha256', secret).update(`${first}.${second}`).digest('base64url')}`;
    const utf16 = Buffer.from(text, 'utf16le').toString('base64url');
    const good = make(header, base64url(text));
    const last = good.at(-1) ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const sibling = alphabet.charAt(alphabet.indexOf(last) | 1);
    for (const token of [
      make(header, utf16),
      make(header, Buffer.from(text.padEnd(Math.ceil(text.length / 3) * 3 + 1)).toString('base64')),
      make(base64url('{"alg":"none","alg":"HS256"}'), base64url(text)),
      make(base64url('{"alg":"HS256","alg":"none"}'), base64url(text)),
      good.slice(0, -1) + (sibling === last ? alphabet.charAt(alphabet.indexOf(last) ^ 1) : sibling),
      `${good}=`,
    ]) {
      expect(await proxy.ask(token)).toMatchObject({ active: false });
    }
    expect(await proxy.ask(good)).toMatchObject({ active: true });
  });

  test.each(['none', 'None', 'NONE', 'nOnE', '', ' none', 'HS256 ', 'hs256', 'HS1', 'RS256', 'ES256'])(
    'the algorithm %j is not active, with and without a signature',
    async (alg) => {
      const token = signed(jitsi, { alg, typ: 'JWT' });
      expect(await proxy.ask(token)).toMatchObject({ active: false });
      expect(await proxy.ask(`${token.split('.').slice(0, 2).join('.')}.`)).toMatchObject({ active: false });
    },
  );

  test.each([
    { crit: ['exp'] },
    { crit: ['b64'], b64: false },
    { b64: false },
    { kid: 7 },
    { kid: ['a'] },
    { typ: 7 },
    { zip: 'DEF' },
  ] satisfies JsonObject[])('the header %j is not active', async (header) => {
    expect(await proxy.ask(signed(stand, { alg: 'HS256', ...header }))).toMatchObject({ active: false });
  });
});

describe('rooms', () => {
  test.each([
    ['the one it names', jitsi, 'standup', true, 'passed'],
    ['the same in capitals, where the platform folds case', jitsi, 'StandUp', true, 'passed'],
    ['the same in capitals, where it does not', livekit, 'StandUp', false, 'failed'],
    ['another', jitsi, 'retro', false, 'failed'],
    ['any, with a token for all rooms', { ...jitsi, room: '*' }, 'retro', true, 'passed'],
    [
      'any, with a Daily token that names none',
      { d: dailyDomain, o: true, iat: now, exp: now + 60 },
      'retro',
      true,
      'passed',
    ],
    ['any, with a token of a server that wants one named', { ...jitsi, room: undefined }, 'retro', false, undefined],
    ['any, with a LiveKit token that names none', { ...livekit, video: { roomJoin: true } }, 'retro', false, 'failed'],
    [
      'any, with a token whose room is no text',
      { ...livekit, video: { roomJoin: true, room: 7 } },
      'retro',
      false,
      'failed',
    ],
    ['any, with a sign-in token', stand, 'retro', false, 'not-checked'],
    [
      'one that its pattern fits',
      { ...jitsi, room: 'team%-%d+', context: { room: { regex: true } } },
      'team-7',
      true,
      'passed',
    ],
    [
      'one that its pattern does not fit',
      { ...jitsi, room: 'team%-%d+', context: { room: { regex: true } } },
      'x',
      false,
      'failed',
    ],
    [
      'one that only a part of its pattern names',
      { ...jitsi, room: '(a)%1', context: { room: { regex: true } } },
      'aa',
      false,
      'failed',
    ],
  ] as [string, JsonObject, string, boolean, string | undefined][])(
    'asked for %s',
    async (_, claims, room, active, outcome) => {
      const reply = await proxy.ask(signed(claims), { room });
      expect([reply.active, outcomes(reply).room]).toEqual([active, outcome]);
    },
  );

  test('a forged token’s pattern is not looked at, and a slow one is quick', async () => {
    const slow = { ...jitsi, room: '.*.*.*b$', context: { room: { regex: true } } };
    const forged = `${signed(slow).split('.').slice(0, 2).join('.')}.${'A'.repeat(43)}`;
    const room = 'a'.repeat(250);
    expect(outcomes(await proxy.ask(forged, { room }))).toMatchObject({ signature: 'failed', room: 'not-checked' });
    for (const pattern of ['.*.*.*b$', '.-.-.-b$', 'a*a*a*b', '[^b]+[^b]+[^b]+b', '.*a.*a.*b']) {
      const reply = await proxy.ask(signed({ ...slow, room: pattern }), { room });
      expect([reply.active, outcomes(reply).room]).toEqual([false, 'failed']);
    }
  });
});

describe('issuers', () => {
  test('who is configured is required; where nobody is, the key alone decides', async () => {
    expect(outcomes(await proxy.ask(signed(jitsi))).issuer).toBe('passed');
    expect(await proxy.ask(signed({ ...jitsi, iss: 'other' }))).toMatchObject({ active: false });
    expect(await proxy.ask(signed({ ...jitsi, iss: ['my_app'] }))).toMatchObject({ active: false });
    const reply = await proxy.ask(signed(livekit));
    expect([reply.active, outcomes(reply).issuer]).toEqual([true, 'not-checked']);
  });

  test('who issued a token is said by `iss` where there is one, and by nothing beside it', async () => {
    for (const sub of ['my_app', 'other']) {
      const reply = await proxy.ask(signed({ ...jitsi, iss: 'other', sub }));
      expect([reply.active, outcomes(reply).issuer]).toEqual([false, 'failed']);
    }
    for (const iss of [null, '', 7, ['my_app'], {}] as JsonObject[string][]) {
      expect(await proxy.ask(signed({ ...jitsi, iss, sub: 'my_app' }))).toMatchObject({ active: false });
    }
    const pinned = await startTestProxy({
      keys: [{ provider: 'daily', secret, askVendor: false, issuer: [dailyDomain] }],
    });
    const named = (d: string) => pinned.ask(signed({ r: 'standup', d, o: true, iat: now, exp: now + 60 }));
    expect(await named(dailyDomain)).toMatchObject({ active: true });
    expect(await named('30f866c3-0000-0000-0000-ff58322d09c5')).toMatchObject({ active: false });
    await pinned.close();
  });

  test('the check tells of the key that verified', async () => {
    const two = await startTestProxy({
      keys: [
        { provider: 'livekit', secret: `${secret}-of-another`, issuer: ['APIkey'] },
        { provider: 'livekit', secret },
      ],
    });
    const reply = await two.ask(signed(livekit));
    expect([reply.active, outcomes(reply).issuer]).toEqual([true, 'not-checked']);
    await two.close();
  });

  test('the hint of a platform brings no other platform’s key into play', async () => {
    const foreign = await startTestProxy({ keys: [{ provider: 'daily', secret, askVendor: false }] });
    for (const provider of ['daily', 'jitsi', 'livekit', 'oidc', 'nobody', '__proto__']) {
      expect(await foreign.ask(signed(livekit), { provider })).toMatchObject({ active: false });
      expect(await foreign.ask(signed(stand), { provider })).toMatchObject({ active: false });
    }
    await foreign.close();
  });

  test.each([
    ['jitsi', 'as JaaS writes them', { ...jitsi, iss: 'chat', aud: 'jitsi' }, 'jaas'],
    ['stream', 'as Stream Chat writes them', { user_id: 'ada', iat: now, exp: now + 60 }, 'stream-chat'],
  ] as const)(
    'a token of %s whose claims are %s is judged by the key there is, whatever the hint',
    async (provider, _, claims, lookalike) => {
      const one = await startTestProxy({ keys: [{ provider, secret }] });
      for (const hint of [{}, { provider }, { provider: lookalike }]) {
        expect(await one.ask(signed(claims), hint)).toMatchObject({ active: true, roomkey: { provider } });
      }
      await one.close();
      const both = await startTestProxy({
        keys: [
          { provider, secret },
          { provider: lookalike, secret: `${secret}-of-another` },
        ],
      });
      expect(await both.ask(signed(claims), { provider })).toMatchObject({ active: true, roomkey: { provider } });
      await both.close();
    },
  );

  test('where a platform has its own key, a sign-in service’s does not make its tokens', async () => {
    const both = await startTestProxy({
      keys: [
        { provider: 'jitsi', secret: `${secret}-of-jitsi` },
        { provider: 'oidc', secret, issuer: [issuer] },
      ],
    });
    for (const provider of [undefined, 'jitsi', 'oidc', 'keycloak', 'nobody']) {
      const hint = provider === undefined ? {} : { provider };
      for (const claims of [jitsi, { ...jitsi, scope: 'openid', typ: 'Bearer', azp: 'web', realm_access: {} }]) {
        expect(await both.ask(signed({ ...claims, iss: issuer }), hint)).toMatchObject({ active: false });
      }
    }
    expect(await both.ask(signed(stand))).toMatchObject({ active: true });
    await both.close();
  });

  test('behind a shared key set only `iss` says whose a token is', async () => {
    const keys = await startUpstream((_, response) => response.writeHead(404).end());
    const shared = await startTestProxy({ keys: [{ provider: 'jitsi', jwks: `${keys.url}/jwks`, issuer: ['mine'] }] });
    const reply = await shared.ask(
      signed({ ...jitsi, iss: 'theirs', sub: 'mine' }, { alg: 'HS256', typ: 'JWT', kid: 'k1' }),
    );
    expect(outcomes(reply).issuer).toBe('failed');
    expect(keys.asked).toEqual([]);
    await Promise.all([shared.close(), keys.close()]);
  });
});

describe('selective disclosure', () => {
  const disclosure = (name: string, value: JsonObject[string]) => base64url(JSON.stringify(['salt', name, value]));
  const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
  const sd = (claims: JsonObject, ...disclosures: string[]) =>
    `${signed({ ...claims, _sd: disclosures.map(digest) }, { alg: 'HS256', typ: 'dc+sd-jwt' })}~${disclosures.map((one) => `${one}~`).join('')}`;

  test('what is signed counts, what is disclosed beside it never decides', async () => {
    const name = disclosure('name', 'Ada');
    expect(await proxy.ask(sd(stand, name))).toMatchObject({ active: true });
    const { exp: _, ...endless } = stand;
    for (const token of [
      sd(endless),
      sd(endless, name),
      sd(endless, disclosure('exp', now + 60)),
      sd(stand, disclosure('exp', now + 60)),
      sd(stand, disclosure('nbf', now)),
      sd({ ...stand, iss: 'https://evil.example' }, disclosure('iss', issuer)),
      sd(stand, disclosure('sub', 'eve')),
      `${sd(stand)}${name}~`,
      `${sd(stand, name)}${name}~`,
    ]) {
      expect(await proxy.ask(token)).toMatchObject({ active: false });
    }
  });

  test('a room that may be withheld is not any room', async () => {
    const anyRoom = { d: dailyDomain, o: true, iat: now, exp: now + 60 };
    const digests = [digest(disclosure('r', 'standup'))];
    const ask = (claims: JsonObject) => proxy.ask(`${signed(claims)}~`, { room: 'retro' });
    expect(await ask({ ...anyRoom, _sd: [] })).toMatchObject({ active: false });
    expect(await ask({ ...anyRoom, _sd: digests })).toMatchObject({ active: false });
    expect(await ask({ ...anyRoom, p: { _sd: digests } })).toMatchObject({ active: false });
    expect(await ask(anyRoom)).toMatchObject({ active: true });
    expect(await ask({ ...anyRoom, r: 'retro', _sd: digests })).toMatchObject({ active: true });
    // Jitsi's own server takes three parts only.
    expect(await ask({ ...jitsi, room: '*', _sd: digests })).toMatchObject({ active: false });
  });

  test.each(['valueOf', 'toString', '__proto__', 'constructor', 'sha-256 ', 'md5', 7, null, {}, []])(
    'the hash %j is answered, and not active',
    async (hash) => {
      const name = disclosure('name', 'Ada');
      const token = `${signed({ ...stand, _sd_alg: hash as string, _sd: [digest(name)] })}~${name}~`;
      const response = await proxy.post(new URLSearchParams({ token }));
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ active: false });
    },
  );
});

describe('key binding', () => {
  const iat = now;
  const issued = async (cnf: JsonObject | undefined) => `${signed({ ...stand, ...(cnf ? { cnf } : {}) })}~`;
  const bind = (presented: string, key: CryptoKey, more: JsonObject = {}, typ = 'kb+jwt') =>
    new SignJWT({
      iat,
      aud: 'call',
      nonce: 'n',
      sd_hash: createHash('sha256').update(presented).digest('base64url'),
      ...more,
    })
      .setProtectedHeader({ alg: 'ES256', typ })
      .sign(key);

  test('it must be by the named key and over the token, where it is there', async () => {
    const holder = await generateKeyPair('ES256', { extractable: true });
    const thief = await generateKeyPair('ES256', { extractable: true });
    const presented = await issued({ jwk: (await exportJWK(holder.publicKey)) as JsonObject });
    const unbound = await issued(undefined);
    expect(await proxy.ask(presented)).toMatchObject({ active: true });
    expect(await proxy.ask(presented + (await bind(presented, holder.privateKey)))).toMatchObject({ active: true });
    for (const token of [
      presented + (await bind(presented, thief.privateKey)),
      presented + (await bind(unbound, holder.privateKey)),
      presented + (await bind(presented, holder.privateKey, { sd_hash: 7 })),
      presented + (await bind(presented, holder.privateKey, {}, 'JWT')),
      unbound + (await bind(unbound, holder.privateKey)),
    ]) {
      expect(await proxy.ask(token)).toMatchObject({ active: false });
    }
  });
});

describe('the JSON form', () => {
  const payload = base64url(JSON.stringify(stand));
  const part = (header: JsonObject, over: string = payload) => {
    const written = base64url(JSON.stringify(header));
    return {
      protected: written,
      signature: createHmac('sha256', secret).update(`${written}.${over}`).digest('base64url'),
    };
  };
  const good = part({ alg: 'HS256' });

  test('one good signature makes the signed payload count, and no header beside it', async () => {
    expect(await proxy.ask(JSON.stringify({ payload, ...good }))).toMatchObject({ active: true });
    expect(
      await proxy.ask(JSON.stringify({ payload, signatures: [{ ...good, signature: 'AAAA' }, good] })),
    ).toMatchObject({
      active: true,
    });
    const { protected: _, ...naked } = part({ alg: 'HS256' });
    for (const json of [
      { payload: base64url(JSON.stringify({ ...stand, sub: 'eve' })), ...good },
      { payload, ...naked, header: { alg: 'HS256' } },
      { payload, signatures: [{ ...good, signature: 'AAAA' }] },
      { payload, ...good, header: { alg: 'HS256' } },
      { payload, ...good, header: { kb_jwt: 'unsigned' } },
    ]) {
      expect(await proxy.ask(JSON.stringify(json))).toMatchObject({ active: false });
    }
    const twice = JSON.stringify({ payload: 'e30', ...good }).replace('{', `{"payload":"${payload}",`);
    expect(await proxy.ask(twice)).toMatchObject({ active: false });
    const other = JSON.stringify({ ...good, payload }).replace('{', '{"payload":"e30",');
    expect(await proxy.ask(other)).toMatchObject({ active: false });
  });

  test('a configured key id must be the signed one', async () => {
    const pinned = await startTestProxy({ keys: [{ provider: 'oidc', secret, issuer: [issuer], kid: 'k1' }] });
    expect(await pinned.ask(JSON.stringify({ payload, ...part({ alg: 'HS256', kid: 'k1' }) }))).toMatchObject({
      active: true,
    });
    expect(await pinned.ask(JSON.stringify({ payload, ...good, header: { kid: 'k1' } }))).toMatchObject({
      active: false,
    });
    const mixed = {
      payload,
      signatures: [{ ...part({ alg: 'HS256', kid: 'k1' }), signature: 'AAAA' }, part({ alg: 'HS256', kid: 'k2' })],
    };
    expect(await pinned.ask(JSON.stringify(mixed))).toMatchObject({ active: false });
    await pinned.close();
  });
});

describe('what is no join token', () => {
  test.each([
    ['an empty object', signed({})],
    ['a list', signed('[]')],
    ['text', signed('hello, this is text')],
    ['a token in a token', signed(signed(stand))],
    ['null', signed('null')],
    ['only an expiry', signed({ exp: now + 60 })],
    [
      'an encrypted token',
      `${base64url('{"alg":"dir","enc":"A256GCM"}')}..AAAAAAAAAAAAAAAA.AAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA`,
    ],
  ])('%s is not active', async (_, token) => {
    for (const provider of ['jitsi', 'livekit', 'oidc']) {
      expect(await proxy.ask(token, { provider })).toMatchObject({ active: false });
    }
  });
});
