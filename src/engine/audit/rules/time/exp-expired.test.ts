import { hours, jwt, minutes, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { expExpired } from './exp-expired.ts';

const expired = jwt({ sub: 'ada', iat: now - hours(2), exp: now - hours(1) });

await ruleCases(expExpired, {
  flags: {
    'a token that merely lies there': {
      on: { local: { token: expired } },
      severity: 'info',
      says: /1 hour ago, on 2026-11-20T11:00:00Z/,
      at: 'claims.exp',
    },
    'one that is still sent': {
      on: {
        local: { token: expired },
        seen: (all) =>
          all.map((one) => ({
            ...one,
            place: { ...one.place, traits: { ...one.place.traits, storage: null, sentToServers: true } },
          })),
      },
      severity: 'low',
      says: 'still sent',
    },
  },
  passes: {
    'a live token': { local: { token: jwt({ exp: now + minutes(10) }) } },
    'a token within the allowed clock difference': { local: { token: jwt({ exp: now - 59 }) } },
  },
  doesNotApply: {
    'a token without expiry': { local: { token: jwt({ sub: 'ada' }) } },
    'an expiry that is no number': { local: { token: jwt({ exp: '1' }) } },
  },
});
