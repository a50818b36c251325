import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { headerClaimMismatch } from './header-claim-mismatch.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(headerClaimMismatch, {
  flags: {
    'two issuers': {
      on: { local: { t: jwt({ ...live, iss: 'a' }, { iss: 'b' }) } },
      severity: 'low',
      says: '`iss` is "b" in the header and "a" in the payload.',
      at: 'header.iss',
    },
    'two audiences': {
      on: { local: { t: jwt({ ...live, aud: ['a', 'b'] }, { aud: ['a', 'c'] }) } },
      severity: 'low',
      says: '`aud` is a list in the header and a list in the payload',
    },
  },
  passes: {
    'the same in both': { local: { t: jwt({ ...live, iss: 'a', aud: ['a', 'b'] }, { iss: 'a', aud: ['a', 'b'] }) } },
  },
  doesNotApply: { 'a header without claims': { local: { t: jwt(live) } } },
});
