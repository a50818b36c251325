import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { iatMissing } from './iat-missing.ts';

await ruleCases(iatMissing, {
  flags: {
    'a join token without `iat`': {
      on: { local: { t: dailyToken({ iat: undefined }) } },
      severity: 'info',
      says: 'no `iat`',
      at: 'claims.iat',
    },
    'an ID token, where it is required': {
      on: { local: { id_token: jwt({ sub: 'ada', exp: now + 60 }) } },
      severity: 'low',
      says: 'There is no `iat`',
    },
    'an access token by RFC 9068': {
      on: { local: { t: jwt({ sub: 'ada', exp: now + 60 }, { typ: 'at+jwt' }) } },
      severity: 'low',
      says: 'There is no `iat`',
    },
  },
  passes: {
    'a token with `iat`': { local: { t: dailyToken() } },
    'one whose `iat` is no number, which is a finding of its own': { local: { t: dailyToken({ iat: 'today' }) } },
  },
  doesNotApply: { 'a token of unknown use': { local: { t: jwt({ exp: now + 60 }) } } },
});
