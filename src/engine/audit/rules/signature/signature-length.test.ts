import { jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { signatureLength } from './signature-length.ts';

/** A token with a signature of so many bytes, each of this value. */
const signed = (alg: string, bytes: number[], header = {}) =>
  rawJwt({ alg, typ: 'JWT', ...header }, { sub: 'ada', exp: now + 60 }, Buffer.from(bytes).toString('base64url'));
const random = (count: number) => Array.from({ length: count }, (_, index) => (index * 73 + 11) % 251);

await ruleCases(signatureLength, {
  flags: {
    'an HMAC that is too short': {
      on: { local: { t: signed('HS256', random(20)) } },
      severity: 'low',
      says: 'It has 20 bytes; HS256 signatures have 32.',
      at: 'signature',
    },
    'an ECDSA signature as OpenSSL writes it': {
      on: { local: { t: signed('ES256', [0x30, 0x45, 0x02, 0x21, ...random(67)]) } },
      severity: 'medium',
      says: 'DER',
    },
    'an RSA signature cut short': {
      on: { local: { t: signed('RS256', random(60)) } },
      severity: 'low',
      says: 'It has 60 bytes; RS256 signatures have as many as the key, 256 or more',
    },
  },
  passes: {
    'lengths that fit': {
      local: {
        a: jwt({ exp: now + 60 }),
        b: signed('ES256', random(64)),
        c: signed('RS256', random(256)),
        d: signed('EdDSA', random(64)),
      },
    },
    'RSA keys of unusual size': { local: { t: signed('RS256', random(320)) } },
    'a 1024-bit key, which is a finding of its own': { local: { t: signed('RS256', random(128)) } },
    'a development token': { local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, { user_id: 'a' }, 'devtoken') } },
  },
  doesNotApply: {
    'a token that was masked, which is only noted': {
      local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, { exp: now + 60 }, 'redacted') },
    },
  },
});
