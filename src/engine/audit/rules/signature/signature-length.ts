import { isJsonObject } from '../../../decode/forms/index.ts';
import { isEcdsa, isRsaSignature, signatureBytes } from '../../evidence/jose-algorithms.ts';
import { isPlaceholder, isRedacted, signatureBytesOf } from '../../evidence/signature-text.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const signatureLength: TokenRule = {
  id: 'signature-length',
  judges: 'token',
  group: 'signature',
  title: 'Signature of impossible length',
  severity: 'low',
  why: 'No verifier can accept it. A copy that was cut short is the usual cause.',
  fix: 'Copy the whole token; if it was issued so, use a JOSE library to sign.',
  references: [rfc(7518, '3'), asvs('9.1.1'), cwe(347)],
  applies: ({ token }) =>
    token.signature !== null && token.problem === null && typeof token.header?.alg === 'string' && !isJsonObject(token),
  check({ token: { signature, header } }) {
    const alg = header?.alg;
    if (!signature || typeof alg !== 'string' || signature.text === '') return [];
    if (isPlaceholder(signature.text) || isRedacted(signature.text)) return [];
    const expected = signatureBytes(alg);
    const { bytes } = signature;
    // DER, as OpenSSL writes ECDSA, instead of the two numbers JOSE asks for.
    if (
      isEcdsa(alg) &&
      bytes >= 68 &&
      bytes <= 140 &&
      bytes !== expected &&
      signatureBytesOf(signature.text)?.[0] === 0x30
    ) {
      return [{ says: `The ${alg} signature is DER encoded (${bytes} bytes).`, at: 'signature', severity: 'medium' }];
    }
    if (expected !== null && bytes !== expected) {
      return [{ says: `It has ${bytes} bytes; ${alg} signatures have ${expected}.`, at: 'signature' }];
    }
    // RSA keys have 1024 to 16384 bits; shorter ones are cut copies, 1024 is `key-short`.
    if (isRsaSignature(alg) && (bytes < 128 || bytes > 2048)) {
      return [
        { says: `It has ${bytes} bytes; ${alg} signatures have as many as the key, 256 or more.`, at: 'signature' },
      ];
    }
    return [];
  },
};
