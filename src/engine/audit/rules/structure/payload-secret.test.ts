import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { payloadSecret } from './payload-secret.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(payloadSecret, {
  flags: {
    'an AWS key': {
      on: { local: { t: jwt({ ...live, aws: `AKIA${'ABCDEFGH23456723'}` }) } },
      severity: 'critical',
      says: 'AWS',
      at: 'claims.aws',
    },
    'a private key': {
      on: { local: { t: jwt({ ...live, pem: `-----BEGIN ${'PRIVATE'} KEY-----\nMIIB` }) } },
      severity: 'critical',
      says: '`pem` holds a private key',
    },
    'a payment key': {
      on: { local: { t: jwt({ ...live, key: ['sk', 'live', '0123456789abcdefghij'].join('_') }) } },
      severity: 'high',
      says: '`key` holds a Stripe secret key',
    },
    'a database address with a password': {
      on: { local: { t: jwt({ ...live, db: 'postgres://app:hunter22@db.acme.com/calls' }) } },
      severity: 'high',
      says: '`db` holds an address with a password',
    },
    'a password by its name': {
      on: { local: { t: jwt({ ...live, user: { password: 'hunter22' } }) } },
      severity: 'high',
      says: '`user.password` holds a secret',
      at: 'claims.user.password',
      confidence: 'likely',
    },
    'the hash of a password': {
      on: { local: { t: jwt({ ...live, password: '$2b$10$abcdefghijklmnopqrstuv' }) } },
      severity: 'low',
      says: 'hash',
    },
  },
  passes: {
    'a flag about a password': { local: { t: jwt({ ...live, password_reset_required: true }) } },
    'a placeholder': { local: { t: jwt({ ...live, password: '********' }) } },
    'publishable keys': {
      local: {
        t: jwt({ ...live, a: ['pk', 'live', '0123456789abcdefghij'].join('_'), b: 'sb_publishable_0123456789abcdef' }),
      },
    },
    'an ordinary token': { local: { t: jwt(live) } },
  },
  doesNotApply: {
    'a payload that cannot be read': { local: { access_token: rawJwt({ alg: 'RS256', typ: 'JWT' }, 'opaque') } },
  },
});
