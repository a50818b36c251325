import HMS from '@100mslive/server-sdk';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { hours, jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

export const hundredMsSecret = 'a-throw-away-100ms-secret-of-some-length';

const accessKey = 'hms_access_key_0000';
const room = '64c0a1b2c3d4e5f601234567';
const sdk = new HMS.SDK(accessKey, hundredMsSecret);
sdk.setLogLevel('silent');

async function joining(role: string, more: { userId?: string; validForSeconds?: number } = {}): Promise<string> {
  return (await sdk.auth.getAuthToken({ roomId: room, role, ...more })).token;
}

/** What no SDK would write: the claims as given beside the key and version. */
export function hundredMsClaims(claims: JsonObject): string {
  return jwt({ access_key: accessKey, version: 2, iat: now, ...claims });
}

export const hundredMs: Minted = {
  guest: () => joining('guest', { userId: 'ada', validForSeconds: hours(1) }),
  host: () => joining('host', { userId: 'ada' }),
  'without user': () => joining('viewer-near-realtime'),
  management: async () => (await sdk.auth.getManagementToken()).token,
  'without expiry': () => hundredMsClaims({ type: 'app', room_id: room, role: 'guest', user_id: 'ada' }),
  'without room': () => hundredMsClaims({ type: 'app', role: 'guest', exp: now + hours(1) }),
  'version as a string': () =>
    hundredMsClaims({ type: 'app', version: '2', room_id: room, role: 'guest', exp: now + hours(1) }),
};
