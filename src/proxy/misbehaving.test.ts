import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dailyDomain } from '../../test/builders/mint/daily.ts';
import { hours, jwt, now } from '../../test/builders/tokens.ts';
import { outcomes, type StartedProxy, startTestProxy, startUpstream } from '../../test/doubles/proxy-client.ts';

const apiKey = 'daily-api-key-of-the-test-0123456789';
const rsa = await generateKeyPair('RS256', { extractable: true });
const jwk = { ...(await exportJWK(rsa.publicKey)), kid: 'k1' };
const well = '/.well-known/openid-configuration';

let upstream: Awaited<ReturnType<typeof startUpstream>>;
/** What answers at the address that is tried; null for a good answer. */
let misbehaves: Behaviour | null = null;
let tried: (path: string) => boolean = () => false;

type Behaviour = (response: ServerResponse, good: string) => void;

/** Deadlines of the questions under way: what would take its time ends them instead. */
const deadlines: AbortController[] = [];
const timeIsUp = () => deadlines.at(-1)?.abort(new DOMException('The time is up.', 'TimeoutError'));

/** Writes without end, as fast as it is read. */
function pour(response: ServerResponse, piece: string): void {
  while (!response.destroyed && response.write(piece));
  response.once('drain', () => pour(response, piece));
}

const behaviours: Record<string, Behaviour> = {
  'never answers': () => timeIsUp(),
  'answers, and never tells what': (response) => {
    response.writeHead(200).flushHeaders();
    setImmediate(timeIsUp);
  },
  'answers a letter at a time': (response, good) => {
    response
      .writeHead(200)
      .write(good.slice(0, 1), () => response.write(good.slice(1, 2), () => setImmediate(timeIsUp)));
  },
  'answers without end': (response) => pour(response.writeHead(200), ' '.repeat(16_384)),
  'answers ten megabytes': (response) => void response.end(`{"keys":[${'{},'.repeat(3_400_000)}{}]}`),
  'packs a bomb': (response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(' '.repeat(50_000_000)));
  },
  'is cut off': (response, good) => {
    response.writeHead(200, { 'content-length': String(good.length) });
    response.write(good.slice(0, 20), () => response.destroy());
  },
  'hangs up': (response) => void response.destroy(),
  'speaks another language': (response) => void response.socket?.end('220 mail.example ESMTP\r\n'),
  'has headers without end': (response) => void response.writeHead(200, { x: 'x'.repeat(100_000) }).end(),
  'sends elsewhere': (response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
  'sends elsewhere for good': (response) => void response.writeHead(308, { location: '/elsewhere' }).end(),
  'answers a page': (response) => void response.end('<!doctype html><title>Sign in</title>'),
  'answers half of it': (response, good) => void response.end(good.slice(0, good.length >> 1)),
  'answers nothing': (response) => void response.end(),
  'has nothing to say': (response) => void response.writeHead(204).end(),
  'answers a number': (response) => void response.end('7'),
  'answers null': (response) => void response.end('null'),
  'answers in another character set': (response, good) => void response.end(Buffer.from(good, 'utf16le')),
  'nests without end': (response) => void response.end('['.repeat(30_000)),
  'has gone': (response) => void response.writeHead(410).end(),
  fails: (response) => void response.writeHead(500).end(),
  'is busy': (response) => void response.writeHead(429, { 'retry-after': '99999999999' }).end(),
};

beforeAll(async () => {
  upstream = await startUpstream(({ url = '' }, response) => {
    const good = answerAt(url);
    if (misbehaves && tried(url)) return misbehaves(response, good);
    return good === '' ? response.writeHead(404).end() : response.end(good);
  });
});
afterAll(() => upstream.close());
beforeEach(() => {
  upstream.asked.length = 0;
  deadlines.length = 0;
  misbehaves = null;
});

function answerAt(path: string): string {
  if (path === '/keys') return JSON.stringify({ keys: [jwk] });
  if (path === well) return JSON.stringify({ issuer: upstream.url, jwks_uri: `${upstream.url}/keys` });
  if (path === '/v1/') return JSON.stringify({ domain_name: 'northwind', domain_id: dailyDomain, config: {} });
  return path.startsWith('/v1/meeting-tokens/') ? JSON.stringify({ room_name: 'standup', is_owner: false }) : '';
}

function start(keys: object[]): Promise<StartedProxy> {
  const deadline = () => {
    const controller = new AbortController();
    deadlines.push(controller);
    return controller.signal;
  };
  return startTestProxy({ keys }, { sleep: () => Promise.resolve(), deadline });
}

const signed = () =>
  new SignJWT({ iss: upstream.url, sub: 'ada', exp: now + hours(2) })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .sign(rsa.privateKey);
const meeting = async () => jwt({ r: 'standup', d: dailyDomain, iat: now - 60, exp: now + hours(2) }, {}, apiKey);

/** Who is asked while a token is judged, what of it cannot be checked when that goes wrong, and a token to ask about. */
const roles = [
  {
    who: 'a key set',
    check: 'signature',
    tried: (path: string) => path === '/keys',
    keys: () => [{ provider: 'oidc', jwks: `${upstream.url}/keys`, issuer: [upstream.url] }],
    token: signed,
  },
  {
    who: 'an issuer',
    check: 'signature',
    tried: (path: string) => path === well,
    keys: () => [{ provider: 'oidc', discovery: upstream.url }],
    token: signed,
  },
  {
    who: 'the key set that an issuer names',
    check: 'signature',
    tried: (path: string) => path === '/keys',
    keys: () => [{ provider: 'oidc', discovery: upstream.url }],
    token: signed,
  },
  {
    who: 'a key server',
    check: 'signature',
    tried: (path: string) => path.endsWith('.pem'),
    keys: () => [{ provider: 'oidc', keyServer: upstream.url, issuer: [upstream.url] }],
    token: signed,
    /** It serves no key here, so there is nothing to be good again. */
    isNeverGood: true,
  },
  {
    who: 'Daily',
    check: 'vendor',
    tried: (path: string) => path.startsWith('/v1/'),
    keys: () => [{ provider: 'daily', secret: apiKey, upstream: `${upstream.url}/v1` }],
    token: meeting,
  },
];

describe.each(roles)('$who', ({ check, tried: isTried, keys, token, isNeverGood }) => {
  test.each(Object.entries(behaviours))(
    '%s: the token is not at fault, and nobody else waits',
    async (_, behaviour) => {
      const proxy = await start(keys());
      tried = isTried;
      misbehaves = behaviour;
      const asked = proxy.ask(await token());
      expect(await (await fetch(`${proxy.url}/healthz`)).json()).toEqual({ status: 'ok' });
      const reply = await asked;
      expect([reply.active, outcomes(reply)[check]]).toEqual([false, 'not-checked']);
      const reason = reply.roomkey?.checks.find(({ name }) => name === check)?.reason ?? '';
      expect(reason).toMatch(/^\S.{10,200}\.$|^\S.{10,200}\?$/);
      expect(reason).not.toContain(apiKey);
      expect(upstream.asked).not.toContain('/elsewhere');
      expect(upstream.asked.filter(isTried).length).toBeLessThanOrEqual(6);
      expect(proxy.log.filter(({ event }) => event === 'error')).toEqual([]);
      if (!isNeverGood) {
        misbehaves = null;
        proxy.clock.now += 31;
        expect(await proxy.ask(await token())).toMatchObject({ active: true });
      }
      await proxy.close();
    },
  );
});

describe('a key set', () => {
  const sets: [string, () => object[], boolean][] = [
    ['the one key', () => [jwk], true],
    ['a key that is none beside it', () => [{ kty: 'RSA' }, { kty: 'X' }, jwk], true],
    ['members that are no objects', () => [null as never, 7 as never, 'x' as never, jwk], true],
    [
      'ninety-nine others',
      () => [...Array.from({ length: 99 }, (_, at) => ({ ...jwk, kid: `other-${at}` })), jwk],
      true,
    ],
    [
      'more than a hundred keys',
      () => [...Array.from({ length: 100 }, (_, at) => ({ ...jwk, kid: `other-${at}` })), jwk],
      false,
    ],
    ['a key for encryption only', () => [{ ...jwk, use: 'enc' }], false],
    ['a key of another algorithm only', () => [{ ...jwk, alg: 'RS512' }], false],
    ['a shared secret only', () => [{ kty: 'oct', kid: 'k1', k: 'AAAA' }], false],
    ['a modulus of 40,000 digits', () => [{ ...jwk, n: 'x'.repeat(40_000) }], false],
    ['an exponent of 40,000 digits', () => [{ ...jwk, e: 'x'.repeat(40_000) }], false],
    ['an exponent of one', () => [{ ...jwk, e: 'AQ' }], false],
    ['no keys', () => [], false],
  ];

  test.each(sets)('that holds %s', async (_, keysIn, isActive) => {
    tried = (path) => path === '/keys';
    misbehaves = (response) => void response.end(JSON.stringify({ keys: keysIn() }));
    const proxy = await start([{ provider: 'oidc', jwks: `${upstream.url}/keys`, issuer: [upstream.url] }]);
    const reply = await proxy.ask(await signed());
    expect(reply.active).toBe(isActive);
    expect(proxy.log.filter(({ event }) => event === 'error')).toEqual([]);
    await proxy.close();
  });

  test('that holds a secret lends it to no token', async () => {
    const secret = 'a-secret-that-is-published-by-mistake-0123456789';
    tried = (path) => path === '/keys';
    misbehaves = (response) =>
      void response.end(
        JSON.stringify({
          keys: [{ kty: 'oct', kid: 'k1', alg: 'HS256', k: Buffer.from(secret).toString('base64url') }],
        }),
      );
    const proxy = await start([{ provider: 'oidc', jwks: `${upstream.url}/keys`, issuer: [upstream.url] }]);
    const forged = jwt({ iss: upstream.url, sub: 'ada', exp: now + hours(1) }, { kid: 'k1' }, secret);
    expect((await proxy.ask(forged)).active).toBe(false);
    await proxy.close();
  });
});

describe('an issuer', () => {
  const lies: [string, (says: Record<string, unknown>) => Record<string, unknown>][] = [
    ['is another one', (says) => ({ ...says, issuer: 'https://id.example' })],
    ['is this one with another case', (says) => ({ ...says, issuer: upstream.url.toUpperCase() })],
    ['is a list of issuers', (says) => ({ ...says, issuer: [upstream.url] })],
    ['is nobody', ({ issuer: _, ...says }) => says],
    ['has its keys nowhere', ({ jwks_uri: _, ...says }) => says],
    ['has its keys in a list', (says) => ({ ...says, jwks_uri: [says.jwks_uri] })],
    ['has its keys in a file', (says) => ({ ...says, jwks_uri: 'file:///etc/passwd' })],
    ['has its keys in the address itself', (says) => ({ ...says, jwks_uri: 'data:application/json,{"keys":[]}' })],
    ['has its keys on plain HTTP elsewhere', (says) => ({ ...says, jwks_uri: 'http://id.example/keys' })],
    ['has its keys behind a password', (says) => ({ ...says, jwks_uri: 'https://user:secret@id.example/keys' })],
    ['has its keys at what is no address', (says) => ({ ...says, jwks_uri: 'keys' })],
  ];

  test.each(lies)('that says it %s is not believed, and nothing else is fetched', async (_, lie) => {
    tried = (path) => path === well;
    misbehaves = (response, good) => void response.end(JSON.stringify(lie(JSON.parse(good))));
    const proxy = await start([{ provider: 'oidc', discovery: upstream.url }]);
    const reply = await proxy.ask(await signed());
    expect([reply.active, outcomes(reply).signature]).toEqual([false, 'not-checked']);
    expect(upstream.asked).toEqual([well]);
    await proxy.close();
  });

  test('elsewhere has nothing on this machine asked', async () => {
    const issuer = 'https://id.example';
    const fetched: string[] = [];
    const proxy = await startTestProxy(
      { keys: [{ provider: 'oidc', discovery: issuer }] },
      {
        sleep: () => Promise.resolve(),
        fetch: async (input) => {
          fetched.push(String(input));
          return new Response(JSON.stringify({ issuer, jwks_uri: `${upstream.url}/keys` }));
        },
      },
    );
    const token = await new SignJWT({ iss: issuer, sub: 'ada', exp: now + hours(1) })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .sign(rsa.privateKey);
    const reply = await proxy.ask(token);
    expect([reply.active, outcomes(reply).signature]).toEqual([false, 'not-checked']);
    expect(fetched).toEqual([`${issuer}${well}`]);
    await proxy.close();
  });
});
