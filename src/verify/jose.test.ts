import { createHmac, generateKeyPairSync } from 'node:crypto';
import { exportJWK, exportPKCS8, exportSPKI, GeneralSign, generateKeyPair, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { jwt, rawJwt } from '../../test/builders/tokens.ts';
import { decode } from '../engine/decode/decode.ts';
import type { JsonObject } from '../engine/text/json.ts';
import { parseKey, verifySignature } from './index.ts';

/** RSA pairs take long to make, and serve every algorithm. */
const rsaPairs = [
  generateKeyPairSync('rsa', { modulusLength: 2048 }),
  generateKeyPairSync('rsa', { modulusLength: 2048 }),
];

async function pairFor(alg: string, index = 0) {
  return (/^[RP]S/.test(alg) ? rsaPairs[index] : null) ?? (await generateKeyPair(alg, { extractable: true }));
}

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
    const { privateKey, publicKey } = await pairFor(alg);
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
    const other = await exportSPKI((await pairFor(alg, 1)).publicKey);
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
  const { publicKey } = await pairFor('RS256');
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

test.each([
  ['RS256', { use: 'enc' }],
  ['RS256', { alg: 'RS512' }],
  ['RS256', { alg: 'RSA-OAEP' }],
  ['RS256', { key_ops: ['encrypt'] }],
  ['RS256', { key_ops: 'verify' }],
  ['ES256', { use: 'enc' }],
  ['ES256', { alg: 'ECDH-ES' }],
  ['ES256', { key_ops: [] }],
  ['EdDSA', { use: 'enc' }],
])('a JWK for %s that says %j verifies nothing, alone or in a set', async (alg, says) => {
  const { privateKey, publicKey } = await pairFor(alg);
  const token = await new SignJWT({}).setProtectedHeader({ alg }).sign(privateKey);
  const key = { ...(await exportJWK(publicKey)), ...says };
  for (const text of [JSON.stringify(key), JSON.stringify({ keys: [key] }), JSON.stringify({ keys: [key, key] })])
    expect((await verify(token, text)).outcome).toBe('failed');
});

test('an `oct` JWK follows its own words, too', async () => {
  const secret = 'a-throw-away-key-of-thirty-two-bytes-or-more';
  const oct = { kty: 'oct', k: Buffer.from(secret).toString('base64url') };
  const token = jwt({}, { alg: 'HS256' }, secret);
  expect(await verify(token, JSON.stringify({ ...oct, alg: 'HS256', use: 'sig' }))).toMatchObject({
    outcome: 'passed',
  });
  for (const says of [{ use: 'enc' }, { alg: 'HS512' }, { alg: 'A128KW' }, { key_ops: ['wrapKey'] }])
    expect((await verify(token, JSON.stringify({ ...oct, ...says }))).outcome).toBe('failed');
});

test('a key makes the algorithms of its kind and curve, and no others', async () => {
  const keys: Record<string, string> = {};
  for (const alg of ['RS256', 'ES256', 'ES384', 'ES512', 'EdDSA']) {
    const { publicKey } = await pairFor(alg);
    keys[alg] = JSON.stringify(await exportJWK(publicKey));
  }
  const families = { RS256: /^[RP]S/, ES256: /^ES256$/, ES384: /^ES384$/, ES512: /^ES512$/, EdDSA: /^Ed/ };
  const algorithms = [
    'HS256',
    'RS256',
    'PS256',
    'RS512',
    'ES256',
    'ES384',
    'ES512',
    'EdDSA',
    'Ed25519',
    'none',
    'rs256',
  ];
  for (const [kind, mine] of Object.entries(families)) {
    for (const alg of algorithms) {
      const { outcome, isOtherKey } = await verify(rawJwt({ alg }, {}, 'A'.repeat(86)), keys[kind] ?? '');
      expect([kind, alg, outcome, isOtherKey === true]).toEqual([kind, alg, 'failed', !mine.test(alg)]);
    }
  }
});

test('a token without `kid` is tried with every key of a set that fits', async () => {
  const pairs = await Promise.all([1, 2, 3].map(() => generateKeyPair('ES256', { extractable: true })));
  const keys = await Promise.all(
    pairs.map(async ({ publicKey }, at) => ({ ...(await exportJWK(publicKey)), kid: `${at}` })),
  );
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256' })
    .sign((pairs[2] as (typeof pairs)[0]).privateKey);
  expect(await verify(token, JSON.stringify({ keys }))).toMatchObject({ outcome: 'passed' });
  expect(await verify(token, JSON.stringify({ keys: keys.slice(0, 2) }))).toMatchObject({ outcome: 'failed' });
});

test('a public key in any writing is no HMAC secret', async () => {
  for (const alg of ['RS256', 'ES256', 'EdDSA']) {
    const { publicKey } = await pairFor(alg);
    const pem = await exportSPKI(publicKey);
    const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    const jwk = JSON.stringify(await exportJWK(publicKey));
    for (const secret of [pem, pem.trim(), jwk, `{"keys":[${jwk}]}`, der.toString('base64'), der]) {
      const bytes = new Uint8Array(Buffer.from(secret as string));
      const token = decode(jwt({}, { alg: 'HS256' }, Buffer.from(bytes) as never), 'jws');
      expect(await verifySignature(token, [{ kind: 'secret', bytes, writtenAs: 'text' }])).toMatchObject({
        outcome: 'failed',
      });
    }
  }
  const empty = { kind: 'secret', bytes: new Uint8Array(0), writtenAs: 'text' } as const;
  expect((await verifySignature(decode(rawJwt({ alg: 'HS256' }, {}), 'jws'), [empty])).outcome).toBe('failed');
});

test('an RSA key of less than 2048 bits verifies nothing', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const token = jwt({}, { alg: 'RS256' }, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect((await verify(token, pem)).outcome).not.toBe('passed');
});

test('extensions that must be understood and are not verify nothing (`crit`)', async () => {
  const secret = 'a-throw-away-key-of-thirty-two-bytes-or-more';
  const sign = (header: JsonObject) => {
    const text = [header, { a: 1 }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  expect(await verify(sign({ alg: 'HS256' }), secret)).toMatchObject({ outcome: 'passed' });
  for (const more of [{ crit: ['exp'], exp: 1 }, { crit: [] }, { crit: 'b64' }])
    expect((await verify(sign({ alg: 'HS256', ...more }), secret)).outcome).not.toBe('passed');
  // An unencoded payload (RFC 7797) is no set of claims, whatever it could be decoded to.
  expect((await verify(sign({ alg: 'HS256', crit: ['b64'], b64: false }), secret)).signed).toMatchObject({
    claims: null,
  });
});

test('in the JSON form only a protected algorithm counts, and what was signed is told', async () => {
  const secret = 'a-throw-away-key-of-thirty-two-bytes-or-more';
  const payload = Buffer.from('{"sub":"ada"}').toString('base64url');
  const sign = (header: string) => createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
  const header = Buffer.from('{"alg":"HS256","kid":"signed"}').toString('base64url');
  const check = (object: unknown) => verifySignature(decode(JSON.stringify(object), 'jws-json'), parseKey(secret));
  const good = { protected: header, header: { 'x-note': 'unsigned' }, signature: sign(header) };
  expect((await check({ payload, signature: sign(''), header: { alg: 'HS256' } })).outcome).toBe('failed');
  expect(
    await check({ payload, signatures: [{ header: { alg: 'HS256', kid: 'other' }, signature: 'AA' }, good] }),
  ).toMatchObject({
    outcome: 'passed',
    signed: { header: { alg: 'HS256', kid: 'signed' }, claims: { sub: 'ada' } },
  });
});
