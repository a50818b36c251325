import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  agora006,
  agora007,
  agoraAppId,
  jwe,
  opentokT1,
  sdJwt,
  smartHealthCard,
  trtcUsersig,
  zego04,
} from '../../../../test/builders/other-tokens.ts';
import { base64url, daily, days, jwt, now, rawJwt, unsecuredJwt } from '../../../../test/builders/tokens.ts';
import { detect } from '../../find/detect.ts';
import type { FormId, Token } from '../../model/token.ts';
import { decode } from '../decode.ts';

/** The one token of a text, found and decoded. */
function only(text: string, key: string | null = null): Token & { note: string | null } {
  const { hits } = detect(text, { key });
  expect(hits).toHaveLength(1);
  const [hit] = hits as [(typeof hits)[number]];
  return { ...decode(hit.token, hit.form), note: hit.note };
}

const inText = (token: string) => `{"a":1,"credentials":["${token}"]}`;

describe('forms are found in a text to the character and read', () => {
  test.each<[FormId, string]>([
    ['jws', daily.guest()],
    ['jws-unsecured', unsecuredJwt({ sub: 'ada' })],
    ['jwe', jwe()],
    ['sd-jwt', sdJwt({ name: 'Ada' })],
    ['opentok-t1', opentokT1()],
    ['agora-007', agora007()],
    ['agora-006', agora006()],
    ['trtc-usersig', trtcUsersig()],
    ['trtc-usersig', trtcUsersig(10000)],
    ['zego-04', zego04()],
    ['smart-health-card', smartHealthCard({ iss: 'https://health.example' })],
  ])('%s', (form, token) => {
    const found = only(inText(token));
    expect(found.text).toBe(token);
    expect(found.form).toBe(form);
    expect(found.problem).toBeNull();
    expect(detect(`call("${token}");`).hits.map((hit) => hit.token)).toEqual([token]);
    expect(detect(token).hits.map((hit) => hit.token)).toEqual([token]);
  });
});

test('a UserSig is found wherever its asterisks stand, in long texts too', () => {
  const tokens = Array.from({ length: 200 }, (_, user) => {
    const sig = createHash('sha256').update(String(user)).digest('base64');
    return trtcUsersig(user, { 'TLS.identifier': `user${user * 7919}`, 'TLS.expire': 86_400 + user, 'TLS.sig': sig });
  });
  const early = tokens.filter((token) => token.lastIndexOf('*', 55) > 0);
  expect(early.length).toBeGreaterThan(20);
  const code = 'function twice(a) { return a * 2; }\n'.repeat(2000);
  for (const token of tokens) expect(detect(token).hits.map((hit) => hit.token)).toEqual([token]);
  for (const token of early.slice(0, 40)) {
    expect(detect(`${code}login("${token}");`).hits.map((hit) => hit.token)).toEqual([token]);
  }
});

describe('claims of tokens that are not JWTs', () => {
  test('OpenTok T1: numbers for times, decoded connection data', () => {
    expect(only(opentokT1()).claims).toEqual({
      partner_id: '12345678',
      sig: expect.stringMatching(/^[0-9a-f]{40}$/),
      session_id: '1_MX4xMjM0NTY3OH5-MTc5NTE3NjAwMH5ub25lfg',
      create_time: now,
      nonce: '0.27257761603202324',
      role: 'publisher',
      expire_time: now + days(1),
      connection_data: 'name=Jo & co',
      initial_layout_class_list: '',
      scope: 'session.connect',
    });
  });

  test('Agora 007: services with privileges, channel and user', () => {
    const token = agora007([
      { type: 1, privileges: { 1: 1800 }, fields: ['demo', '42'] },
      { type: 2, privileges: { 1: 3600 }, fields: ['alice'] },
    ]);
    expect(only(token).claims).toEqual({
      appId: agoraAppId,
      issueTs: now,
      expire: 3600,
      salt: 99,
      services: [
        { type: 1, privileges: { 1: 1800 }, channel: 'demo', uid: '42' },
        { type: 2, privileges: { 1: 3600 }, user: 'alice' },
      ],
    });
  });

  test('Agora 006: checksums and absolute privilege times', () => {
    expect(only(agora006()).claims).toEqual({
      appId: agoraAppId,
      crc_channel: 2334608489,
      crc_uid: 841265288,
      salt: 4711,
      ts: now + days(1),
      privileges: { 1: now + days(1), 2: now + days(1) },
    });
  });

  test('TRTC: the JSON as it is, and the user buffer decoded', () => {
    expect(only(trtcUsersig(10000)).claims).toMatchObject({
      'TLS.identifier': 'alice',
      'TLS.expire': days(1),
      userbuf: { account: 'alice', sdkappid: 1400000000, roomid: 10000, expiresAt: now + days(1), privileges: 255 },
    });
    expect(only(trtcUsersig()).claims).not.toHaveProperty('userbuf');
  });

  test('ZEGOCLOUD: only the expiry is readable', () => {
    expect(only(zego04(now + 60)).claims).toEqual({ expire: now + 60 });
  });

  test('a JWE shows its header and no claims', () => {
    expect(only(jwe({ kid: 'k1' }))).toMatchObject({ header: { alg: 'dir', kid: 'k1' }, claims: null, problem: null });
  });

  test('a SMART Health Card is inflated', () => {
    expect(only(smartHealthCard({ iss: 'https://health.example' })).claims).toEqual({ iss: 'https://health.example' });
  });
});

describe('SD-JWT disclosures', () => {
  test.each(['sha-256', 'sha-384', 'sha-512'])('are checked against %s digests', (alg) => {
    const token = only(sdJwt({ given_name: 'Ada', age: 36 }, { alg }));
    expect(token.disclosures).toMatchObject([
      { name: 'given_name', value: 'Ada', bound: true },
      { name: 'age', value: 36, bound: true },
    ]);
  });

  test('are unbound when no digest names them', () => {
    const orphan = base64url('["salt","role","admin"]');
    expect(only(sdJwt({ a: 1 }, { orphans: [orphan] })).disclosures).toMatchObject([
      { name: 'a', bound: true },
      { name: 'role', value: 'admin', bound: false },
    ]);
  });

  test('that are no arrays are noted', () => {
    const token = only(sdJwt({ a: 1 }, { orphans: [base64url('{"not":"an array"}')] }));
    expect(token.irregularities.map(({ code }) => code)).toContain('disclosure-malformed');
  });

  test('come with the holder’s key binding token', () => {
    const keyBinding = rawJwt({ alg: 'ES256', typ: 'kb+jwt' }, { nonce: 'n', aud: 'https://verifier.example' });
    const token = only(sdJwt({ a: 1 }, { keyBinding }));
    expect(token.text.endsWith(keyBinding)).toBe(true);
    expect(token.inner).toMatchObject([{ path: 'key-binding', token: { claims: { nonce: 'n' } } }]);
  });
});

describe('tokens in JSON form', () => {
  const [header, payload, signature] = daily.guest().split('.') as [string, string, string];

  test('general JWS lists one token, whose first signature is read', () => {
    const text = JSON.stringify({
      payload,
      signatures: [
        { protected: header, signature },
        { protected: header, signature },
      ],
    });
    expect(only(`{"answer":${text}}`)).toMatchObject({ text, form: 'jws-json', claims: { r: 'standup' } });
  });

  test('an algorithm in the unprotected header counts', () => {
    const text = JSON.stringify({ payload, header: { alg: 'HS256' }, signature });
    expect(only(text)).toMatchObject({ form: 'jws-json', header: { alg: 'HS256' }, claims: { r: 'standup' } });
  });

  test('flattened JWE shows its header', () => {
    const [protectedHeader, , iv, ciphertext, tag] = jwe().split('.');
    const text = JSON.stringify({ protected: protectedHeader, iv, ciphertext, tag, header: { kid: 'k' } });
    expect(only(text)).toMatchObject({ form: 'jwe-json', header: { enc: 'A256GCM', kid: 'k' }, claims: null });
  });

  test('are found where the text around them is not JSON', () => {
    const text = JSON.stringify({ payload, protected: header, signature });
    expect(only(`const proof = ${text};`).text).toBe(text);
  });
});

describe('nested tokens', () => {
  test('a token as payload is read too', () => {
    const outer = rawJwt({ alg: 'RS256', cty: 'JWT' }, daily.host());
    expect(only(outer).inner).toMatchObject([{ path: 'payload', token: { claims: { o: true } } }]);
  });

  test('a token in a claim is read too', () => {
    expect(only(jwt({ sub: 'a', id_token: daily.host() })).inner).toMatchObject([
      { path: 'claims.id_token', token: { claims: { o: true } } },
    ]);
  });
});

test('compressed storage is read', () => {
  const text = gzipSync(JSON.stringify({ session: { token: daily.guest() } })).toString('base64');
  expect(detect(text).hits).toMatchObject([
    { token: daily.guest(), path: '$.session.token', encodings: ['base64', 'deflate', 'json-string'] },
  ]);
});

test.each([
  ['valueOf'],
  ['__proto__'],
  ['constructor'],
  ['sha-1'],
  [''],
  [7],
  [{ toString: 1 }],
  [['sha-256']],
  [null],
])('an SD-JWT whose digest algorithm is %j is read, its digests being unknown', (_sd_alg) => {
  const token = decode(sdJwt({ given_name: 'Ada' }, { claims: { _sd_alg } }), 'sd-jwt');
  expect(token.problem).toBeNull();
  expect(token.claims).toMatchObject({ _sd_alg });
  // Absent means SHA-256 (RFC 9901 §4.1.1), and null is read the same way.
  expect(token.disclosures).toMatchObject([{ name: 'given_name', value: 'Ada', bound: _sd_alg === null }]);
});
