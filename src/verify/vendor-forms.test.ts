import { createHmac } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { zegocloud, zegoSecret } from '../../test/builders/mint/zegocloud.ts';
import { now } from '../../test/builders/tokens.ts';
import { decode } from '../engine/decode/decode.ts';
import type { FormId } from '../engine/model/token.ts';
import { secretReadings, verifySignature } from './index.ts';

const secret = 'a-throw-away-secret-of-the-vendor-forms-0123456789';
const verify = async (text: string, form: FormId, key = secret) =>
  (await verifySignature(decode(text, form), secretReadings(key).slice(0, 1))).outcome;

const data = `session_id=1_abc&create_time=${now}&expire_time=${now + 60}&role=moderator`;
const t1 = (front: string, body = data) => {
  const sig = createHmac('sha1', secret).update(body).digest('hex');
  return `T1==${Buffer.from(`${front.replace('SIG', sig)}:${body}`).toString('base64')}`;
};

test('a T1 token says nothing outside of what is signed', async () => {
  expect(await verify(t1('partner_id=1&sig=SIG'), 'opentok-t1')).toBe('passed');
  for (const front of [
    `partner_id=1&sig=SIG&expire_time=${now + 9e6}`,
    'partner_id=1&role=moderator&sig=SIG',
    'partner_id=1&sig=SIG&session_id=2_def',
    'partner_id=1&sig=00&sig=SIG',
    'partner_id=1&sig=xSIG',
  ])
    expect(await verify(t1(front), 'opentok-t1')).toBe('failed');
  expect(await verify(t1('partner_id=1&sig=SIG', `${data}&expire_time=1`), 'opentok-t1')).toBe('failed');
});

const fields = { 'TLS.identifier': 'ada', 'TLS.sdkappid': 1_400_000_000, 'TLS.time': now, 'TLS.expire': 60 };
const lines = (signed: object) =>
  Object.entries(signed)
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
const usersig = (claims: object, signed: object = fields) => {
  const sig = createHmac('sha256', secret).update(lines(signed)).digest('base64');
  return deflateSync(JSON.stringify({ 'TLS.ver': '2.0', ...claims, 'TLS.sig': sig }))
    .toString('base64')
    .replace(/[+/=]/g, (char) => ({ '+': '*', '/': '-', '=': '_' })[char] ?? '');
};

test('a UserSig whose lines could be other fields than were signed is refused', async () => {
  expect(await verify(usersig(fields), 'trtc-usersig')).toBe('passed');
  const { 'TLS.time': _, 'TLS.expire': __, ...timeless } = fields;
  for (const claims of [
    { ...timeless, 'TLS.sdkappid': `1400000000\nTLS.time:${now}\nTLS.expire:60` },
    { 'TLS.identifier': lines(fields).slice('TLS.identifier:'.length, -1) },
    { ...fields, 'TLS.time': [now] },
    { ...fields, 'TLS.time': String(now) },
    { ...fields, userbuf: { roomid: 7 } },
  ])
    expect(await verify(usersig(claims), 'trtc-usersig')).toBe('failed');
});

test('the claims of a ZEGOCLOUD token are those inside', async () => {
  const text = (await zegocloud.guest?.()) ?? '';
  const outside = Buffer.from(text.slice(2), 'base64');
  outside.writeBigInt64BE(BigInt(now + 9_000_000), 0);
  const verdict = await verifySignature(
    decode(`04${outside.toString('base64')}`, 'zego-04'),
    secretReadings(zegoSecret).slice(0, 1),
  );
  expect(verdict.signed?.claims).toMatchObject({ expire: now + 3600 });
});
