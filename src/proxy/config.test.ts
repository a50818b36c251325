import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
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
  [{ accessKeys: ['with spaces in the middle'] }, /without spaces/],
  [{ accessKeys, origins: ['https://user@call.example'] }, /is not an origin/],
  [{ accessKeys, host: '' }, /host/],
  [{ accessKeys, host: 'localhost:80' }, /without a port/],
  [{ accessKeys, hosts: ['https://roomkey.example'] }, /hosts/],
  [{ origins: ['https://call.example'], host: '0.0.0.0' }, /needs accessKeys to listen beyond/],
  [{ origins: ['https://call.example'], host: '::' }, /needs accessKeys to listen beyond/],
  [{ origins: ['https://call.example'], host: 'roomkey.example' }, /needs accessKeys to listen beyond/],
  [{ accessKeys, keys: [{ provider: 'daily', secret: '' }] }, /keys.0.secret: is empty/],
  [{ accessKeys, keys: [{ provider: 'daily', secret: '  ' }] }, /keys.0.secret: is empty/],
  [{ accessKeys, keys: [{ provider: 'daily', secretBase64: '====' }] }, /not a secret in base64/],
  [{ accessKeys, keys: [{ provider: 'daily', secretBase64: 'not base64!' }] }, /not a secret in base64/],
  [{ accessKeys, keys: [{ provider: 'jitsi', secret: 'x', askVendor: true }] }, /only for daily/],
  [{ accessKeys, keys: [{ provider: 'livekit', secret: 'x', upstream: 'https://api.example' }] }, /only for daily/],
  [{ accessKeys, keys: [{ provider: 'daily', secretBase64: 'AAAA', askVendor: true }] }, /only for daily/],
  [{ accessKeys, keys: [{ provider: 'oidc', jwks: 'http://id.example/jwks', issuer: ['x'] }] }, /https:/],
  [{ accessKeys, keys: [{ provider: 'oidc', jwks: 'file:///etc/passwd', issuer: ['x'] }] }, /https:/],
  [{ accessKeys, keys: [{ provider: 'jitsi', keyServer: 'javascript:alert(1)' }] }, /https:/],
  [{ accessKeys, keys: [{ provider: 'daily', secret: 'x', upstream: 'http://api.example' }] }, /https:/],
  [{ accessKeys, keys: [{ provider: 'oidc', jwks: 'https://id.example/jwks', issuer: [' '] }] }, /issuer/],
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

const rsa = await generateKeyPair('RS256', { extractable: true });
const spki = await exportSPKI(rsa.publicKey);
const jwk = JSON.stringify(await exportJWK(rsa.publicKey));
const certificateLike = spki.replaceAll('PUBLIC KEY', 'CERTIFICATE');

test.each([
  ['PEM', { secret: spki }],
  ['PEM on one line', { secret: spki.replaceAll('\n', '\\n') }],
  ['a certificate', { secret: certificateLike }],
  ['a JWK', { secret: jwk }],
  ['a JWK Set', { secret: `{"keys":[${jwk}]}` }],
  ['PEM without its lines', { secret: spki.replace(/-----[^-]+-----|\s/g, '') }],
  ['DER in base64', { secretBase64: spki.replace(/-----[^-]+-----|\s/g, '') }],
  ['PEM in base64', { secretBase64: Buffer.from(spki).toString('base64') }],
])('a public key as a secret is refused: %s', (_, key) => {
  expect(() => parseConfig({ accessKeys, keys: [{ provider: 'jitsi', ...key }] })).toThrow(
    /never used as a shared secret/,
  );
});

test('a public key is one in PEM, and nothing else', async () => {
  const accept = (publicKey: string) => parseConfig({ accessKeys, keys: [{ provider: 'jaas', publicKey }] });
  expect(accept(spki).keys).toHaveLength(1);
  const privateKey = await exportPKCS8(rsa.privateKey);
  for (const text of [
    privateKey,
    jwk,
    'a-shared-secret',
    '-----BEGIN',
    '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
    '',
  ]) {
    expect(() => accept(text)).toThrow(/keys.0.publicKey: is no public key/);
  }
  expect(() => accept(privateKey)).toThrow(/private key, where a public one belongs/);
});

test.each([
  [
    { ROOMKEY_ACESS_KEYS: 'topsecret' },
    'ROOMKEY_ACESS_KEYS is no setting of this server; is ROOMKEY_ACCESS_KEYS meant?',
  ],
  [{ ROOMKEY_OIDC_ISUER: 'topsecret' }, 'is ROOMKEY_OIDC_ISSUER meant?'],
  [{ ROOMKEY_JITSI_SECERT: 'topsecret' }, 'is ROOMKEY_JITSI_SECRET meant?'],
  [{ ROOMKEY_DALY_SECRET: 'topsecret' }, 'is ROOMKEY_DAILY_SECRET meant?'],
  [{ roomkey_port: '9000' }, 'is ROOMKEY_PORT meant?'],
  [{ ROOMKEY_SLACK_SECRET: 'topsecret' }, 'ROOMKEY_SLACK_SECRET is no setting'],
  [{ ROOMKEY_SKEW_SECONDS_PLEASE: 'topsecret' }, 'ROOMKEY_SKEW_SECONDS_PLEASE is no setting of this server.'],
  [{ ROOMKEY_PORT: 'abc' }, 'ROOMKEY_PORT must be a port'],
  [{ ROOMKEY_PORT: '70000' }, 'ROOMKEY_PORT must be a port'],
  [{ ROOMKEY_PORT: '0x50' }, 'ROOMKEY_PORT must be a port'],
  [{ ROOMKEY_PORT: '' }, 'ROOMKEY_PORT is empty'],
  [{ ROOMKEY_DAILY_SECRET: '' }, 'ROOMKEY_DAILY_SECRET is empty'],
  [{ ROOMKEY_DAILY_ASK_VENDOR: 'no' }, 'ROOMKEY_DAILY_ASK_VENDOR must be true or false'],
  [{ ROOMKEY_JITSI_SECRET: 'x', ROOMKEY_JITSI_ISSUER: ' , ' }, 'ROOMKEY_JITSI_ISSUER cannot be read'],
  [{ ROOMKEY_JITSI_ISSUER: 'topsecret' }, 'ROOMKEY_JITSI_… is set, but no key of that platform'],
])('the environment %j is refused', (environment, message) => {
  const from = () => configFrom({ ROOMKEY_ACCESS_KEYS: accessKeys[0], ...environment });
  expect(from).toThrow(ConfigError);
  expect(from).toThrow(message);
  expect(from).not.toThrow('topsecret');
});

test('variables of others, and of this project’s own tests, are left alone', () => {
  const environment = {
    ROOMKEY_ACCESS_KEYS: accessKeys[0],
    ROOMKEY_BROWSER: '/usr/bin/chromium',
    PATH: '/bin',
    ROOMKEYS: 'x',
  };
  expect(configFrom(environment).keys).toEqual([]);
});

test('all that a file may say of a key and a host, the environment may, too', () => {
  const config = configFrom({
    ROOMKEY_ACCESS_KEYS: accessKeys[0],
    ROOMKEY_HOSTS: 'roomkey.example, [2001:db8::1]',
    ROOMKEY_DAILY_SECRET: 'k',
    ROOMKEY_DAILY_ASK_VENDOR: 'false',
    ROOMKEY_DAILY_KID: 'k1',
  });
  expect(config).toMatchObject({
    hosts: ['roomkey.example', '[2001:db8::1]'],
    keys: [{ askVendor: false, kid: 'k1' }],
  });
});

test('a file that is no object is refused', () => {
  for (const file of [[], 'text', 7, null]) expect(() => configFrom({}, file)).toThrow(/JSON object/);
});

test('no mistake repeats what was written, but for names of members and platforms', () => {
  for (const wrong of [
    { accessKeys, port: 'topsecret' },
    { accessKeys, origins: ['topsecret'] },
    { accessKeys, host: 'top secret topsecret' },
    { accessKeys, keys: [{ provider: 'oidc', jwks: 'https://topsecret@id.example', issuer: ['x'] }] },
    { accessKeys, keys: 'topsecret' },
    { accessKeys, keys: [{ provider: 'daily', secret: { topsecret: 1 } }] },
    { accessKeys: 'topsecret' },
  ]) {
    expect(() => parseConfig(wrong)).toThrow(ConfigError);
    expect(() => parseConfig(wrong)).not.toThrow('topsecret');
  }
});
