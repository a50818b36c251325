import { generateKeyPairSync } from 'node:crypto';

/** An RSA key pair made once per run, as PEM: thrown away with it. */
let pair: { publicKey: string; privateKey: string } | null = null;

export function rsaKeys(): { publicKey: string; privateKey: string } {
  pair ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return pair;
}
