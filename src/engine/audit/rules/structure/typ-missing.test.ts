import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { strict } from '../../policy/policies.ts';
import { typMissing } from './typ-missing.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

const noType = rawJwt({ alg: 'HS256' }, live);

await ruleCases(typMissing, {
  flags: {
    'an access token, by the strict policy': {
      on: { local: { access_token: noType }, policy: strict },
      severity: 'info',
      says: 'The header has no `typ`',
      at: 'header.typ',
    },
  },
  passes: {
    'the standard policy, since almost nobody sets it': { local: { access_token: noType } },
    'a type': { local: { access_token: jwt(live, { typ: 'at+jwt' }) }, policy: strict },
  },
  doesNotApply: { 'a token that is no access token': { local: { t: noType }, policy: strict } },
});
