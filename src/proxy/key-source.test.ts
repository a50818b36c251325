import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jwt, now, rawJwt } from '../../test/builders/tokens.ts';
import { decode } from '../engine/decode/decode.ts';
import { verifySignature } from '../verify/index.ts';
import type { ConfiguredKey } from './config.ts';
import { UnknownKeyError } from './fetched-keys.ts';
import { createKeySource } from './key-source.ts';
import { realSurroundings } from './surroundings.ts';
import { UpstreamError } from './upstream.ts';

const surroundings = { ...realSurroundings, now: () => now, log: () => undefined };
const pair = await generateKeyPair('RS256', { extractable: true });
const publicKey = await exportSPKI(pair.publicKey);
const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
const asked: string[] = [];
let server: Server;
let base = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/jwks') return response.end(JSON.stringify({ keys: [jwk] }));
    if (request.url === `/${createHash('sha256').update('k1').digest('hex')}.pem`) return response.end(publicKey);
    response.writeHead(404);
    return response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const verify = async (text: string, key: Partial<ConfiguredKey>) => {
  const token = decode(text, 'jws');
  try {
    return (
      await verifySignature(token, await createKeySource(surroundings).keysFor({ provider: 'jitsi', ...key }, token))
    ).outcome;
  } catch (error) {
    if (error instanceof UnknownKeyError) return 'failed';
    expect(error).toBeInstanceOf(UpstreamError);
    return 'not-checked';
  }
};
const signed = (kid = 'k1') =>
  new SignJWT({ room: 'a' }).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(pair.privateKey);

test('verifies a shared secret, as text or base64', async () => {
  const secret = 'a-shared-secret-of-some-length-here';
  const token = jwt({ room: 'a' }, {}, secret);
  expect(await verify(token, { secret })).toBe('passed');
  expect(await verify(token, { secretBase64: Buffer.from(secret).toString('base64url') })).toBe('passed');
  expect(await verify(token, { secret: `${secret}!` })).toBe('failed');
});

test('verifies a public key, a key set, and a key looked up by the hash of `kid`', async () => {
  const token = await signed();
  expect(await verify(token, { publicKey })).toBe('passed');
  expect(await verify(token, { jwks: `${base}/jwks` })).toBe('passed');
  expect(await verify(token, { keyServer: base })).toBe('passed');
});

test('fails for a key id nobody knows, and a hostile one chooses no path', async () => {
  expect(await verify(await signed('other'), { jwks: `${base}/jwks` })).toBe('failed');
  expect(await verify(await signed('../../jwks'), { keyServer: base })).toBe('failed');
  expect(asked.filter((path) => path !== '/jwks').every((path) => /^\/[0-9a-f]{64}\.pem$/.test(path))).toBe(true);
});

test('the kind of key decides the algorithm, never the token', async () => {
  const confused = jwt({ room: 'a' }, { alg: 'HS256' }, publicKey);
  expect(await verify(confused, { publicKey })).toBe('failed');
  expect(await verify(await signed(), { secret: publicKey })).toBe('failed');
  expect(await verify(rawJwt({ alg: 'none' }, { room: 'a' }, ''), { secret: 'x' })).toBe('failed');
});

test('a changed payload fails', async () => {
  const [header, , signature] = (await signed()).split('.');
  expect(
    await verify([header, Buffer.from('{"room":"b"}').toString('base64url'), signature].join('.'), { publicKey }),
  ).toBe('failed');
});

test('a key source that does not answer, or a key that is none, is not the token’s fault', async () => {
  expect(await verify(await signed(), { keyServer: 'http://127.0.0.1:1' })).toBe('not-checked');
  expect(
    await verify(await signed(), { publicKey: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----' }),
  ).toBe('not-checked');
});
