import { jwt, now, rawJwt, unsecuredJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { signatureTrivial } from './signature-trivial.ts';

/** A token with a signature of so many bytes, each of this value. */
const signed = (alg: string, bytes: number[], header = {}) =>
  rawJwt({ alg, typ: 'JWT', ...header }, { sub: 'ada', exp: now + 60 }, Buffer.from(bytes).toString('base64url'));
const random = (count: number) => Array.from({ length: count }, (_, index) => (index * 73 + 11) % 251);

await ruleCases(signatureTrivial, {
  flags: {
    'zeros, which faulty libraries accept': {
      on: { local: { t: signed('ES256', Array(64).fill(0)) } },
      severity: 'high',
      says: 'zero',
      at: 'signature',
    },
    'one number zero': {
      on: { local: { t: signed('ES256', [...random(32), ...Array(32).fill(0)]) } },
      severity: 'high',
      says: 'One of its two numbers is zero, which verifies under faulty libraries',
    },
    'zeros as OpenSSL writes them': {
      on: { local: { t: signed('ES256', [0x30, 6, 2, 1, 0, 2, 1, 0]) } },
      severity: 'high',
      says: 'One of its two numbers is zero, which verifies under faulty libraries',
    },
    'the same byte throughout': {
      on: { local: { t: signed('HS256', Array(32).fill(7)) } },
      severity: 'low',
      says: 'All its 32 bytes are the same',
    },
    'a word': {
      on: { local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, { user_id: 'ada', exp: now + 60 }, 'devtoken') } },
      severity: 'low',
      says: 'devtoken',
    },
  },
  passes: { 'a real signature': { local: { a: jwt({ exp: now + 60 }), b: signed('ES256', random(64)) } } },
  doesNotApply: { 'no signature at all': { local: { t: unsecuredJwt({ exp: now + 60 }) } } },
});
