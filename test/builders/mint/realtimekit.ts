import type { JsonObject } from '../../../src/engine/text/json.ts';
import { days, jwt, now, without } from '../tokens.ts';
import type { Minted } from './minted.ts';

// Cloudflare issues these tokens; no package signs them. Here: the claims its SDKs read, with a key of our own.
const base: JsonObject = {
  orgId: '0d1c2b3a-0000-4000-8000-000000000001',
  meetingId: 'bbb11111-0000-4000-8000-000000000002',
  participantId: 'aaa11111-0000-4000-8000-000000000003',
  iat: now,
  exp: now + days(1),
};
const { meetingId: _, ...version1 } = base;

export const realtimekit: Minted = {
  guest: () => jwt(base),
  'same meeting, preset host': () => jwt({ ...base, participantId: 'aaa11111-0000-4000-8000-000000000004' }),
  'without expiry': () => jwt({ ...base, exp: without }),
  'without room': () => jwt(version1),
  'odd: meeting is a number': () => jwt({ ...base, meetingId: 7 }),
};
