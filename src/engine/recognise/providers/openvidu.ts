import { openvidu2 } from '../../decode/forms/openvidu-2.ts';
import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { hasAt, stringAt } from '../../text/values.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

const decides = 'the role is kept on the server: subscriber, publisher (the default) or moderator';

const recognise = ({ form, claims }: Token): Recognition | null =>
  form === openvidu2.id && claims
    ? { confidence: 'certain', because: 'it is an address with `sessionId` and `token=tok_…`', strength: 4 }
    : null;

function facts({ claims }: Token): Facts {
  const room = stringAt(claims, 'sessionId');
  const secret = hasAt(claims, 'secret');
  return {
    use: 'video-join',
    product: 'OpenVidu 2 token',
    tenant: null,
    room,
    roomScope: room ? 'one-room' : 'not-stated',
    roomClaim: 'sessionId',
    userId: null,
    displayName: null,
    role: secret ? 'server' : 'unknown',
    vendorRole: null,
    roleBecause: secret ? '`secret` is the secret of the server, meant for its recorder only' : decides,
    roleClaim: secret ? 'secret' : null,
    privileges: grants(
      [
        ['join', yes('`sessionId` names the session', 'sessionId')],
        [
          'manage-rooms',
          secret ? yes('`secret` opens the REST API', 'secret') : no('that takes the secret of the server'),
        ],
      ],
      unsaid(decides),
    ),
  };
}

export const openvidu: Provider = {
  id: 'openvidu',
  name: 'OpenVidu 2',
  kind: 'video',
  recognise,
  facts,
  claims: {
    sessionId: { means: 'The session.', type: 'string' },
    token: { means: 'Random value, good for one connection.', type: 'string' },
    secret: { means: 'Secret of the server, for its recorder; never for guests.', type: 'string' },
    recorder: { means: 'Marks the recorder of the server.' },
    stt: { means: 'Marks speech to text.' },
    webrtcStatsInterval: { means: 'How often the client reports its connection.', unit: 'seconds' },
    sendBrowserLogs: { means: 'What the client reports of its console.' },
    edition: { means: 'Edition of the server.' },
  },
  enforcement: {
    atJoin: 'The server takes the token once, for the connection it was made for.',
    atExpiry: 'It carries no time.',
    onReconnect: undocumented,
    onRemoval: 'Joining again takes a new token.',
  },
  whenRoomAbsent: 'refused',
  roomNamesAreInternal: true,
  serverRights: ({ claims }) =>
    hasAt(claims, 'secret')
      ? [
          {
            claim: 'secret',
            says: '`secret` is the secret of the server: whoever has it controls every session',
            total: true,
          },
        ]
      : [],
  legacy: () => 'OpenVidu 3, whose tokens are those of LiveKit',
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Made for one connection and used at once.',
  },
  limits: [],
  publicClaims: [],
  algorithms: [],
  transport: { parameters: ['token'], hosts: [], headers: [] },
  validation: 'Connect with it; the REST API of the server lists the connections of a session.',
  fixes: {
    'video-admin-grant': 'Replace the secret of the server, and never add `secret` to the address of a guest.',
    'video-legacy-token': 'Move to OpenVidu 3.',
  },
  links: [{ title: 'openvidu-browser', url: 'https://www.npmjs.com/package/openvidu-browser' }],
  readAt: '2026-11',
};
