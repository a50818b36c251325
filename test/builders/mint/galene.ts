import { generateKeyPairSync } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Galene names an algorithm per group key; ES256 is the one its documentation shows for tokens signed elsewhere. */
function signed(claims: JsonObject): string {
  return jsonwebtoken.sign({ ...base, ...claims }, privateKey, { algorithm: 'ES256' });
}

const base: JsonObject = {
  sub: 'ada',
  aud: 'https://galene.example.org/group/standup/',
  iss: 'https://auth.example.org/',
  iat: now,
};
const exp = now + 30;

export const galene: Minted = {
  guest: () => signed({ permissions: ['present', 'message'], exp }),
  host: () => signed({ permissions: ['op', 'present', 'message'], exp }),
  admin: () => signed({ permissions: ['admin'], exp }),
  'with subgroups': () => signed({ permissions: ['present'], 'include-subgroups': true, exp }),
  'symmetric key': () => jwt({ ...base, permissions: ['message'], exp }),
  'without expiry': () => signed({ permissions: ['present'] }),
  'without room': () => signed({ aud: 'https://galene.example.org/group/', permissions: ['present'], exp }),
  'odd: several groups': () =>
    signed({
      aud: ['https://galene.example.org/group/standup/', 'https://galene.example.org/group/retro/'],
      permissions: ['op'],
      exp,
    }),
};
