import { deflateRawSync } from 'node:zlib';
import { jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { jweZipBomb } from './jwe-zip-bomb.ts';

/** A signed token whose payload was compressed. */
function compressed(payload: string): string {
  const [header = '', , signature = ''] = rawJwt({ alg: 'ES256', zip: 'DEF' }, '').split('.');
  return `${header}.${deflateRawSync(payload, { level: 9 }).toString('base64url')}.${signature}`;
}

await ruleCases(jweZipBomb, {
  flags: {
    'ten megabytes of nothing': {
      on: { local: { access_token: compressed(`{"a":"${' '.repeat(10_000_000)}"}`) } },
      severity: 'high',
      says: 'The payload grows beyond the limit when decompressed',
      at: 'header.zip',
    },
  },
  passes: {
    'other oddities': { local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, '{"sub":"a","sub":"b"}') } },
  },
  doesNotApply: {
    'a compressed health credential of ordinary size': {
      local: {
        access_token: compressed(JSON.stringify({ iss: 'https://clinic.acme.com', nbf: now, vc: { type: [] } })),
      },
    },
    'an ordinary token': { local: { t: jwt({ exp: now + 60 }) } },
  },
});
