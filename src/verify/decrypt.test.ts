import { createCipheriv, generateKeyPairSync, randomBytes } from 'node:crypto';
import { CompactEncrypt, exportJWK, FlattenedEncrypt } from 'jose';
import { expect, test } from 'vitest';
import { jwt } from '../../test/builders/tokens.ts';
import { decode } from '../engine/decode/decode.ts';
import { decryptToken } from './decrypt.ts';
import { parseKey } from './key.ts';

const claims = JSON.stringify({ room: 'standup', name: 'Zoë' });
const plain = new TextEncoder().encode(claims);
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: typeof rsa.privateKey) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const decrypt = (text: string, key: string) => decryptToken(decode(text, 'jwe'), parseKey(key));

/** By hand, as RFC 7516 §5.1 says, so that the library is not asked about its own work. */
function direct(key: Buffer): string {
  const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM' })).toString('base64url');
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header));
  const text = Buffer.concat([cipher.update(claims), cipher.final()]);
  return [header, '', iv, text, cipher.getAuthTag()]
    .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
    .join('.');
}

test('a token encrypted with a shared key is read with it, in every writing of the key', async () => {
  const key = randomBytes(32);
  const token = direct(key);
  for (const writing of [
    key.toString('base64url'),
    key.toString('base64'),
    key.toString('hex'),
    JSON.stringify({ kty: 'oct', k: key.toString('base64url') }),
  ]) {
    expect(await decrypt(token, writing)).toMatchObject({ outcome: 'passed', plaintext: claims });
  }
  expect(await decrypt(token, randomBytes(32).toString('hex'))).toMatchObject({ outcome: 'failed' });
});

test.each([
  ['RSA-OAEP', rsa],
  ['RSA-OAEP-256', rsa],
  ['ECDH-ES', ec],
  ['ECDH-ES+A256KW', ec],
])(
  '%s is decrypted with the private key, as PEM and as JWK, and with no other',
  async (alg, { publicKey, privateKey }) => {
    const token = await new CompactEncrypt(plain).setProtectedHeader({ alg, enc: 'A128CBC-HS256' }).encrypt(publicKey);
    expect(await decrypt(token, pem(privateKey))).toMatchObject({ outcome: 'passed', plaintext: claims });
    const jwk = { ...(await exportJWK(privateKey)), use: 'enc', kid: 'k1' };
    expect(await decrypt(token, JSON.stringify({ keys: [jwk] }))).toMatchObject({ outcome: 'passed' });
    expect((await decrypt(token, pem(otherRsa.privateKey))).outcome).not.toBe('passed');
    expect(await decrypt(token, publicKey.export({ type: 'spki', format: 'pem' }).toString())).toMatchObject({
      outcome: 'not-checked',
    });
  },
);

test('a password opens what it closed', async () => {
  const token = await new CompactEncrypt(plain)
    .setProtectedHeader({ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM' })
    .setKeyManagementParameters({ p2c: 4000 })
    .encrypt(new TextEncoder().encode('correct horse'));
  expect(await decrypt(token, 'correct horse')).toMatchObject({ outcome: 'passed', plaintext: claims });
  expect(await decrypt(token, 'wrong horse')).toMatchObject({ outcome: 'failed' });
});

test('the JSON form is decrypted, too', async () => {
  const key = randomBytes(16);
  const json = await new FlattenedEncrypt(plain).setProtectedHeader({ alg: 'A128KW', enc: 'A128GCM' }).encrypt(key);
  const token = decode(JSON.stringify(json), 'jwe-json');
  expect(await decryptToken(token, parseKey(key.toString('hex')))).toMatchObject({ plaintext: claims });
});

test('rounds that would keep the reader waiting for minutes are refused', async () => {
  const [, ...rest] = direct(randomBytes(32)).split('.');
  const header = { alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2s: 'c2FsdHNhbHQ', p2c: 2_000_000_000 };
  const token = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.');
  expect(await decrypt(token, 'password')).toMatchObject({ outcome: 'not-checked' });
});

test('what is not encrypted, or not text, says so', async () => {
  expect(await decryptToken(decode(jwt({ a: 1 }), 'jws'), parseKey('x'))).toMatchObject({ outcome: 'not-checked' });
  const binary = await new CompactEncrypt(Uint8Array.of(0xff, 0xfe))
    .setProtectedHeader({ alg: 'dir', enc: 'A128GCM' })
    .encrypt(Buffer.alloc(16, 7));
  const result = await decrypt(binary, Buffer.alloc(16, 7).toString('hex'));
  expect([result.outcome, result.plaintext]).toEqual(['passed', undefined]);
});
