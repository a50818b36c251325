import { jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { payloadNotJson } from './payload-not-json.ts';

await ruleCases(payloadNotJson, {
  flags: {
    'a text, as a fact': {
      on: { local: { access_token: rawJwt({ alg: 'RS256', typ: 'JWT' }, 'just some text') } },
      severity: 'info',
      says: '14 characters',
    },
  },
  passes: {
    'a token as the payload, which is a finding of its own': {
      local: { access_token: rawJwt({ alg: 'HS256', cty: 'JWT' }, jwt({ exp: now + 60 })) },
    },
  },
  doesNotApply: { 'a set of claims': { local: { t: jwt({ exp: now + 60 }) } } },
});
