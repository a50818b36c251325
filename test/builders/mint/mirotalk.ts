import { createCipheriv, createHash } from 'node:crypto';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { hours, jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

const secret = 'mirotalksfu_jwt_secret';

/** What CryptoJS.AES.encrypt(text, passphrase) writes: OpenSSL's salted format, AES-256-CBC, key by MD5. */
function cryptoJsEncrypted(claims: JsonObject): string {
  const salt = Buffer.from('0123456789abcdef', 'hex');
  let derived = Buffer.alloc(0);
  for (let last = Buffer.alloc(0); derived.length < 48; derived = Buffer.concat([derived, last])) {
    last = createHash('md5').update(last).update(secret).update(salt).digest();
  }
  const cipher = createCipheriv('aes-256-cbc', derived.subarray(0, 32), derived.subarray(32, 48));
  const body = Buffer.concat([cipher.update(JSON.stringify(claims), 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from('Salted__'), salt, body]).toString('base64');
}

function signed(user: JsonObject, times: JsonObject = { iat: now, exp: now + hours(1) }): string {
  return jwt({ data: cryptoJsEncrypted(user), ...times }, {}, secret);
}

export const mirotalk: Minted = {
  guest: () => signed({ username: 'ada', password: 'a-password', presenter: '0' }),
  host: () => signed({ username: 'ada', password: 'a-password', presenter: '1' }),
  'without expiry': () => signed({ username: 'ada', password: 'a-password', presenter: 'true' }, { iat: now }),
  'without user': () => signed({}),
  'odd: no times at all': () => signed({ username: 'ada' }, {}),
};
