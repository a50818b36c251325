import type { ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { now } from '../../test/builders/tokens.ts';
import { outcomes, startTestProxy, startUpstream } from '../../test/doubles/proxy-client.ts';

const rsa = await generateKeyPair('RS256', { extractable: true });
const jwk = { ...(await exportJWK(rsa.publicKey)), kid: 'k1' };
const well = '/.well-known/openid-configuration';

let upstream: Awaited<ReturnType<typeof startUpstream>>;
/** What the issuer says of itself; the key set lies where it should. */
let says: (response: ServerResponse) => void;

beforeAll(async () => {
  upstream = await startUpstream(({ url }, response) => {
    if (url === '/keys') return response.end(JSON.stringify({ keys: [jwk] }));
    return url?.endsWith(well) ? says(response) : response.writeHead(404).end();
  });
});
afterAll(() => upstream.close());
beforeEach(() => {
  upstream.asked.length = 0;
});

const sleep = () => Promise.resolve();
const token = (iss: string, kid = 'k1') =>
  new SignJWT({ iss, sub: 'ada', exp: now + 86_400 }).setProtectedHeader({ alg: 'RS256', kid }).sign(rsa.privateKey);
const start = (discovery: string, more = {}) =>
  startTestProxy({ keys: [{ provider: 'oidc', discovery, ...more }] }, { sleep });
const configuration =
  (issuer: string, jwks: unknown = `${upstream.url}/keys`) =>
  (response: ServerResponse) =>
    void response.end(JSON.stringify({ issuer, jwks_uri: jwks }));

test.each(['', '/tenant', '/tenant/'])('keys are found by the issuer’s URL, which ends in %j', async (end) => {
  const issuer = `${upstream.url}${end}`;
  says = configuration(issuer);
  const proxy = await start(issuer);
  expect(await proxy.ask(await token(issuer))).toMatchObject({ active: true });
  expect(upstream.asked).toEqual([`${end.replace(/\/$/, '')}${well}`, '/keys']);
  expect(await proxy.ask(await token(issuer))).toMatchObject({ active: true });
  expect(upstream.asked).toHaveLength(2);
  expect(await proxy.ask(await token(`${issuer}x`))).toMatchObject({ active: false });
  await proxy.close();
});

test.each([
  ['names another issuer', () => configuration('https://id.example')],
  ['names itself with a slash more', () => configuration(`${upstream.url}/`)],
  ['names no keys', () => configuration(upstream.url, null)],
  ['names keys on plain HTTP', () => configuration(upstream.url, 'http://id.example/keys')],
  ['names keys in a file', () => configuration(upstream.url, 'file:///etc/passwd')],
  ['is a page', () => (response: ServerResponse) => void response.end('<!doctype html>')],
  ['is a list', () => (response: ServerResponse) => void response.end('[]')],
  ['is missing', () => (response: ServerResponse) => void response.writeHead(404).end()],
  ['is elsewhere', () => (response: ServerResponse) => void response.writeHead(302, { location: '/keys' }).end()],
  ['is too long', () => (response: ServerResponse) => void response.end('x'.repeat(100_000))],
] as [string, () => (response: ServerResponse) => void][])(
  'a configuration that %s leaves the signature unchecked',
  async (_, answer) => {
    says = answer();
    const proxy = await start(upstream.url);
    const reply = await proxy.ask(await token(upstream.url));
    expect([reply.active, outcomes(reply).signature]).toEqual([false, 'not-checked']);
    expect(upstream.asked).not.toContain('/keys');
    await proxy.close();
  },
);

test('an issuer that failed is asked again after half a minute, one that answered after ten', async () => {
  says = (response) => void response.writeHead(404).end();
  const proxy = await start(upstream.url);
  const ask = async () => (await proxy.ask(await token(upstream.url))).active;
  expect([await ask(), await ask()]).toEqual([false, false]);
  expect(upstream.asked).toHaveLength(1);
  says = configuration(upstream.url);
  proxy.clock.now += 31;
  expect(await ask()).toBe(true);
  proxy.clock.now += 500;
  expect(await ask()).toBe(true);
  expect(upstream.asked.filter((path) => path === well)).toHaveLength(2);
  proxy.clock.now += 101;
  expect(await ask()).toBe(true);
  expect(upstream.asked.filter((path) => path === well)).toHaveLength(3);
  await proxy.close();
});
