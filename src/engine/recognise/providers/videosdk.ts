import type { Facts, Grant, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { shown } from '../../text/sentence.ts';
import { isUuid, stringAt, stringsAt, valueAt } from '../../text/values.ts';
import { checkedAtJoin } from './checked-at-join.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { Provider } from './provider.ts';
import { roomScope } from './room-scope.ts';
import { undocumented } from './undocumented.ts';

const permissions = ['allow_join', 'ask_join', 'allow_mod'];

function recognise({ claims }: Token): Recognition | null {
  const key = stringAt(claims, 'apikey');
  if (key === null) return null;
  const known = (stringsAt(claims, 'permissions') ?? []).filter((name) => permissions.includes(name));
  const crawler = stringsAt(claims, 'roles')?.includes('crawler') ?? false;
  if (known.length === 0 && !(crawler && isUuid(key))) return null;
  const words = ['`apikey`', ...known.map((name) => `permission \`${name}\``), ...(crawler ? ['role `crawler`'] : [])];
  return { confidence: isUuid(key) ? 'certain' : 'likely', because: words.join(', '), strength: words.length + 1 };
}

function facts({ claims }: Token): Facts {
  const held = stringsAt(claims, 'permissions') ?? [];
  const roles = stringsAt(claims, 'roles') ?? [];
  const [join, ask, moderate] = permissions.map((name) => held.includes(name));
  const server = roles.includes('crawler');
  const room = stringAt(claims, 'roomId');
  const listed = (name: string): Grant =>
    held.includes(name)
      ? yes(`\`permissions\` lists ${name}`, 'permissions')
      : no(`\`permissions\` does not list ${name}`, 'permissions');
  const where =
    room === null ? '`roomId` is absent, which opens every room' : `\`roomId\` names the room ${shown(room)}`;
  return {
    use: server && !roles.includes('rtc') ? 'service-key' : 'video-join',
    product: server ? 'API token' : 'participant token',
    tenant: stringAt(claims, 'apikey'),
    room,
    roomScope: roomScope(valueAt(claims, 'roomId'), 'all-rooms'),
    roomClaim: 'roomId',
    userId: stringAt(claims, 'participantId'),
    displayName: null,
    role: server ? 'server' : moderate ? 'host' : join || ask ? 'participant' : 'unknown',
    vendorRole: [...roles, ...held].join(', ') || null,
    roleBecause: server
      ? '`roles` lists crawler, which opens the REST API'
      : moderate
        ? '`permissions` lists allow_mod'
        : join || ask
          ? '`permissions` does not list allow_mod'
          : '`permissions` lists nothing known',
    roleClaim: server ? 'roles' : 'permissions',
    privileges: grants(
      [
        [
          'join',
          join
            ? yes(`\`permissions\` lists allow_join; ${where}`, 'permissions')
            : ask
              ? unsaid('`permissions` lists ask_join: somebody inside must admit the holder', 'permissions')
              : no('`permissions` lists neither allow_join nor ask_join', 'permissions'),
        ],
        ['bypass-lobby', 'admit-others', listed('allow_join')],
        ['mute-others', 'remove-others', 'record', listed('allow_mod')],
        ['manage-rooms', server ? yes('`roles` lists crawler', 'roles') : no('`roles` does not list crawler', 'roles')],
      ],
      unsaid('the application decides how the holder joins'),
    ),
  };
}

const keepOnServer = 'Keep tokens of `forApi()` on the server; give pages participant tokens with the role rtc.';

export const videosdk: Provider = {
  id: 'videosdk',
  name: 'VideoSDK',
  kind: 'video',
  recognise,
  facts,
  joinProblems: ({ claims }) => {
    const held = stringsAt(claims, 'permissions') ?? [];
    if (held.includes('allow_join') && held.includes('ask_join')) {
      return [
        {
          likelihood: 'possible',
          says: '`permissions` lists both allow_join and ask_join.',
          fix: 'Grant `allow_join` to those who may enter at once, `ask_join` to those who must be admitted.',
          at: 'claims.permissions',
        },
      ];
    }
    return held.includes('allow_join') || held.includes('ask_join')
      ? []
      : [
          {
            likelihood: 'certain',
            says: '`permissions` lists neither allow_join nor ask_join.',
            fix: 'Add `grant(Grant.AllowJoin)` or `grant(Grant.AskJoin)`.',
            at: 'claims.permissions',
          },
        ];
  },
  claims: {
    apikey: { name: 'API key', means: 'The project.', type: 'string' },
    permissions: {
      means: 'allow_join enters at once and admits others, ask_join must be admitted, allow_mod moderates.',
      type: 'array',
    },
    roles: { means: 'rtc for clients, crawler for the REST API.', type: 'array' },
    version: { means: 'Token format; 2.', type: 'number' },
    roomId: { means: 'The one room.', whenAbsent: 'every room of the project', type: 'string' },
    participantId: { means: 'The one participant.', whenAbsent: 'any participant', type: 'string' },
    exp: { name: 'expiresIn', means: 'Not accepted after.', unit: 'seconds since the epoch', type: 'number' },
  },
  enforcement: {
    atJoin:
      'VideoSDK checks the signature, the times and the permissions, and room and participant where they are named.',
    atExpiry: undocumented,
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'any-room',
  closedObjects: [''],
  serverRights: ({ claims }) =>
    stringsAt(claims, 'roles')?.includes('crawler')
      ? [{ claim: 'roles', says: '`roles` lists crawler, which opens the REST API', total: true }]
      : [],
  hostOnlyRights: ({ claims }) =>
    stringsAt(claims, 'permissions')?.includes('allow_mod')
      ? [{ claim: 'permissions', says: '`permissions` lists allow_mod' }]
      : [],
  lifetime: {
    defaultSeconds: 86_400,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Always set an expiry. The SDK defaults to 24 h; samples take 2 h and 24 h.',
  },
  limits: [],
  publicClaims: ['participantId'],
  algorithms: ['HS256'],
  transport: { parameters: [], hosts: ['*.videosdk.live'], headers: ['authorization'] },
  required: { apikey: 'VideoSDK cannot find the project', permissions: 'VideoSDK cannot tell who may join' },
  notShown: ['whether the secret belongs to `apikey`', 'whether the meeting asks participants to be let in'],
  aliases: {
    meetingId: 'roomId',
  },
  validation: checkedAtJoin('the secret'),
  fixes: {
    'exp-missing': 'Add `expiresIn` when signing.',
    'lifetime-long': 'Add `expiresIn("2h")`.',
    'video-room-missing': 'Add `forRoom(id)`.',
    'video-admin-grant': keepOnServer,
    'service-key-in-page': keepOnServer,
    'video-host-on-guest-page': 'Leave `Grant.AllowMod` out of guest tokens.',
  },
  links: [
    { title: 'Authentication and tokens', url: 'https://docs.videosdk.live/server-sdk/authentication-and-tokens' },
    {
      title: 'Waiting lobby',
      url: 'https://docs.videosdk.live/javascript/guide/video-and-audio-calling-api-sdk/setup-call/waiting-lobby',
    },
  ],
  readAt: '2026-11',
};
