import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import type { JsonObject } from '../../text/json.ts';
import { stringAt, stringsAt, valueAt } from '../../text/values.ts';
import { grants, unsaid, yes } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

const issuer = 'telnyx_access_token';
const rooms = 'telnyx:video:rooms:';

/** Texts below `grants[].<name>`, at most 32 grants. */
function listed(claims: JsonObject | null, name: string): string[] {
  const all = valueAt(claims, 'grants');
  return Array.isArray(all) ? all.slice(0, 32).flatMap((grant) => stringsAt(grant, name) ?? []) : [];
}

function recognise({ claims }: Token): Recognition | null {
  const own = stringAt(claims, 'iss') === issuer;
  const room = listed(claims, 'resources').some((name) => name.startsWith(rooms));
  if (!own && !room) return null;
  const found = [own && '`iss` is telnyx_access_token', room && '`grants` names a Telnyx room'].filter(Boolean);
  return { confidence: own ? 'certain' : 'likely', because: found.join(', and '), strength: 2 + found.length };
}

function facts({ claims }: Token): Facts {
  const named = listed(claims, 'resources')
    .filter((name) => name.startsWith(rooms))
    .map((name) => name.slice(rooms.length));
  const actions = listed(claims, 'actions');
  const refresh = stringAt(claims, 'typ') === 'refresh';
  const decides = unsaid('Telnyx documents no action but `join`; the room decides the rest', 'grants');
  return {
    use: refresh ? 'refresh' : 'video-join',
    product: refresh ? 'refresh token' : 'client token',
    tenant: null,
    room: named.length > 0 ? named.slice(0, 8).join(', ') : null,
    roomScope: named.length === 1 ? 'one-room' : named.length > 1 ? 'some-rooms' : 'not-stated',
    roomClaim: 'grants',
    userId: listed(claims, 'subjects')[0]?.replace(/^telnyx:users:/, '') ?? null,
    displayName: null,
    role: refresh ? 'unknown' : 'participant',
    vendorRole: null,
    roleBecause: refresh ? 'it only obtains new client tokens' : 'Telnyx rooms know no host: the only action is `join`',
    roleClaim: 'grants',
    privileges: grants(
      [['join', actions.includes('join') ? yes('`grants` lists the action join', 'grants') : decides]],
      decides,
    ),
  };
}

export const telnyx: Provider = {
  id: 'telnyx',
  name: 'Telnyx Video',
  kind: 'video',
  recognise,
  facts,
  joinProblems({ claims }) {
    if (stringAt(claims, 'typ') === 'refresh') {
      return [
        {
          likelihood: 'certain',
          says: 'This is a refresh token: it obtains client tokens, and joins nothing.',
          fix: 'Exchange it for a client token on the server.',
          at: 'claims.typ',
        },
      ];
    }
    if (listed(claims, 'resources').some((name) => name.startsWith(rooms))) return [];
    return [
      {
        likelihood: 'likely',
        says: 'No grant names a room.',
        fix: 'Create the client token for the room: `POST /v2/rooms/<id>/actions/generate_join_client_token`.',
        at: 'claims.grants',
      },
    ];
  },
  claims: {
    grants: { means: 'Who may do what with which room.', type: 'array' },
    'grants.*.actions': { means: 'What is allowed: `join`.', type: 'array' },
    'grants.*.resources': { means: 'The rooms, as `telnyx:video:rooms:<id>`.', type: 'array' },
    'grants.*.subjects': { means: 'The users, as `telnyx:users:<id>`.', type: 'array' },
    grants_version: { means: 'Version of the format.' },
    typ: { means: 'Kind of token.', values: ['access', 'refresh'] },
  },
  enforcement: {
    atJoin: 'Telnyx checks the token and that a grant names the room.',
    atExpiry: 'A refresh token obtains a new one.',
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'not-applicable',
  roomNamesAreInternal: true,
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Set `token_ttl_secs` and `refresh_token_ttl_secs`; the documented sample lives 10 minutes.',
  },
  limits: [],
  publicClaims: [],
  // Written so in the header, where RFC 8037 would say EdDSA.
  algorithms: ['Ed25519', 'EdDSA'],
  transport: { parameters: [], hosts: ['*.telnyx.com'], headers: ['authorization'] },
  validation: 'Join with it; no public address that validates a token is documented.',
  fixes: {
    'lifetime-long': 'Set `token_ttl_secs` when creating the client token.',
    'exp-expired': 'Ask for a new one with the refresh token: `POST /v2/rooms/<id>/actions/refresh_client_token`.',
    'refresh-token-stored': 'Keep the refresh token on the server and hand out client tokens from there.',
  },
  links: [
    { title: 'Telnyx: create a client token', url: 'https://developers.telnyx.com/api/video/create-room-client-token' },
  ],
  readAt: '2026-11',
};
