import { valueAt } from '../../../text/values.ts';
import { isRsaSignature } from '../../evidence/jose-algorithms.ts';
import { signatureBytesOf } from '../../evidence/signature-text.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const keyShort: TokenRule = {
  id: 'key-short',
  judges: 'token',
  group: 'signature',
  title: 'RSA key too short, EC below P-256',
  severity: 'medium',
  why: 'RSA keys below 2048 bits and small curves can be broken with enough computers.',
  fix: 'Use a key of 3072 bits, or an elliptic curve.',
  references: [rfc(7518, '3.3'), rfc(7518, '4.2'), asvs('11.2.3'), cwe(326)],
  applies: ({ token }) => token.header !== null,
  check({ token: { header, signature } }) {
    const bytes = signature?.bytes ?? 0;
    // Below 128 bytes it is no RSA signature but a cut copy.
    if (isRsaSignature(header?.alg) && bytes >= 128 && bytes < 256) {
      return [{ says: `Its signature has ${bytes} bytes: the key has ${bytes * 8} bits.`, at: 'signature' }];
    }
    const curve = valueAt(header, 'jwk.crv');
    if (typeof curve === 'string' && /^(?:P-192|P-224|secp(?:112|128|160|192|224)[kr]\d|prime192v\d)$/.test(curve)) {
      return [{ says: `The key in \`jwk\` is on the curve ${curve}.`, at: 'header.jwk' }];
    }
    const modulus = valueAt(header, 'jwk.n');
    const size = typeof modulus === 'string' ? (signatureBytesOf(modulus)?.length ?? 0) : 0;
    return size >= 32 && size < 256 ? [{ says: `The key in \`jwk\` has ${size * 8} bits.`, at: 'header.jwk' }] : [];
  },
};
