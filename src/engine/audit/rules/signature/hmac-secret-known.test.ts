import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { hmacSecretKnown } from './hmac-secret-known.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(hmacSecretKnown, {
  flags: {
    'a token whose key was found': {
      on: { local: { t: jwt(live) }, key: { kind: 'known', says: 'so and so' } },
      severity: 'critical',
      says: 'Its key is so and so.',
      at: 'signature',
    },
    'a published sample, as a fact': {
      on: {
        local: { t: jwt({ sub: '1234567890', name: 'John Doe', iat: 1_516_239_022 }) },
        key: { kind: 'known', says: 'so and so' },
      },
      severity: 'info',
      says: 'Its key is so and so',
    },
  },
  passes: { 'a key of another kind': { local: { t: jwt(live) }, key: { kind: 'blank', says: 'so and so' } } },
  doesNotApply: { 'a token whose key was not looked for or not found': { local: { t: jwt(live) } } },
});
