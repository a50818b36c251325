import type { JsonObject } from '../../../src/engine/text/json.ts';
import { jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

// Whereby issues these keys; no package signs them. Here: the claims of public samples, with a key of our own.
const base: JsonObject = {
  meetingId: '1',
  roomReference: { roomName: '/standup', organizationId: '42' },
  iss: 'https://accounts.srv.whereby.com',
  iat: now,
};

export const whereby: Minted = {
  host: () => jwt({ ...base, roomKeyType: 'meetingHost' }),
  'unknown kind': () => jwt({ ...base, roomKeyType: 'somethingElse' }),
  'without room': () => jwt({ ...base, roomReference: null, roomKeyType: 'meetingHost' }),
  'odd: organization is a number': () =>
    jwt({ ...base, roomReference: { roomName: 7, organizationId: 42 }, roomKeyType: true }),
};
