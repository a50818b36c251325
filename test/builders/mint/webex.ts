import { hours, jwt, minutes, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

/** Webex hands the secret out base64-encoded; tokens are signed with the bytes behind it. */
const secret = Buffer.from('YS10aHJvdy1hd2F5LXdlYmV4LWd1ZXN0LWlzc3Vlci1zZWNyZXQ=', 'base64').toString('latin1');
const issuer = Buffer.from('ciscospark://us/ORGANIZATION/1eb65fdf-9643-417f-9974-ad72cae0e10f').toString('base64url');
const guest = { sub: 'guest-1', name: 'Ada', iss: issuer };

export const webex: Minted = {
  guest: () => jwt({ ...guest, iat: now, exp: now + minutes(90) }, {}, secret),
  'short-lived': () => jwt({ ...guest, exp: now + minutes(5) }, {}, secret),
  'without expiry': () => jwt({ ...guest, iat: now }, {}, secret),
  'without name': () => jwt({ sub: 'guest-1', iss: issuer, iat: now, exp: now + hours(1) }, {}, secret),
  'odd: name as an object': () => jwt({ ...guest, name: { first: 'Ada' }, exp: now + hours(1) }, {}, secret),
};
