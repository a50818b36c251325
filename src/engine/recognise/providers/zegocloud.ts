import { zego04 } from '../../decode/forms/zego-04.ts';
import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { numberAt } from '../../text/values.ts';
import { grants, unsaid } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

const hidden = 'everything but the expiry is encrypted; only ZEGOCLOUD can read it';

function recognise({ form, claims }: Token): Recognition | null {
  if (form !== zego04.id || !claims) return null;
  return { confidence: 'certain', because: 'it is written as ZEGOCLOUD writes version 04', strength: 5 };
}

const facts = (): Facts => ({
  use: 'video-join',
  product: 'token04',
  tenant: null,
  room: null,
  roomScope: 'not-stated',
  roomClaim: null,
  userId: null,
  displayName: null,
  role: 'unknown',
  vendorRole: null,
  roleBecause: hidden,
  roleClaim: null,
  privileges: grants([], unsaid(hidden)),
});

export const zegocloud: Provider = {
  id: 'zegocloud',
  name: 'ZEGOCLOUD',
  kind: 'video',
  recognise,
  facts,
  times: ({ claims }) => ({ issuedAt: null, notBefore: null, expiresAt: numberAt(claims, 'expire') }),
  timeClaims: { expiresAt: 'expire' },
  claims: {
    expire: {
      means: 'End of the token; the one value that can be read.',
      unit: 'seconds since the epoch',
      type: 'number',
    },
  },
  enforcement: {
    atJoin: 'ZEGOCLOUD decrypts it and checks user, time and, where the payload names them, room and privileges.',
    atExpiry: undocumented,
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'not-applicable',
  lifetime: { defaultSeconds: null, floorSeconds: null, ceilingSeconds: null, advice: 'The caller sets it.' },
  limits: [],
  publicClaims: [],
  algorithms: [],
  transport: { parameters: [], hosts: ['*.zego.im', '*.zegocloud.com'], headers: [] },
  validation: 'Log in with it; the 32-byte server secret decrypts it (AES-256-CBC).',
  fixes: {
    'exp-expired': 'Ask the server for a new one.',
    'lifetime-long': 'Pass a short `effectiveTimeInSeconds` to `generateToken04`.',
    'secret-in-page': 'Replace the server secret, and build tokens on a server.',
  },
  links: [{ title: 'ZEGOCLOUD: server assistant', url: 'https://github.com/ZEGOCLOUD/zego_server_assistant' }],
  readAt: '2026-11',
};
