import { hours, jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

const team = { td: '11111111-2222-3333-4444-555555555555', rd: 'standup' };
const times = { iat: now, nbf: now, exp: now + hours(2) };

/** Digital Samba has no server SDK; its documentation signs with a generic JWT library. */
export const digitalSamba: Minted = {
  guest: () => jwt({ ...team, ud: 'ext-1', u: 'Ada', role: 'attendee', ...times }),
  host: () => jwt({ ...team, ud: 'ext-1', u: 'Ada', role: 'moderator', ...times }),
  "the team's own role": () => jwt({ ...team, u: 'Ada', role: 'interpreter', breakoutId: 'b1', ...times }),
  'room default role': () => jwt({ ...team, ...times }),
  'without expiry': () => jwt({ ...team, u: 'Ada', iat: now }),
  'without room': () => jwt({ td: team.td, u: 'Ada', role: 'speaker', ...times }),
  'odd: role as a list': () => jwt({ ...team, role: ['moderator'], ...times }),
};
