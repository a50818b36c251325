import { createHash } from 'node:crypto';
import type { Minted } from './minted.ts';

export const bigbluebuttonSecret = 'a-throw-away-bigbluebutton-secret';

/** A join link, its checksum made as the API page says: the hash of the call, the query and the secret. */
export function bigbluebuttonLink(
  parameters: Record<string, string> = {},
  algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512' = 'sha256',
  server = 'https://bbb.example.com',
): string {
  const query = new URLSearchParams({ fullName: 'Ada Lovelace', meetingID: 'standup', ...parameters }).toString();
  const checksum = createHash(algorithm).update(`join${query}${bigbluebuttonSecret}`).digest('hex');
  return `${server}/bigbluebutton/api/join?${query}&checksum=${checksum}`;
}

const createTime = '1795176000123';

export const bigbluebutton: Minted = {
  guest: () => bigbluebuttonLink({ role: 'VIEWER', createTime, userID: 'u1', guest: 'true' }),
  host: () => bigbluebuttonLink({ role: 'MODERATOR', createTime, userID: 'u2' }),
  'without createTime': () => bigbluebuttonLink({ role: 'MODERATOR' }, 'sha512'),
  'by password': () => bigbluebuttonLink({ password: 'mp' }, 'sha1'),
  'without role': () => bigbluebuttonLink(),
};
