import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { storageSession } from './storage-session.ts';

await ruleCases(storageSession, {
  flags: {
    'a token in sessionStorage': {
      on: { session: { auth: dailyToken() } },
      severity: 'low',
      says: /sessionStorage\["auth"\]/,
      at: 'sightings[0]',
    },
    "a host's token, one level up": {
      on: { session: { auth: dailyHost() } },
      severity: 'medium',
      says: 'It lies in sessionStorage["auth"] of https://call.acme.com',
    },
  },
  passes: {},
  doesNotApply: {
    'a token in localStorage': { local: { auth: dailyToken() } },
    'a token that is gone': {
      session: { auth: dailyToken() },
      seen: (all) => all.map((one) => ({ ...one, goneAt: now })),
    },
  },
});
