import { createCipheriv } from 'node:crypto';
import { hours, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

export const zegoSecret = '0123456789abcdef0123456789abcdef';

/**
 * ZEGOCLOUD publishes its generator as sample code, not as a package; this follows its documented algorithm: expiry, IV
 * and AES-CBC ciphertext, each with its length. https://github.com/ZEGOCLOUD/zego_server_assistant, read 2026-11.
 */
function token04(claims: object, expire: number): string {
  const key = Buffer.from(zegoSecret);
  const iv = Buffer.from('abcdefghijklmnop');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const encrypted = Buffer.concat([cipher.update(JSON.stringify(claims)), cipher.final()]);
  const head = Buffer.alloc(10);
  head.writeBigInt64BE(BigInt(expire), 0);
  head.writeUInt16BE(iv.length, 8);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(encrypted.length, 0);
  return `04${Buffer.concat([head, iv, length, encrypted]).toString('base64')}`;
}

const claims = { app_id: 1_234_567_890, user_id: 'ada', nonce: 7, ctime: now };
const payload = JSON.stringify({ room_id: 'standup', privilege: { 1: 1, 2: 1 }, stream_id_list: null });

export const zegocloud: Minted = {
  guest: () => token04({ ...claims, expire: now + hours(1), payload }, now + hours(1)),
  'without room': () => token04({ ...claims, expire: now + hours(1), payload: '' }, now + hours(1)),
  expired: () => token04({ ...claims, expire: now - hours(1), payload }, now - hours(1)),
};
