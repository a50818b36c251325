import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { subMissing } from './sub-missing.ts';

await ruleCases(subMissing, {
  flags: {
    'an access token without `sub`': {
      on: { local: { access_token: jwt({ exp: now + 60 }) } },
      severity: 'low',
      says: 'There is no `sub`',
      at: 'claims.sub',
    },
  },
  passes: { 'a subject': { local: { access_token: jwt({ sub: 'ada', exp: now + 60 }) } } },
  doesNotApply: {
    'a join token, whose platform has its own claim': { local: { t: dailyToken() } },
    'a token of unknown use': { local: { t: jwt({ exp: now + 60 }) } },
  },
});
