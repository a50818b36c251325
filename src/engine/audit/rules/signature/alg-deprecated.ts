import { quote } from '../../../text/sentence.ts';
import { valueAt } from '../../../text/values.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const algDeprecated: TokenRule = {
  id: 'alg-deprecated',
  judges: 'token',
  group: 'signature',
  title: 'Weak or deprecated algorithm',
  severity: 'medium',
  why: 'It can be attacked with known methods, or is being withdrawn.',
  fix: 'Use RSA-OAEP-256 or ECDH-ES to encrypt, and PS256, ES256 or Ed25519 to sign.',
  references: [
    rfc(8725, '3.2'),
    {
      title: 'JOSE: Deprecate "none" and "RSA1_5"',
      url: 'https://datatracker.ietf.org/doc/draft-ietf-jose-deprecate-none-rsa15/',
    },
    rfc(9864),
    asvs('11.3.1'),
    asvs('11.2.3'),
    cwe(327),
    cwe(326),
  ],
  applies: ({ token }) => typeof token.header?.alg === 'string',
  check({ token }) {
    const { header } = token;
    const alg = header?.alg;
    const enc = valueAt(header, 'enc');
    if (typeof alg === 'string' && (/^(?:RSA1_5|RS1|HS1)$/.test(alg) || /sha-?1$|HS1\+/i.test(alg))) {
      return [{ says: `\`alg\` is ${quote(alg)}.`, at: 'header.alg' }];
    }
    // CBC without the HMAC half does not notice changes.
    if (typeof enc === 'string' && /CBC/i.test(enc) && !/HS\d{3}$/.test(enc)) {
      return [{ says: `\`enc\` is ${quote(enc)}, which is not authenticated.`, at: 'header.enc' }];
    }
    return [];
  },
};
