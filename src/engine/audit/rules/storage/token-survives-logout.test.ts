import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import type { Sighting } from '../../../model/token.ts';
import { tokenSurvivesLogout } from './token-survives-logout.ts';

const session = jwt({ sub: 'ada', exp: now + hours(1) });
const loggedOut = { origin: 'https://call.acme.com', at: now };
const seenAt = (at: number | null) => (all: Sighting[]) => all.map((one) => ({ ...one, seenAt: at }));
const before = seenAt(now - 60);
const sentAt = (startedAt: number) => ({
  url: 'https://call.acme.com/api',
  startedAt,
  requestHeaders: [{ name: 'Cookie', value: `t=${session}` }],
});

await ruleCases(tokenSurvivesLogout, {
  flags: {
    'one that was there before the logout': {
      on: { local: { t: session }, loggedOut, seen: before },
      severity: 'medium',
      says: 'It was in localStorage["t"] of https://call.acme.com before the logout, and still is.',
      at: 'sightings[0]',
      confidence: 'likely',
    },
    'one that had come back before the logout': {
      on: { local: { t: session }, loggedOut, seen: (all) => before(all).map((one) => ({ ...one, backAt: now - 5 })) },
      severity: 'medium',
      says: 'before the logout, and still is.',
    },
    'one in a cookie': {
      on: { cookies: [{ name: 't', value: session }], loggedOut, seen: before },
      severity: 'medium',
      says: 'It was in cookie "t" of https://call.acme.com before the logout',
    },
    'one in a cookie that a request carried before the logout and one carries after it': {
      on: { exchanges: [sentAt(now - 60), sentAt(now + 5)], loggedOut },
      severity: 'medium',
      says: 'request header Cookie "t"',
    },
  },
  passes: {
    'one that was removed': {
      local: { t: session },
      loggedOut,
      seen: (all) => before(all).map((one) => ({ ...one, goneAt: now })),
    },
    'one that came after the logout': { local: { t: session }, loggedOut, seen: seenAt(now + 5) },
    'one that was removed and came back later': {
      local: { t: session },
      loggedOut,
      seen: (all) => before(all).map((one) => ({ ...one, backAt: now + 5 })),
    },
    'one whose time is not known': { local: { t: session }, loggedOut, seen: seenAt(null) },
    'one of another site': {
      local: { t: session },
      loggedOut: { ...loggedOut, origin: 'https://other.example' },
      seen: before,
    },
    'one in a cookie that a request carried before the logout, and none after it': {
      exchanges: [sentAt(now - 60)],
      loggedOut,
    },
    'one in a cookie that only requests after the logout carry': { exchanges: [sentAt(now + 5)], loggedOut },
    'one in the address': { url: `https://call.acme.com/?t=${session}`, loggedOut, seen: before },
  },
  doesNotApply: {
    'nobody said that they logged out': { local: { t: session } },
    'a key that apps carry by design': {
      local: { t: jwt({ iss: 'supabase', ref: 'abcdefghijklmnopqrst', role: 'anon', iat: now, exp: now + hours(1) }) },
      loggedOut,
    },
  },
});
