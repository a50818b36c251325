import { expect, test } from 'vitest';
import { type Held, type Suspicion, suspicionOf } from './suspicion.ts';

test.each<[Suspicion, Held, string[]]>([
  [
    'certain',
    'member',
    [
      ...[
        'token',
        'accessToken',
        'access_token',
        'X-Auth-Token',
        'Private-Token',
        'refreshToken',
        'idToken',
        'csrfmiddlewaretoken',
      ],
      ...[
        'password',
        'userPassword',
        'PASSWD',
        'pwd',
        'passphrase',
        'client_secret',
        'apiKey',
        'api-key',
        'APIKEY',
        'roomKey',
      ],
      ...[
        'sid',
        'session_id',
        'sessionId',
        'JSESSIONID',
        'connect.sid',
        'sig',
        'X-Amz-Signature',
        'SAMLResponse',
        'jwt',
        'zak',
      ],
      ...[
        'otp',
        'user_pin',
        'code_verifier',
        'credential',
        'authorization',
        'DPoP',
        'user[password]',
        'access%5Ftoken',
        'usersig',
      ],
      ...['ice-pwd', 'deviceCode', 'privateKey', 'X-Vault-Token', '__Host-session-token', 'hmac', 'mnemonic'],
    ],
  ],
  [
    'likely',
    'member',
    ['key', 'auth', 'session', 'code', 'ticket', 'refresh', 'token_type', 'tokenName', 'someKey', 'authKeyed_key'],
  ],
  ['certain', 'header', ['Authorization', 'X-Session', 'X-Auth', 'Proxy-Authorization', 'Cookie', 'Set-Cookie']],
  ['certain', 'parameter', ['auth', 'session', 'ticket']],
  ['likely', 'cookie', ['theme', '_ga', 'visitor', 'qx', '']],
  [
    null,
    'member',
    [
      ...[
        'id',
        'room',
        'userId',
        'name',
        'tokenizer',
        'publicKey',
        'cacheKey',
        'keyCode',
        'errorCode',
        'pinned',
        'pinColor',
      ],
      ...[
        'author',
        'authority',
        'design',
        'assignee',
        'secretary',
        'hash',
        'etag',
        'nonce',
        'WWW-Authenticate',
        'token_id',
        '',
      ],
    ],
  ],
  [
    null,
    'header',
    ['ETag', 'X-Request-Id', 'traceparent', 'Sec-WebSocket-Key', 'Idempotency-Key', 'Accept', 'X-Cache-Key'],
  ],
])('%s as a %s', (suspicion, held, names) => {
  expect(names.filter((name) => suspicionOf(name, held) !== suspicion)).toEqual([]);
});

test('no name is found on a prototype', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'])
    expect(suspicionOf(name, 'member')).toBeNull();
});
