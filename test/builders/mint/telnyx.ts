import { generateKeyPairSync, sign } from 'node:crypto';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { base64url, minutes, now, without } from '../tokens.ts';
import type { Minted } from './minted.ts';

// Telnyx issues these tokens; no package signs them. Here: the documented sample, with a key of our own.
const { privateKey } = generateKeyPairSync('ed25519');
const room = (id: number) => `telnyx:video:rooms:0ccc7b54-0000-4000-8000-00000000000${id}`;
const grant = {
  actions: ['join'],
  resources: [room(1)],
  subjects: ['telnyx:users:7b61621f-0000-4000-8000-000000000001'],
};
const base: JsonObject = {
  aud: 'telnyx_access_token',
  iss: 'telnyx_access_token',
  grants: [grant],
  grants_version: '1.0.0',
  iat: now,
  nbf: now - 1,
  exp: now + minutes(10),
  jti: 'b3d21d7a-0000-4000-8000-000000000002',
  sub: 'null',
  typ: 'access',
};

function signed(claims: JsonObject): string {
  const input = [
    { alg: 'Ed25519', typ: 'JWT' },
    { ...base, ...claims },
  ]
    .map((part) => base64url(JSON.stringify(part)))
    .join('.');
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`;
}

export const telnyx: Minted = {
  guest: () => signed({}),
  'two rooms': () => signed({ grants: [{ ...grant, resources: [room(1), room(2)] }] }),
  refresh: () => signed({ typ: 'refresh' }),
  'without expiry': () => signed({ exp: without }),
  'without room': () => signed({ grants: [{ ...grant, resources: [] }] }),
  'odd: grants as an object': () => signed({ grants: { actions: 'join' } }),
};
