import { jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { keyShort } from './key-short.ts';

/** A token with a signature of so many bytes, each of this value. */
const signed = (alg: string, bytes: number[], header = {}) =>
  rawJwt({ alg, typ: 'JWT', ...header }, { sub: 'ada', exp: now + 60 }, Buffer.from(bytes).toString('base64url'));
const random = (count: number) => Array.from({ length: count }, (_, index) => (index * 73 + 11) % 251);

await ruleCases(keyShort, {
  flags: {
    'a key of 1024 bits': {
      on: { local: { t: signed('RS256', random(128)) } },
      severity: 'medium',
      says: 'the key has 1024 bits',
      at: 'signature',
    },
    'a short key in the header': {
      on: {
        local: {
          t: signed('ES256', random(64), {
            jwk: { kty: 'RSA', n: Buffer.from(random(128)).toString('base64url'), e: 'AQAB' },
          }),
        },
      },
      severity: 'medium',
      says: 'The key in `jwk` has 1024 bits',
      at: 'header.jwk',
    },
    'a small curve in the header': {
      on: { local: { t: signed('ES256', random(64), { jwk: { kty: 'EC', crv: 'P-192', x: 'x', y: 'y' } }) } },
      severity: 'medium',
      says: 'P-192',
    },
  },
  passes: {
    'a curve of today': {
      local: { t: signed('ES256', random(64), { jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }) },
    },
    'a key of 2048 bits': { local: { t: signed('RS256', random(256)) } },
    'an HMAC': { local: { t: jwt({ exp: now + 60 }) } },
    'a copy cut short': { local: { t: signed('RS256', random(90)) } },
  },
});
