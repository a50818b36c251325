import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import { KeyError, parseKey, parseKeySet, parsePublicPem } from './key.ts';

test('reads a shared secret as text, then as base64 and hex where it may be that', () => {
  expect(parseKey('s3cret!').map((key) => key.kind === 'secret' && key.writtenAs)).toEqual(['text']);
  expect(parseKey('c2VjcmV0LWtleQ').map((key) => key.kind === 'secret' && key.writtenAs)).toEqual(['text', 'base64']);
  const hex = parseKey('00112233445566778899aabbccddeeff');
  expect(hex.map((key) => key.kind === 'secret' && key.writtenAs)).toEqual(['text', 'base64', 'hex']);
});

test('reads PEM, also with escaped line breaks', () => {
  const pem = '-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----';
  expect(parseKey(pem.replaceAll('\n', '\\n'))).toEqual([{ kind: 'pem', pem }]);
});

test('reads a key set, and a key alone without the `kid` that would have to match', () => {
  expect(parseKey('{"keys":[{"kty":"oct","k":"AA","kid":"1"},{"no":"key"}]}')).toEqual([
    { kind: 'jwks', keys: [{ kty: 'oct', k: 'AA', kid: '1' }] },
  ]);
  expect(parseKey('{"kty":"oct","k":"AA","kid":"1"}')).toEqual([{ kind: 'jwks', keys: [{ kty: 'oct', k: 'AA' }] }]);
});

test.each([
  ['', /no key here/],
  ['   ', /no key here/],
  ['x'.repeat(300_000), /too long/],
  ['{"kty":', /not valid JSON/],
  ['{"keys":[]}', /holds no key/],
  ['{"a":1}', /holds no key/],
  ['-----BEGIN PUBLIC KEY-----\nMAA=', /without its END/],
  ['-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----', /convert it/],
  ['-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----', /cannot verify|can verify/],
])('says what is wrong with %.40s', (text, message) => {
  expect(() => parseKey(text)).toThrow(KeyError);
  expect(() => parseKey(text)).toThrow(message);
});

const rsa = await generateKeyPair('RS256', { extractable: true });
const spki = await exportSPKI(rsa.publicKey);
const jwk = await exportJWK(rsa.publicKey);
const bare = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '');
const set = (...keys: unknown[]) => JSON.stringify({ keys });

test.each([
  ['a list of JWKs', JSON.stringify([jwk])],
  ['a JWK in a JSON text', JSON.stringify(JSON.stringify(jwk))],
  ['a JWK cut short', `[${JSON.stringify(jwk).slice(0, -9)}`],
  ['PEM without its lines', bare(spki)],
  ['PEM with wrong lines', spki.replaceAll('-----', '----')],
  ['PEM in lower case', spki.toLowerCase()],
  ['a key for SSH', `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)} me@example`],
  ['a web page', '<!DOCTYPE html><title>Sign in</title>'],
])('%s is never taken for a shared secret', (_, text) => {
  expect(() => parseKey(text)).toThrow(KeyError);
});

test('what only resembles a key stays a secret', () => {
  for (const secret of ['[secret]', '"quoted"', 'MIIB-is-how-it-begins', '0'.repeat(64), 'MA'.repeat(40)]) {
    expect(parseKey(secret)[0]).toMatchObject({ kind: 'secret', writtenAs: 'text' });
  }
});

test('a fetched set keeps its public keys and nothing else', () => {
  expect(parseKeySet(set({ ...jwk, kid: 'a' }, { kty: 'oct', k: 'AAAA' }, { kty: 'XYZ' }, null, 'text'))).toEqual([
    { kind: 'jwks', keys: [{ ...jwk, kid: 'a' }] },
  ]);
});

test.each([
  ['a page', '<html></html>'],
  ['text', 'hello'],
  ['nothing', ''],
  ['a JSON string', '"hello"'],
  ['a number', '7'],
  ['null', 'null'],
  ['an empty object', '{}'],
  ['a list', JSON.stringify([jwk])],
  ['one key', JSON.stringify(jwk)],
  ['an empty set', set()],
  ['keys that are no list', JSON.stringify({ keys: jwk })],
  ['a shared secret', set({ kty: 'oct', k: 'AAAA' })],
  ['unknown kinds of key', set({ kty: 'XYZ' }, { kty: 7 })],
  ['two lists of keys', `{"keys":[],"keys":[${JSON.stringify(jwk)}]}`],
  ['a set cut short', set(jwk).slice(0, -2)],
  ['PEM', spki],
  ['more keys than anybody has', set(...Array.from({ length: 101 }, () => jwk))],
  ['what is inherited', '{"__proto__":{"keys":[]}}'],
])('a key set is never %s', (_, text) => {
  expect(() => parseKeySet(text)).toThrow(KeyError);
});

test('a set that hands out a private key is refused as a whole', async () => {
  const leaked = { ...(await exportJWK(rsa.privateKey)), kid: 'b' };
  expect(() => parseKeySet(set({ ...jwk, kid: 'a' }, leaked))).toThrow(/private key/);
});

test('a public key in PEM is one, and nothing around it', async () => {
  expect(parsePublicPem(`\n${spki}\n`)).toEqual([{ kind: 'pem', pem: spki.trim() }]);
  expect(() => parsePublicPem('-----BEGIN')).toThrow(KeyError);
  const privateKey = await exportPKCS8(rsa.privateKey);
  expect(() => parsePublicPem(privateKey)).toThrow(/private key/);
  for (const text of [
    `${spki}${spki}`,
    `<pre>${spki}</pre>`,
    spki.slice(0, -30),
    spki.replace('MII', 'AII'),
    spki.replaceAll('PUBLIC KEY', 'CERTIFICATE REQUEST'),
    `${spki}${privateKey}`,
    bare(spki),
    JSON.stringify(jwk),
  ]) {
    expect(() => parsePublicPem(text)).toThrow(KeyError);
  }
});
