import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { algSymmetricCrossParty } from './alg-symmetric-cross-party.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(algSymmetricCrossParty, {
  flags: {
    'an HMAC of another site for several hosts': {
      on: {
        local: { t: jwt({ ...live, iss: 'https://login.other.net', aud: ['https://a.one.com', 'https://b.two.com'] }) },
      },
      severity: 'low',
      says: 'several hosts',
      at: 'header.alg',
      confidence: 'likely',
    },
  },
  passes: {
    "the page's own": {
      local: { t: jwt({ ...live, iss: 'https://login.acme.com', aud: ['https://a.one.com', 'https://b.two.com'] }) },
    },
    'one audience': { local: { t: jwt({ ...live, iss: 'https://login.other.net', aud: 'https://a.one.com' }) } },
    'no issuer': { local: { t: jwt(live) } },
  },
  doesNotApply: {
    'a join token, for which platforms ask for HMAC': { local: { t: dailyToken() } },
    'a key pair': { local: { t: rawJwt({ alg: 'RS256', typ: 'JWT' }, live) } },
  },
});
