import { isEcdsa } from '../../evidence/jose-algorithms.ts';
import { isPlaceholder, signatureBytesOf } from '../../evidence/signature-text.ts';
import { cve, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const signatureTrivial: TokenRule = {
  id: 'signature-trivial',
  judges: 'token',
  group: 'signature',
  title: 'Degenerate signature',
  severity: 'high',
  why: 'Faulty verifiers accept such a signature for any content.',
  fix: 'Update the verifying library, and sign with a real key.',
  references: [cve('2022-21449'), rfc(8725, '3.4'), cwe(347)],
  suppresses: ['signature-length'],
  applies: ({ token }) => token.signature !== null && token.signature.text !== '',
  check({ token: { signature, header } }) {
    if (!signature) return [];
    if (isPlaceholder(signature.text)) {
      return [{ says: `The signature is the word "${signature.text}".`, at: 'signature', severity: 'low' }];
    }
    const bytes = signatureBytesOf(signature.text);
    if (!bytes || bytes.length < 8) return [];
    const half = bytes.length / 2;
    const isZero = (part: number[]) => part.length > 0 && part.every((byte) => byte === 0);
    if (isEcdsa(header?.alg) && (isZero(bytes.slice(0, half)) || isZero(bytes.slice(half)) || isZeroDer(bytes))) {
      return [{ says: 'One of its two numbers is zero, which verifies under faulty libraries.', at: 'signature' }];
    }
    if (bytes.every((byte) => byte === bytes[0])) {
      return [{ says: `All its ${bytes.length} bytes are the same.`, at: 'signature', severity: 'low' }];
    }
    return [];
  },
};

/** SEQUENCE of two INTEGERs, both zero: 30 06 02 01 00 02 01 00. */
function isZeroDer(bytes: number[]): boolean {
  return bytes.join() === '48,6,2,1,0,2,1,0';
}
