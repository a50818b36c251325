import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageSecrets } from './minting-secrets.ts';

const secret = 'q7W2e9R4t1Y6u3I8o5P0a7S2';

test.each([
  ['a JSON member', `{"appSecret": "${secret}"}`, null],
  ['a script', `const ZOOM_SDK_SECRET = '${secret}';`, null],
  ['a member of an object literal', `config = { streamSecret: "${secret}" }`, null],
  ['a storage key', secret, 'LIVEKIT_API_SECRET'],
])('%s gives a secret away', (_, text, key) => {
  expect(pageSecrets(text, key)).toMatchObject([
    { token: secret, note: 'minting-secret', offset: text.indexOf(secret) },
  ]);
});

test.each([
  ['a public setting', `{"publicKey":"${secret}"}`, null],
  ['an address', '{"apiSecretUrl":"https://acme.com/secret/0123456789"}', null],
  ['a word', '{"apiSecret":"notasecretatallreally"}', null],
  ['a token, which is listed as one', '{"apiSecret":"eyJhbGciOiJIUzI1NiJ9.e30.x1"}', null],
  ['a short value', '{"apiSecret":"a1b2c3"}', null],
  ['an ordinary text', 'nothing to see here', 'note'],
])('%s does not', (_, text, key) => {
  expect(pageSecrets(text, key)).toEqual([]);
});

test('hostile texts cost linear time and give at most twenty secrets', () => {
  for (const piece of [
    '"kty"',
    `-----BEGIN ${'PRIVATE'} KEY-----`,
    '{"kty":"EC","d":"aaaaaaaaaaaaaaaaaaaa"}',
    `apiSecret='${secret}'`,
  ]) {
    expect(pageSecrets(piece.repeat(Math.ceil(2_000_000 / piece.length)), null).length).toBeLessThanOrEqual(20);
  }
});

test('nothing makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.option(fc.string()), (text, key) => void pageSecrets(text, key)),
    { seed: 20_261_126 },
  );
});
