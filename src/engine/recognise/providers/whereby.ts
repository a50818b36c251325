import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { shown } from '../../text/sentence.ts';
import { objectAt, stringAt, valueAt } from '../../text/values.ts';
import { grants, unsaid, yes } from './grants.ts';
import { isHost, issuerOf } from './not-video.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

function recognise({ claims }: Token): Recognition | null {
  if (!claims) return null;
  const issued = isHost(issuerOf(claims), 'srv.whereby.com');
  const shape = stringAt(claims, 'roomKeyType') !== null && objectAt(claims, 'roomReference') !== null;
  if (!issued && !shape) return null;
  const found = [issued && '`iss` is a Whereby server', shape && 'it has `roomKeyType` and `roomReference`'];
  return { confidence: 'certain', because: found.filter(Boolean).join(', and '), strength: issued && shape ? 5 : 3 };
}

function facts({ claims }: Token): Facts {
  const kind = stringAt(claims, 'roomKeyType');
  const host = kind === 'meetingHost';
  const room = stringAt(claims, 'roomReference.roomName');
  const because = `\`roomKeyType\` is ${shown(valueAt(claims, 'roomKeyType'))}`;
  const organization = valueAt(claims, 'roomReference.organizationId');
  return {
    use: 'video-join',
    product: host ? 'host room key' : 'room key',
    tenant: typeof organization === 'number' ? String(organization) : stringAt(claims, 'roomReference.organizationId'),
    room,
    roomScope: room ? 'one-room' : 'not-stated',
    roomClaim: 'roomReference.roomName',
    userId: null,
    displayName: null,
    role: host ? 'host' : 'unknown',
    vendorRole: kind,
    roleBecause: host ? because : `${because}; only the kind meetingHost is known to make a host`,
    roleClaim: 'roomKeyType',
    privileges: grants(
      [
        ['join', yes('the key opens its room', 'roomReference.roomName')],
        ...(host
          ? ([
              [
                'subscribe',
                'publish-audio',
                'publish-video',
                'share-screen',
                'send-data',
                'mute-others',
                'remove-others',
                'admit-others',
                'record',
                yes(`${because}, and hosts do that`, 'roomKeyType'),
              ],
            ] as const)
          : []),
      ],
      unsaid(
        host ? 'the settings of the room and its plan decide' : `${because}: the server decides what that kind may do`,
        'roomKeyType',
      ),
    ),
  };
}

export const whereby: Provider = {
  id: 'whereby',
  name: 'Whereby',
  kind: 'video',
  recognise,
  facts,
  claims: {
    meetingId: { means: 'The meeting.' },
    roomReference: { means: 'The room.', type: 'object' },
    'roomReference.roomName': { means: 'Name of the room, as in its address: `/demo`.', type: 'string' },
    'roomReference.organizationId': { means: 'Organization the room belongs to.' },
    roomKeyType: { means: 'What the key is for; `meetingHost` makes its holder a host.', type: 'string' },
  },
  enforcement: {
    atJoin: 'Whereby admits the holder to the room, and a host past its lock.',
    atExpiry: 'The key carries no expiry: it works until one hour after the end date of the meeting.',
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'not-applicable',
  hostOnlyRights: ({ claims }) =>
    stringAt(claims, 'roomKeyType') === 'meetingHost'
      ? [
          {
            claim: 'roomKeyType',
            says: '`roomKeyType` makes its holder a host: lock, admit, remove, mute, record, end',
          },
        ]
      : [],
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'It ends one hour after the end date of the meeting, so keep that date close.',
  },
  limits: [],
  publicClaims: [],
  algorithms: ['HS256'],
  transport: {
    parameters: ['roomKey'],
    hosts: ['*.whereby.com', 'api.whereby.dev', '*.appearin.net', 'hereby.dev'],
    headers: ['x-whereby-room-key'],
  },
  roomInUrl: (url) =>
    /^(?!www\.|docs\.|api\.)[\w-]+\.whereby\.com$/.test(url.hostname) && url.pathname.length > 1
      ? url.pathname.replace(/\/$/, '')
      : null,
  roomAsWritten: (said) => (said.startsWith('/') ? said : `/${said}`),
  validation: 'Open the room with it; no public address that validates a key is documented.',
  fixes: {
    'exp-missing': 'Set `endDate` close to the real end when creating the meeting: the key dies one hour later.',
    'lifetime-long': 'Set `endDate` close to the real end when creating the meeting.',
    'video-host-grant': 'Give `hostRoomUrl` to hosts only; guests use `roomUrl`.',
    'video-host-on-guest-page': 'Give guests `roomUrl` or `viewerRoomUrl` instead of `hostRoomUrl`.',
    'video-join-link-leak': 'Share `roomUrl`, not `hostRoomUrl`.',
    'referer-leak': 'Set `Referrer-Policy: no-referrer` on the page that embeds the room.',
  },
  links: [
    { title: 'Whereby: user roles', url: 'https://docs.whereby.com/reference/user-roles-and-permissions' },
    { title: 'Whereby REST API', url: 'https://docs.whereby.com/reference/whereby-rest-api-reference' },
  ],
  readAt: '2026-11',
};
