import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { jtiReused } from './jti-reused.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(jtiReused, {
  flags: {
    'one id on two payloads': {
      on: { local: { a: jwt({ ...live, iss: 'x', jti: '1' }), b: jwt({ ...live, iss: 'x', jti: '1', sub: 'grace' }) } },
      severity: 'low',
      says: '2 different tokens have the id "1"',
    },
  },
  passes: {
    'two ids': { local: { a: jwt({ ...live, jti: '1' }), b: jwt({ ...live, jti: '2' }) } },
    'one id of two issuers': {
      local: { a: jwt({ ...live, iss: 'x', jti: '1' }), b: jwt({ ...live, iss: 'y', jti: '1' }) },
    },
    'the same payload signed anew': {
      local: {
        a: jwt({ ...live, jti: '1' }),
        b: jwt({ ...live, jti: '1' }, {}, 'another-throw-away-key-of-thirty-two-bytes'),
      },
    },
    'no ids': { local: { a: jwt(live), b: jwt({ ...live, sub: 'grace' }) } },
  },
});
