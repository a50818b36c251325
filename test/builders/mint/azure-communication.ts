import { generateKeyPairSync } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { days, hours, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

// Azure issues these tokens; no package signs them. Here: the documented claims, with a key of our own.
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const resource = '36a9d7dc-0000-4000-8000-000000000001';
const base: JsonObject = {
  skypeid: `acs:${resource}_0000000a-0000-4000-8000-000000000002`,
  scp: 1792,
  csi: String(now),
  resourceId: resource,
  iat: now,
};

function signed(claims: JsonObject): string {
  return jsonwebtoken.sign(JSON.stringify({ ...base, ...claims }), privateKey, {
    algorithm: 'RS256',
    header: { alg: 'RS256', typ: 'JWT', kid: 'key-1' },
  });
}

export const azureCommunication: Minted = {
  caller: () => signed({ acsScope: 'chat,voip', exp: now + days(1) }),
  guest: () => signed({ acsScope: 'voip.join', exp: now + hours(1) }),
  'chat only': () => signed({ acsScope: 'chat', exp: now + hours(1) }),
  'without expiry': () => signed({ acsScope: 'voip' }),
  'odd: scopes as a list': () => signed({ acsScope: ['voip'], iat: null, exp: now + hours(1) }),
};
