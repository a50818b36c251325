import { hours, jwt, now, unsecuredJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { algNone } from './alg-none.ts';

const unsigned = unsecuredJwt({ sub: 'ada', exp: now + hours(1) });

await ruleCases(algNone, {
  flags: {
    'an unsigned token in storage': {
      on: { local: { t: unsigned } },
      severity: 'high',
      at: 'header.alg',
      says: '"none"',
    },
    'one that is sent as a credential': {
      on: {
        local: { t: unsigned },
        seen: (all) =>
          all.map((one) => ({
            ...one,
            place: { ...one.place, traits: { ...one.place.traits, storage: null, sentToServers: true } },
          })),
      },
      severity: 'critical',
      says: '`alg` is "none", and the token is sent as a credential',
    },
    'a token of the Firebase emulator on the developer’s machine, as a fact': {
      on: {
        url: 'http://localhost:5173/',
        local: { t: unsecuredJwt({ iss: 'https://securetoken.google.com/demo', sub: 'ada', exp: now + hours(1) }) },
      },
      severity: 'info',
      says: '`alg` is "none". A local emulator issued it',
    },
  },
  passes: {
    'a signed token': { local: { t: jwt({ exp: now + 60 }) } },
  },
});
