import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import type { JsonObject } from '../engine/text/json.ts';
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
  [{ accessKeys, keys: [{ provider: 'jitsi', secret: 'x', issuer: [] }] }, /keys.0.issuer: is empty/],
  [{ accessKeys, keys: [{ provider: 'jitsi', secret: 'x', audience: [] }] }, /keys.0.audience: is empty/],
  [{ accessKeys, keys: [{ provider: 'oidc', discovery: 'http://id.example' }] }, /https:/],
  [
    { accessKeys, keys: [{ provider: 'oidc', discovery: 'https://id.example', jwks: 'https://id.example/j' }] },
    /exactly one/,
  ],
  [
    { accessKeys, keys: [{ provider: 'oidc', discovery: 'https://id.example', issuer: ['https://x.example'] }] },
    /discovery/,
  ],
  [{ accessKeys, keys: [{ provider: 'livekit', secret: 'x', domain: 'meet.example' }] }, /only for jitsi/],
  [{ accessKeys, keys: [{ provider: 'jitsi', secret: 'x', signatureAlgorithm: 'ES256' }] }, /signatureAlgorithm/],
  [{ accessKeys, keys: [{ provider: 'jitsi', secret: 'x', patterns: true }] }, /patterns/],
  [{ accessKeys, keys: [{ provider: 'jitsi', secret: 'x', domain: 'https://meet.example' }] }, /domain/],
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

/** A public key as programs, files and people write it. */
function writingsOf(publicKey: KeyObject): Record<string, string> {
  const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const json = JSON.stringify(publicKey.export({ format: 'jwk' }));
  const ssh = sshOf(publicKey);
  const hex = der.toString('hex');
  const base64 = der.toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return {
    PEM: pem,
    'PEM on one line': pem.replaceAll('\n', '\\n'),
    'PEM in quotes': `'${pem}'`,
    'PEM in base64': Buffer.from(pem).toString('base64'),
    'PEM in hex': Buffer.from(pem).toString('hex'),
    'PEM, percent-encoded': encodeURIComponent(pem),
    'PEM in a data URL': `data:application/x-pem-file;base64,${Buffer.from(pem).toString('base64')}`,
    'a certificate': pem.replaceAll('PUBLIC KEY', 'CERTIFICATE'),
    'a JWK': json,
    'a JWK Set': `{"keys":[${json}]}`,
    'a JWK in a list': `[${json}]`,
    'a JWK inside of something': JSON.stringify({ name: 'x', key: JSON.parse(json) }),
    'a JWK in a JSON string': JSON.stringify(json),
    'a JWK in base64': Buffer.from(json).toString('base64url'),
    'a JWK without quotes': json.replaceAll('"', ''),
    'hex DER': hex,
    'hex DER in capitals': hex.toUpperCase(),
    'hex DER with colons': hex.match(/../g)?.join(':') ?? '',
    'hex DER with spaces and lines': hex.match(/.{1,32}/g)?.join('\n ') ?? '',
    'hex DER with 0x': `0x${hex}`,
    'hex DER byte by byte': hex.replace(/../g, '0x$&, '),
    'hex DER, escaped': hex.replace(/../g, '\\x$&'),
    'a list of numbers': JSON.stringify([...der]),
    'numbers with commas': [...der].join(', '),
    'base64 DER': base64,
    'base64url DER': der.toString('base64url'),
    'base64 DER in lines': lines.join('\n'),
    'base64 DER in escaped lines': lines.join('\\n'),
    'base64 DER in quotes': `"${base64}"`,
    'base64 DER, percent-encoded': encodeURIComponent(base64),
    'base64 of base64 DER': Buffer.from(base64).toString('base64'),
    'base64 DER and a line break': Buffer.concat([der, Buffer.from('\r\n')]).toString('base64'),
    'two keys in base64 DER': Buffer.concat([der, der]).toString('base64'),
    'base64 DER in JSON': JSON.stringify({ publicKey: base64 }),
    'a line of authorized_keys': `${ssh.name} ${ssh.base64} ada@example`,
    'such a line with options': `from="10.0.0.1" ${ssh.name} ${ssh.base64}`,
    'a line of known_hosts': `host.example ${ssh.name} ${ssh.base64}`,
    'the blob of SSH': ssh.base64,
    'the blob of SSH in hex': Buffer.from(ssh.base64, 'base64').toString('hex'),
    'the SSH2 form': `---- BEGIN SSH2 PUBLIC KEY ----\n${ssh.base64}\n---- END SSH2 PUBLIC KEY ----`,
  };
}

/** As `ssh-keygen` writes it (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4). */
function sshOf(publicKey: KeyObject): { name: string; base64: string } {
  const { kty, n = '', e = '', x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const part = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const number = (text: string) => Buffer.concat([Buffer.alloc(1), Buffer.from(text, 'base64url')]);
  const [name, parts] =
    kty === 'RSA'
      ? ['ssh-rsa', [number(e), number(n)]]
      : kty === 'EC'
        ? ['ecdsa-sha2-nistp256', [Buffer.from('nistp256'), Buffer.from([4, ...Buffer.from(x + y, 'base64url')])]]
        : ['ssh-ed25519', [Buffer.from(x, 'base64url')]];
  return { name, base64: Buffer.concat([Buffer.from(name), ...parts].map(part)).toString('base64') };
}

const publicKeys = [
  generateKeyPairSync('rsa', { modulusLength: 2048 }),
  generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  generateKeyPairSync('ed25519'),
].map((pair) => pair.publicKey);
const [rsaKey] = publicKeys as [KeyObject];

test.each([
  ...publicKeys.flatMap((publicKey) =>
    Object.entries(writingsOf(publicKey)).map(([how, text]) => [publicKey.asymmetricKeyType, how, text] as const),
  ),
  ['rsa', 'PKCS#1 in hex', rsaKey.export({ type: 'pkcs1', format: 'der' }).toString('hex')],
  ['rsa', 'XML', '<RSAKeyValue><Modulus>AQAB</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>'],
] as const)('a public key (%s) as a secret is refused: %s', (_type, _how, text) => {
  const accept = (key: JsonObject) => parseConfig({ accessKeys, keys: [{ provider: 'jitsi', ...key }] });
  expect(() => accept({ secret: text })).toThrow(/never used as a shared secret/);
  expect(() => accept({ secretBase64: Buffer.from(text).toString('base64') })).toThrow(/never used as a shared secret/);
  expect(() => accept({ secret: text })).not.toThrow(text.slice(0, 12));
});

test('DER as a secret is refused, and so is every writing in the environment', () => {
  const secretBase64 = rsaKey.export({ type: 'spki', format: 'der' }).toString('base64');
  expect(() => parseConfig({ accessKeys, keys: [{ provider: 'jitsi', secretBase64 }] })).toThrow(
    /never used as a shared/,
  );
  for (const text of Object.values(writingsOf(rsaKey))) {
    expect(() => configFrom({ ROOMKEY_ACCESS_KEYS: accessKeys[0], ROOMKEY_JITSI_SECRET: text })).toThrow(ConfigError);
  }
});

test('secrets as people make them are taken, whatever they look like', () => {
  const bytes = Array.from({ length: 200 }, (_, at) => createHash('sha512').update(String(at)).digest());
  const secrets = bytes.flatMap((one) => [one.toString('hex'), one.toString('base64'), one.toString('base64url')]);
  for (const secret of [
    ...secrets,
    'my_app_secret',
    '0123456789',
    '12, 34, 56',
    'AAAA',
    '{"a":1}',
    '"quoted"',
    '%41%42',
    '0x00',
  ]) {
    expect(parseConfig({ accessKeys, keys: [{ provider: 'jitsi', secret }] }).keys).toHaveLength(1);
  }
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
  [{ ROOMKEY_CONFIG: '' }, 'ROOMKEY_CONFIG is empty'],
  [{ ROOMKEY_CONFIG: ' ' }, 'ROOMKEY_CONFIG is empty'],
  [{ ROOMKEY_CONFG: 'topsecret' }, 'is ROOMKEY_CONFIG meant?'],
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

test('an issuer whose keys are looked up is the one whose tokens are accepted', () => {
  const [key] = parseConfig({ accessKeys, keys: [{ provider: 'oidc', discovery: 'https://id.example' }] }).keys;
  expect(key?.issuer).toEqual(['https://id.example']);
});

test('Jitsi’s settings are read from the environment, and no other platform has them', () => {
  const access = { ROOMKEY_ACCESS_KEYS: accessKeys[0] };
  const { keys } = configFrom({
    ...access,
    ROOMKEY_JITSI_SECRET: 'k1',
    ROOMKEY_JITSI_DOMAIN: 'meet.example',
    ROOMKEY_JITSI_VERIFY_DOMAIN: 'false',
    ROOMKEY_JITSI_REQUIRE_ROOM: 'false',
    ROOMKEY_JITSI_ALLOW_EMPTY_TOKEN: 'true',
    ROOMKEY_JITSI_PATTERNS: 'as-written',
    ROOMKEY_JITSI_SIGNATURE_ALGORITHM: 'HS512',
  });
  expect(keys).toEqual([
    {
      provider: 'jitsi',
      secret: 'k1',
      domain: 'meet.example',
      verifyDomain: false,
      requireRoom: false,
      allowEmptyToken: true,
      patterns: 'as-written',
      signatureAlgorithm: 'HS512',
    },
  ]);
  const wrong = { ...access, ROOMKEY_JITSI_SECRET: 'k1', ROOMKEY_JITSI_VERIFY_DOMAIN: 'no' };
  expect(() => configFrom(wrong)).toThrow(/ROOMKEY_JITSI_VERIFY_DOMAIN must be true or false/);
  expect(() => configFrom({ ...access, ROOMKEY_LIVEKIT_SECRET: 'k1', ROOMKEY_LIVEKIT_DOMAIN: 'x' })).toThrow(
    /no setting/,
  );
});
