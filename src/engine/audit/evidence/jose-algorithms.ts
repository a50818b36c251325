/** Names of the JOSE registry (IANA "JSON Web Signature and Encryption Algorithms"), read 2026-11, and of drafts in use. */
const registered = new Set(
  (
    'HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 ES256K EdDSA Ed25519 Ed448 ' +
    'ML-DSA-44 ML-DSA-65 ML-DSA-87 none RSA1_5 RSA-OAEP RSA-OAEP-256 RSA-OAEP-384 RSA-OAEP-512 A128KW A192KW A256KW dir ' +
    'ECDH-ES ECDH-ES+A128KW ECDH-ES+A192KW ECDH-ES+A256KW A128GCMKW A192GCMKW A256GCMKW ' +
    'PBES2-HS256+A128KW PBES2-HS384+A192KW PBES2-HS512+A256KW ESP256 ESP384 ESP512 ESB256 ESB320 ESB384 ESB512'
  ).split(' '),
);

/** Used by vendors without being registered. */
const vendors = new Set(['FIREBASE', 'RS1', 'HS1']);

export function isKnownAlgorithm(alg: string): boolean {
  return registered.has(alg) || vendors.has(alg) || /^HPKE-/.test(alg);
}

const bytesByAlgorithm = new Map([
  ['HS256', 32],
  ['HS384', 48],
  ['HS512', 64],
  ['ES256', 64],
  ['ES256K', 64],
  ['ES384', 96],
  ['ES512', 132],
  ['Ed25519', 64],
  ['Ed448', 114],
]);

/** Bytes a signature of this algorithm has; null where the key decides or the algorithm is not known. */
export function signatureBytes(alg: string): number | null {
  return bytesByAlgorithm.get(alg) ?? null;
}

export function isHmac(alg: unknown): alg is 'HS256' | 'HS384' | 'HS512' {
  return alg === 'HS256' || alg === 'HS384' || alg === 'HS512';
}

/** RSA signatures are as long as the key's modulus. */
export function isRsaSignature(alg: unknown): boolean {
  return typeof alg === 'string' && /^[RP]S(256|384|512)$/.test(alg);
}

export function isEcdsa(alg: unknown): boolean {
  return typeof alg === 'string' && /^ES(256K?|384|512)$/.test(alg);
}
