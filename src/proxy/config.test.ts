import { expect, test } from 'vitest';
import { ConfigError, configFrom, parseConfig } from './config.ts';

const accessKeys = ['an-access-key-0123456789'];

test('binds to loopback unless told otherwise', () => {
  expect(parseConfig({ accessKeys })).toMatchObject({ host: '127.0.0.1', port: 8787, keys: [] });
});

test('reads keys and access from the environment, on top of a file', () => {
  const config = configFrom(
    {
      ROOMKEY_ACCESS_KEYS: accessKeys[0],
      ROOMKEY_ORIGINS: 'https://call.example, chrome-extension://abc',
      ROOMKEY_PORT: '9000',
      ROOMKEY_DAILY_SECRET: 'k1',
    },
    { keys: [{ provider: 'daily', secret: 'k0' }] },
  );
  expect(config.origins).toEqual(['https://call.example', 'chrome-extension://abc']);
  expect(config.port).toBe(9000);
  expect(config.keys.map(({ secret }) => secret)).toEqual(['k0', 'k1']);
});

test.each([
  [{}, /accessKeys or origins/],
  [{ accessKeys: ['short'] }, /accessKeys/],
  [{ accessKeys, origins: ['https://call.example/path'] }, /is not an origin/],
  [{ accessKeys, port: 70_000 }, /port/],
  [{ accessKeys, keys: [{ provider: 'dayly', secret: 'x' }] }, /"dayly" is not a known provider/],
  [{ accessKeys, keys: [{ provider: 'daily' }] }, /exactly one of/],
  [{ accessKeys, keys: [{ provider: 'daily', secret: 'x', publicKey: '-----BEGIN' }] }, /exactly one of/],
  [{ accessKeys, keys: [{ provider: 'daily', jwks: 'https://x.example/jwks' }] }, /issuer beside jwks/],
  [{ accessKeys, surprise: 1 }, /surprise/],
  [null, /cannot be used/],
])('refuses %j', (input, message) => {
  expect(() => parseConfig(input)).toThrow(ConfigError);
  expect(() => parseConfig(input)).toThrow(message);
});

test('an error never repeats a key', () => {
  const wrong = { accessKeys: ['topsecret'], keys: [{ provider: 'daily', publicKey: 'topsecret' }] };
  expect(() => parseConfig(wrong)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('topsecret') }),
  );
});
