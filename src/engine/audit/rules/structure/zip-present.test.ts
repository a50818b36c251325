import { jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { zipPresent } from './zip-present.ts';

await ruleCases(zipPresent, {
  flags: {
    'an encrypted token': {
      on: { local: { t: `${rawJwt({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' }, '', 'aXY')}.Y2lwaGVy.dGFn` } },
      severity: 'low',
      says: '`zip` is "DEF"',
      at: 'header.zip',
    },
    'a signed one, as a fact': {
      on: { local: { access_token: rawJwt({ alg: 'ES256', zip: 'DEF' }, 'x') } },
      severity: 'info',
      says: '`zip` is "DEF", in a signed token',
    },
  },
  passes: {},
  doesNotApply: { 'a token without it': { local: { t: jwt({ exp: now + 60 }) } } },
});
