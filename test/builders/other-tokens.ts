/** Tokens that are not JWTs, built byte by byte as their vendors' libraries build them. */
import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { deflateRawSync, deflateSync } from 'node:zlib';
import type { Json, JsonObject } from '../../src/engine/text/json.ts';
import { base64url, days, hours, jwt, now, rawJwt } from './tokens.ts';

const secret = '5cfd2fd1755d40ecb72977518be15d3b';
export const agoraAppId = '970ca35de60c44645bbae8a215061b33';

/** `T1==` token; times in seconds. */
export function opentokT1(claims: Record<string, string | number> = {}): string {
  const data = new URLSearchParams({
    session_id: '1_MX4xMjM0NTY3OH5-MTc5NTE3NjAwMH5ub25lfg',
    create_time: String(now),
    nonce: '0.27257761603202324',
    role: 'publisher',
    expire_time: String(now + days(1)),
    connection_data: 'name=Jo & co',
    initial_layout_class_list: '',
    scope: 'session.connect',
    ...Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, String(value)])),
  }).toString();
  const sig = createHmac('sha1', secret).update(data).digest('hex');
  return `T1==${Buffer.from(`partner_id=12345678&sig=${sig}:${data}`).toString('base64')}`;
}

const u16 = (value: number) => bytes(2, (data) => data.writeUInt16LE(value));
const u32 = (value: number) => bytes(4, (data) => data.writeUInt32LE(value));
const str = (value: string | Buffer) => Buffer.concat([u16(Buffer.byteLength(value)), Buffer.from(value)]);
const map = (values: Record<number, number>) =>
  Buffer.concat([
    u16(Object.keys(values).length),
    ...Object.entries(values).map(([key, value]) => Buffer.concat([u16(Number(key)), u32(value)])),
  ]);

function bytes(size: number, write: (data: Buffer) => unknown): Buffer {
  const data = Buffer.alloc(size);
  write(data);
  return data;
}

/** Agora AccessToken2 with one service; `fields` follow the privileges. */
export function agora007(
  services: { type: number; privileges: Record<number, number>; fields: string[] }[] = [
    { type: 1, privileges: { 1: 1800, 2: 1800, 3: 1800, 4: 1800 }, fields: ['demo-channel', '2882341273'] },
  ],
  expire = 3600,
): string {
  const message = Buffer.concat([
    str(agoraAppId),
    u32(now),
    u32(expire),
    u32(99),
    u16(services.length),
    ...services.flatMap(({ type, privileges, fields }) => [u16(type), map(privileges), ...fields.map(str)]),
  ]);
  const signature = createHmac('sha256', secret).update(message).digest();
  return `007${deflateSync(Buffer.concat([str(signature), message])).toString('base64')}`;
}

/** Agora AccessToken, version 006. */
export function agora006(privileges: Record<number, number> = { 1: now + days(1), 2: now + days(1) }): string {
  const message = Buffer.concat([u32(4711), u32(now + days(1)), map(privileges)]);
  const signature = createHmac('sha256', secret).update(message).digest();
  const content = Buffer.concat([str(signature), u32(2334608489), u32(841265288), str(message)]);
  return `006${agoraAppId}${content.toString('base64')}`;
}

/** TRTC UserSig; with a room, the privileges are bound to it in a user buffer. */
export function trtcUsersig(room: number | null = null, claims: JsonObject = {}): string {
  const userbuf =
    room === null
      ? {}
      : {
          'TLS.userbuf': Buffer.concat([
            Buffer.from([0, 0, 5]),
            Buffer.from('alice'),
            ...[1400000000, room, now + days(1), 255, 0].map((value) => bytes(4, (data) => data.writeUInt32BE(value))),
          ]).toString('base64'),
        };
  const json = JSON.stringify({
    'TLS.ver': '2.0',
    'TLS.identifier': 'alice',
    'TLS.sdkappid': 1400000000,
    'TLS.time': now,
    'TLS.expire': days(1),
    ...userbuf,
    'TLS.sig': createHmac('sha256', secret).update('alice').digest('base64'),
    ...claims,
  });
  const spelling: Record<string, string> = { '+': '*', '/': '-', '=': '_' };
  return deflateSync(Buffer.from(json))
    .toString('base64')
    .replace(/[+/=]/g, (char) => spelling[char] as string);
}

/** ZEGOCLOUD token04. */
export function zego04(expire = now + hours(1)): string {
  const iv = Buffer.from('0123456789abcdef');
  const cipher = createCipheriv('aes-256-cbc', secret, iv);
  const sealed = Buffer.concat([cipher.update('{"app_id":1,"user_id":"alice"}'), cipher.final()]);
  const be16 = (value: number) => bytes(2, (data) => data.writeUInt16BE(value));
  const content = Buffer.concat([
    bytes(8, (data) => data.writeBigInt64BE(BigInt(expire))),
    be16(iv.length),
    iv,
    be16(sealed.length),
    sealed,
  ]);
  return `04${content.toString('base64')}`;
}

/** An SD-JWT whose disclosures are all bound; `orphans` are added without a digest. */
export function sdJwt(
  disclosed: Record<string, Json>,
  { alg = 'sha-256', orphans = [] as string[], keyBinding = '', claims = {} as JsonObject } = {},
): string {
  const disclosures = Object.entries(disclosed).map(([name, value], index) =>
    base64url(JSON.stringify([`salt-${index}`, name, value])),
  );
  const _sd = disclosures.map((one) => createHash(alg.replace('-', '')).update(one).digest('base64url'));
  const issued = jwt({ iss: 'https://issuer.example', _sd, _sd_alg: alg, ...claims }, { typ: 'dc+sd-jwt' });
  return `${[issued, ...disclosures, ...orphans].join('~')}~${keyBinding}`;
}

/** A JWE in compact form; the ciphertext is noise. */
export function jwe(header: JsonObject = {}): string {
  const noise = (size: number) =>
    createHash('sha512').update(String(size)).digest().subarray(0, size).toString('base64url');
  return `${base64url(JSON.stringify({ alg: 'dir', enc: 'A256GCM', ...header }))}..${noise(12)}.${noise(48)}.${noise(16)}`;
}

/** A SMART Health Card QR text. */
export function smartHealthCard(claims: JsonObject): string {
  const payload = deflateRawSync(Buffer.from(JSON.stringify(claims))).toString('base64url');
  const [header] = rawJwt({ alg: 'ES256', zip: 'DEF', kid: 'key' }, {}).split('.') as [string];
  const token = `${header}.${payload}.${Buffer.alloc(64, 7).toString('base64url')}`;
  return `shc:/${[...token].map((char) => String(char.charCodeAt(0) - 45).padStart(2, '0')).join('')}`;
}

/** A Biscuit: a signed block, and the proof. `rootKey` is the number of the key, where it is told. */
export function biscuit(rootKey: number | null = null): string {
  const field = (number: number, bytes: Buffer) =>
    Buffer.concat([Buffer.from([(number << 3) | 2]), varint(bytes.length), bytes]);
  const publicKey = field(2, Buffer.concat([Buffer.from([8, 0]), field(2, Buffer.alloc(32, 3))]));
  const authority = Buffer.concat([field(1, Buffer.alloc(140, 0x61)), publicKey, field(3, Buffer.alloc(64, 5))]);
  const key = rootKey === null ? Buffer.alloc(0) : Buffer.from([8, rootKey]);
  return Buffer.concat([key, field(2, authority), field(4, field(1, Buffer.alloc(32, 9)))]).toString('base64url');
}

function varint(value: number): Buffer {
  return Buffer.from(value < 0x80 ? [value] : [(value & 0x7f) | 0x80, value >> 7]);
}

/** A Branca token: version, time, nonce, an encrypted message and its tag, in base62. */
export function branca(issuedAt = now, version = 0xba): string {
  const time = Buffer.alloc(4);
  time.writeUInt32BE(issuedAt);
  const sealed = createHash('sha512').update('message').digest();
  const bytes = Buffer.concat([Buffer.from([version]), time, sealed.subarray(0, 24), sealed]);
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let text = '';
  for (let left = BigInt(`0x${bytes.toString('hex')}`); left > 0n; left /= 62n)
    text = alphabet[Number(left % 62n)] + text;
  return text;
}

/** A join token of Amazon Chime: the attendee's id and a random one. */
export function chimeJoinToken(attendee = '224fac23-992f-6972-4063-0325289f9fa5'): string {
  return Buffer.from(`${attendee}:0f1e2d3c-5c78-411f-b61b-4924e7b49ea7`).toString('base64').replace(/=+$/, '');
}
