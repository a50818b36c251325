import { expect, test } from 'vitest';
import { KeyError, parseKey } from './key.ts';

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
