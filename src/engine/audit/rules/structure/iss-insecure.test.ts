import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { issInsecure } from './iss-insecure.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(issInsecure, {
  flags: {
    http: {
      on: { local: { t: jwt({ ...live, iss: 'http://login.acme.com' }) } },
      severity: 'low',
      says: 'not https',
      at: 'claims.iss',
    },
    'a query': {
      on: { local: { t: jwt({ ...live, iss: 'https://login.acme.com/?tenant=a' }) } },
      severity: 'low',
      says: '`iss` is "https://login.acme.com/?tenant=a"',
    },
    'a fragment': {
      on: { local: { t: jwt({ ...live, iss: 'https://login.acme.com/#a' }) } },
      severity: 'low',
      says: '`iss` is "https://login.acme.com/#a", which carries a query or fragment',
    },
  },
  passes: {
    https: { local: { t: jwt({ ...live, iss: 'https://login.acme.com/' }) } },
    'a local issuer': { local: { t: jwt({ ...live, iss: 'http://localhost:8080/realms/a' }) } },
  },
  doesNotApply: { 'an issuer that is no address': { local: { t: jwt({ ...live, iss: 'chat' }) } } },
});
