import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { jitsiToken } from '../../test/builders/mint/jitsi.ts';
import { livekitSecret } from '../../test/builders/mint/livekit.ts';
import { hours, jwt, now, rawJwt } from '../../test/builders/tokens.ts';
import { startDailyApi } from '../../test/doubles/daily-api.ts';
import type { JsonObject } from '../engine/text/json.ts';
import { encodeRequest, type IntrospectionRequest, parseReply } from '../introspection/reply.ts';
import { configFrom, parseConfig } from './config.ts';
import { type RunningProxy, startProxy } from './main.ts';
import { type LogEntry, realSurroundings } from './surroundings.ts';

const apiKey = 'daily-api-key-of-the-test-0123456789';
const accessKey = 'access-key-of-the-test-0123456789';
const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
const domainId = '30f866c3-9123-452a-8723-ff58322d09c5';
const log: LogEntry[] = [];
const surroundings = {
  ...realSurroundings,
  now: () => now,
  // Pauses cost nothing, so that as many tries fit the deadline on a busy machine as on a quiet one.
  sleep: () => Promise.resolve(),
  log: (entry: LogEntry) => void log.push(entry),
};

/** The published description; replies and errors are held against it. */
const openapi = parseYaml(readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(openapi, 'openapi');
const described = (name: string, value: unknown) => {
  ajv.validate(`openapi#/components/schemas/${name}`, value);
  return ajv.errors ?? [];
};

let daily: Awaited<ReturnType<typeof startDailyApi>>;
let proxy: RunningProxy;
/** The same, for vendors that never answer. */
let hasty: RunningProxy;

beforeAll(async () => {
  daily = await startDailyApi({ apiKey, domainId, now: () => now });
  const config = {
    accessKeys: [accessKey],
    origins: [origin],
    port: 0,
    cacheSeconds: 0,
    requestsPerMinute: 1000,
    maxBodyBytes: 100_000,
    keys: [{ provider: 'daily', secret: apiKey, upstream: daily.url }],
  };
  proxy = await startProxy(parseConfig({ ...config, upstreamTimeoutMs: 20_000 }), surroundings);
  hasty = await startProxy(parseConfig({ ...config, upstreamTimeoutMs: 500 }), surroundings);
});
afterAll(async () => {
  await Promise.all([proxy.close(), hasty.close()]);
  await daily.close();
});
beforeEach(() => {
  daily.state.fault = 'none';
  daily.state.requests = 0;
});

const meetingToken = (claims: JsonObject = {}, key = apiKey) =>
  jwt({ r: 'standup', d: domainId, o: true, iat: now - 60, exp: now + hours(1), ...claims }, {}, key);

function post(body: BodyInit, headers: Record<string, string> = {}, { url } = proxy) {
  return fetch(`${url}/introspect`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${accessKey}`, ...headers },
  });
}

async function introspect(request: IntrospectionRequest & { ignore_nbf?: string }, asked = proxy) {
  const form = encodeRequest(request);
  if (request.ignore_nbf) form.set('ignore_nbf', request.ignore_nbf);
  const response = await post(form, {}, asked);
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(described('IntrospectionReply', JSON.parse(text))).toEqual([]);
  return parseReply(text);
}

const outcomes = (reply: Awaited<ReturnType<typeof introspect>>) =>
  Object.fromEntries(reply.roomkey?.checks.map(({ name, outcome }) => [name, outcome]) ?? []);

test('a good token is active, by its signature and by the vendor', async () => {
  const reply = await introspect({ token: meetingToken(), room: 'Standup' });
  expect(reply).toMatchObject({ active: true, exp: now + hours(1), roomkey: { provider: 'daily' } });
  expect(outcomes(reply)).toEqual({
    shape: 'passed',
    time: 'passed',
    issuer: 'not-checked',
    signature: 'passed',
    room: 'passed',
    vendor: 'passed',
  });
});

test.each([
  ['expired', () => meetingToken({ exp: now - hours(1) }), {}, { time: 'failed' }],
  ['not valid yet', () => meetingToken({ nbf: now + hours(1), exp: now + hours(2) }), {}, { time: 'failed' }],
  ['for another room', () => meetingToken(), { room: 'retro' }, { room: 'failed' }],
  [
    'unsecured',
    () => rawJwt({ alg: 'none', typ: 'JWT' }, { r: 'standup', d: domainId }, ''),
    {},
    { signature: 'failed' },
  ],
  ['not a token', () => 'hello', {}, { shape: 'failed' }],
])('a token that is %s is not active and costs no vendor call', async (_, token, hints, failed) => {
  const reply = await introspect({ token: token(), ...hints });
  expect(reply.active).toBe(false);
  expect(outcomes(reply)).toMatchObject(failed);
  expect(daily.state.requests).toBe(0);
});

test('a token of another domain is refused by the vendor, with the vendor’s words', async () => {
  const reply = await introspect({ token: meetingToken({ d: '00000000-0000-4000-8000-000000000000' }) });
  expect(reply.active).toBe(false);
  expect(reply.roomkey?.checks.find(({ name }) => name === 'vendor')).toEqual({
    name: 'vendor',
    outcome: 'failed',
    reason: expect.stringContaining('refuses the token: token is for another domain'),
  });
});

test('a token that starts later can be judged ahead of time', async () => {
  const token = meetingToken({ nbf: now + hours(1), exp: now + hours(2) });
  expect(await introspect({ token, ignore_nbf: 'true' })).toMatchObject({ active: true });
});

test('a token for rooms by a pattern is judged by the pattern', async () => {
  const patterned = await startProxy(
    parseConfig({
      accessKeys: [accessKey],
      port: 0,
      keys: [{ provider: 'jitsi', secret: apiKey, domain: 'meet.example.com' }],
    }),
    surroundings,
  );
  const token = jitsiToken({ room: 'standup%-%d+', context: { room: { regex: true } } }, apiKey);
  const judged = async (room: string) => {
    const response = await fetch(`${patterned.url}/introspect`, {
      method: 'POST',
      body: encodeRequest({ token, room }),
      headers: { authorization: `Bearer ${accessKey}` },
    });
    return outcomes(parseReply(await response.text())).room;
  };
  expect([await judged('standup-7'), await judged('retro')]).toEqual(['passed', 'failed']);
  await patterned.close();
});

test('a token of a platform without a key is not active, and says why', async () => {
  const reply = await introspect({ token: jwt({ hello: 'world', exp: now + 60 }) });
  expect(reply.active).toBe(false);
  expect(outcomes(reply)).toMatchObject({ issuer: 'not-checked' });
});

test.each([
  ['down', /answered 503/, 3],
  ['limited', /limiting requests/, 1],
  ['redirect', /redirect, which is not followed/, 1],
  ['endless', /too long to read/, 1],
  ['not-json', /not in Daily’s words/, 1],
] as const)('a vendor that is %s leaves the local checks standing', async (fault, reason, requests) => {
  daily.state.fault = fault;
  const reply = await introspect({ token: meetingToken() });
  expect([reply.active, outcomes(reply).signature]).toEqual([false, 'passed']);
  expect(reply.roomkey?.checks.find(({ name }) => name === 'vendor')?.reason).toMatch(reason);
  expect(daily.state.requests).toBe(requests);
});

test('a vendor that never answers leaves them standing, too', async () => {
  daily.state.fault = 'slow';
  const reply = await introspect({ token: meetingToken() }, hasty);
  expect([reply.active, outcomes(reply).signature]).toEqual([false, 'passed']);
  expect(reply.roomkey?.checks.find(({ name }) => name === 'vendor')?.reason).toMatch(/did not answer within 500 ms/);
});

test('a vendor that rejects the API key leaves the local checks standing, and says whose fault it is', async () => {
  const rotated = await startDailyApi({ apiKey: 'the-key-that-replaced-it-0123456789', domainId, now: () => now });
  const behind = await startProxy(
    parseConfig({
      accessKeys: [accessKey],
      port: 0,
      keys: [{ provider: 'daily', secret: apiKey, upstream: rotated.url }],
    }),
    surroundings,
  );
  const response = await fetch(`${behind.url}/introspect`, {
    method: 'POST',
    body: encodeRequest({ token: meetingToken() }),
    headers: { authorization: `Bearer ${accessKey}` },
  });
  const reply = parseReply(await response.text());
  expect(reply.active).toBe(false);
  expect(outcomes(reply)).toMatchObject({ signature: 'passed', vendor: 'not-checked' });
  expect(reply.roomkey?.checks.find(({ name }) => name === 'vendor')?.reason).toContain('rejected the API key');
  await Promise.all([behind.close(), rotated.close()]);
});

test('health stays answered while the vendor hangs', async () => {
  daily.state.fault = 'slow';
  const waiting = introspect({ token: meetingToken() }, hasty);
  const health = await fetch(`${hasty.url}/healthz`);
  expect(await health.json()).toEqual({ status: 'ok' });
  await waiting;
});

test.each([
  ['without a key', {}, 401],
  ['with a wrong key', { authorization: 'Bearer nope' }, 401],
  ['from a foreign origin', { authorization: `Bearer ${accessKey}`, origin: 'https://evil.example' }, 401],
])('nobody may ask %s', async (_, headers, status) => {
  const response = await fetch(`${proxy.url}/introspect`, { method: 'POST', body: 'token=x', headers });
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ status, title: 'Not allowed' });
});

test.each([
  ['no token', new URLSearchParams({ room: 'x' }), {}, 400],
  ['another content type', '{"token":"x"}', { 'content-type': 'application/json' }, 415],
  ['a token that is too long', new URLSearchParams({ token: 'a'.repeat(40_000) }), {}, 413],
  ['a body that is too long', new URLSearchParams({ token: 'a'.repeat(200_000) }), {}, 413],
])('%s is a clear error', async (_, body, headers, status) => {
  const response = await post(body, headers);
  expect(response.status).toBe(status);
  const problem: unknown = await response.json();
  expect(described('ProblemDetails', problem)).toEqual([]);
  expect(problem).toMatchObject({ status, type: 'about:blank', detail: expect.any(String) });
});

test('the description names exactly the paths and statuses the server has', () => {
  expect(Object.keys(openapi.paths)).toEqual(['/introspect', '/healthz']);
  expect(Object.keys(openapi.paths['/introspect'].post.responses)).toEqual([
    '200',
    '400',
    '401',
    '403',
    '405',
    '413',
    '415',
    '429',
    '500',
  ]);
});

test('the description names every operation, and for each how it can be refused', () => {
  const operations = Object.values(openapi.paths as Record<string, Record<string, JsonObject>>).flatMap((path) =>
    Object.values(path),
  );
  expect(operations.map(({ operationId }) => operationId)).toEqual(['introspect', 'health']);
  for (const { responses } of operations) expect(Object.keys(responses ?? {}).some((one) => /^4/.test(one))).toBe(true);
});

test('other paths and methods are clear errors', async () => {
  expect((await fetch(`${proxy.url}/nothing`)).status).toBe(404);
  const get = await fetch(`${proxy.url}/introspect`, { headers: { authorization: `Bearer ${accessKey}` } });
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
});

test('only configured origins may read answers', async () => {
  const preflight = (from: string) =>
    fetch(`${proxy.url}/introspect`, {
      method: 'OPTIONS',
      headers: { origin: from, 'access-control-request-method': 'POST' },
    });
  expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBe(origin);
  expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
});

test('a client that asks too often is told when to come back', async () => {
  const slow = await startProxy(
    parseConfig({ accessKeys: [accessKey], port: 0, requestsPerMinute: 2, keys: [] }),
    surroundings,
  );
  const statuses: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    const response = await fetch(`${slow.url}/introspect`, {
      method: 'POST',
      body: encodeRequest({ token: 'x' }),
      headers: { authorization: `Bearer ${accessKey}` },
    });
    statuses.push(response.status);
    if (response.status === 429) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  await slow.close();
  expect(statuses).toEqual([200, 200, 429]);
});

test('a repeated question is answered from memory for a moment', async () => {
  const cached = await startProxy(
    parseConfig({
      accessKeys: [accessKey],
      port: 0,
      keys: [{ provider: 'daily', secret: apiKey, upstream: daily.url }],
    }),
    surroundings,
  );
  for (let i = 0; i < 3; i += 1) {
    await fetch(`${cached.url}/introspect`, {
      method: 'POST',
      body: encodeRequest({ token: meetingToken() }),
      headers: { authorization: `Bearer ${accessKey}` },
    });
  }
  await cached.close();
  expect(daily.state.requests).toBe(1);
});

test('no log line holds a token, a key or a path chosen by the caller', async () => {
  const token = meetingToken();
  await introspect({ token });
  await fetch(`${proxy.url}/${token}`);
  const text = JSON.stringify(log);
  expect(log.length).toBeGreaterThan(5);
  for (const secret of [token, token.split('.')[2] as string, apiKey, accessKey]) expect(text).not.toContain(secret);
});

test('the environment that the manual gives for an identity provider and for LiveKit is enough', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' };
  const keySet = createServer((_, reply) =>
    reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] })),
  );
  await new Promise<void>((resolve) => keySet.listen(0, '127.0.0.1', resolve));
  const config = configFrom({
    ROOMKEY_ACCESS_KEYS: accessKey,
    ROOMKEY_PORT: '0',
    ROOMKEY_OIDC_JWKS: `http://127.0.0.1:${(keySet.address() as AddressInfo).port}/jwks.json`,
    ROOMKEY_OIDC_ISSUER: 'https://id.example',
    ROOMKEY_LIVEKIT_SECRET: livekitSecret,
    ROOMKEY_LIVEKIT_ISSUER: 'APIkey',
  });
  const manual = await startProxy(config, surroundings);
  const signed = (issuer: string) =>
    new SignJWT({ sub: 'ada' })
      .setIssuer(issuer)
      .setIssuedAt(now)
      .setExpirationTime(now + hours(1))
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .sign(privateKey);
  const livekit = (iss: string) =>
    jwt({ iss, sub: 'ada', exp: now + hours(1), video: { roomJoin: true, room: 'standup' } }, {}, livekitSecret);
  const isActive = async (token: string) => {
    const response = await fetch(`${manual.url}/introspect`, {
      method: 'POST',
      body: encodeRequest({ token }),
      headers: { authorization: `Bearer ${accessKey}` },
    });
    return parseReply(await response.text()).active;
  };
  expect(await isActive(await signed('https://id.example'))).toBe(true);
  expect(await isActive(await signed('https://other.example'))).toBe(false);
  expect(await isActive(livekit('APIkey'))).toBe(true);
  expect(await isActive(livekit('APIother'))).toBe(false);
  await manual.close();
  keySet.close();
});
