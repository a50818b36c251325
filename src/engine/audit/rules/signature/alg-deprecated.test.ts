import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { algDeprecated } from './alg-deprecated.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(algDeprecated, {
  flags: {
    'RSA with PKCS 1.5 encryption': {
      on: { local: { t: `${rawJwt({ alg: 'RSA1_5', enc: 'A256GCM' }, 'key', 'aXY')}.Y2lwaGVy.dGFn` } },
      severity: 'medium',
      says: 'RSA1_5',
      at: 'header.alg',
    },
    'SHA-1': {
      on: { local: { t: rawJwt({ alg: 'RS1', typ: 'JWT' }, live) } },
      severity: 'medium',
      says: '`alg` is "RS1"',
    },
    'encryption that notices no change': {
      on: { local: { t: `${rawJwt({ alg: 'dir', enc: 'A128CBC' }, '', 'aXY')}.Y2lwaGVy.dGFn` } },
      severity: 'medium',
      says: '`enc` is "A128CBC", which is not authenticated',
      at: 'header.enc',
    },
  },
  passes: {
    'EdDSA without a curve': { local: { t: rawJwt({ alg: 'EdDSA', typ: 'JWT' }, live) } },
    HMAC: { local: { t: jwt(live) } },
    'authenticated encryption': {
      local: { t: `${rawJwt({ alg: 'dir', enc: 'A128CBC-HS256' }, '', 'aXY')}.Y2lwaGVy.dGFn` },
    },
  },
});
