import { exportJWK, exportPKCS8, exportSPKI, GeneralSign, generateKeyPair, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { jwt, rawJwt } from '../../test/tokens.ts';
import { decode } from '../engine/decode.ts';
import { parseKey, verifySignature } from './index.ts';

const verify = (token: string, key: string) => verifySignature(decode(token, 'jws'), parseKey(key));

test.each(['HS256', 'HS384', 'HS512'])('verifies %s with a secret, however it is written', async (alg) => {
  const secret = 'a secret of sixty-four bytes, which is long enough for HMAC SHA-512!!';
  const token = jwt({ sub: 'ada' }, { alg }, secret);
  const spellings = [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')];
  for (const spelling of spellings) expect(await verify(token, spelling)).toMatchObject({ outcome: 'passed' });
  expect(await verify(token, 'another')).toMatchObject({
    outcome: 'failed',
    reason: expect.stringMatching(/does not match/),
  });
});

test.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'])(
  'verifies %s with a public key, a private key, a JWK and a key set',
  async (alg) => {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const token = await new SignJWT({ sub: 'ada' }).setProtectedHeader({ alg, kid: 'one' }).sign(privateKey);
    const jwk = await exportJWK(publicKey);
    const keys = [
      await exportSPKI(publicKey),
      await exportPKCS8(privateKey),
      JSON.stringify(jwk),
      JSON.stringify(await exportJWK(privateKey)),
      JSON.stringify({
        keys: [
          { ...jwk, kid: 'one' },
          { kty: 'oct', k: 'AA', kid: 'two' },
        ],
      }),
    ];
    for (const key of keys) expect(await verify(token, key)).toMatchObject({ outcome: 'passed' });
    const other = await exportSPKI((await generateKeyPair(alg, { extractable: true })).publicKey);
    expect(await verify(token, other)).toMatchObject({ outcome: 'failed' });
  },
);

test('a key set is searched by `kid`', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(privateKey);
  const set = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'other' }] });
  expect(await verify(token, set)).toMatchObject({
    outcome: 'failed',
    reason: 'The key set has no key with the token’s `kid`.',
  });
});

test('never mixes up a public key and a shared secret, and never accepts `none`', async () => {
  const { publicKey } = await generateKeyPair('RS256', { extractable: true });
  const pem = await exportSPKI(publicKey);
  expect(await verify(jwt({}, { alg: 'HS256' }, pem), pem)).toMatchObject({ outcome: 'failed' });
  expect(await verify(rawJwt({ alg: 'none' }, {}, ''), 'secret')).toMatchObject({ outcome: 'failed' });
});

test('a damaged key is not the token’s fault', async () => {
  const pem = '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----';
  expect(await verify(rawJwt({ alg: 'RS256' }, {}), pem)).toMatchObject({ outcome: 'not-checked' });
});

test('an encrypted token has no signature to verify', async () => {
  expect(await verifySignature(decode('a.b.c.d.e', 'jwe'), parseKey('secret'))).toMatchObject({
    outcome: 'not-checked',
  });
});

test('the JSON form is verified by any of its signatures', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const secret = 'a-throw-away-key-of-thirty-two-bytes-or-more';
  const signed = await new GeneralSign(new TextEncoder().encode('{"sub":"ada"}'))
    .addSignature(new TextEncoder().encode(secret))
    .setProtectedHeader({ alg: 'HS256' })
    .addSignature(privateKey)
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .sign();
  const check = (object: unknown, key: string) =>
    verifySignature(decode(JSON.stringify(object), 'jws-json'), parseKey(key));
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] });
  for (const key of [secret, await exportSPKI(publicKey), jwks])
    expect(await check(signed, key)).toMatchObject({ outcome: 'passed' });
  expect(await check(signed, 'another-secret')).toMatchObject({
    outcome: 'failed',
    reason: expect.stringMatching(/does not match/),
  });
  const [first] = signed.signatures;
  expect(await check({ payload: signed.payload, ...first }, secret)).toMatchObject({ outcome: 'passed' });
  expect(await check({ ...signed, payload: 'eyJzdWIiOiJldmUifQ' }, secret)).toMatchObject({ outcome: 'failed' });
  for (const broken of [{ payload: 1, signature: [] }, { payload: '', signatures: [null, 3, {}] }, []])
    expect((await check(broken, secret)).outcome).not.toBe('passed');
});
