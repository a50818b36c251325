import { jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { encodingIrregular } from './encoding-irregular.ts';

const [header = '', payload = '', signature = ''] = rawJwt({ alg: 'HS256', typ: 'JWT' }, { sub: 'a', n: 1 }).split('.');
const padded = [header, payload, signature].map((part) => part + '='.repeat((4 - (part.length % 4)) % 4)).join('.');

await ruleCases(encodingIrregular, {
  flags: {
    padding: {
      on: { local: { access_token: padded } },
      severity: 'info',
      says: 'The part ends in "=", which tokens leave out',
    },
    'white space before the header': {
      on: { local: { access_token: rawJwt(' {"alg":"HS256","typ":"JWT"}', { sub: 'ada' }) } },
      severity: 'info',
      says: 'White space stands before the JSON',
    },
  },
  passes: {
    'other oddities, which are findings of their own': {
      local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, '{"sub":"a","sub":"b"}') },
    },
  },
  doesNotApply: { 'strict base64url': { local: { t: jwt({ exp: now + 60 }) } } },
});
