import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { shown } from '../../text/sentence.ts';
import { hasAt, stringAt, valueAt } from '../../text/values.ts';
import { checkedAtJoin } from './checked-at-join.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { JoinProblem, Provider } from './provider.ts';
import { roomScope } from './room-scope.ts';
import { undocumented } from './undocumented.ts';

function recognise({ claims }: Token): Recognition | null {
  if (stringAt(claims, 'access_key') === null) return null;
  const type = valueAt(claims, 'type');
  const typed = type === 'app' || type === 'management';
  const found = ['version', 'room_id', 'role'].filter((name) => hasAt(claims, name));
  if (!typed && !(found.includes('room_id') && found.includes('role'))) return null;
  const words = ['`access_key`', ...(typed ? [`\`type\` ${shown(type)}`] : []), ...found.map((name) => `\`${name}\``)];
  return {
    confidence: typed && found.includes('version') ? 'certain' : typed || found.length === 3 ? 'likely' : 'possible',
    because: words.join(', '),
    strength: words.length,
  };
}

function facts({ claims }: Token): Facts {
  const management = valueAt(claims, 'type') === 'management';
  const role = stringAt(claims, 'role');
  const room = stringAt(claims, 'room_id');
  const byApi = yes('`type` is "management": the REST API does it', 'type');
  const template = role === null ? '`role` is absent' : `the template decides what the role ${shown(role)} may do`;
  const common = {
    tenant: stringAt(claims, 'access_key'),
    room,
    roomClaim: 'room_id',
    userId: stringAt(claims, 'user_id'),
    displayName: null,
    vendorRole: role,
  };
  if (management) {
    return {
      ...common,
      use: 'service-key',
      product: 'management token',
      roomScope: 'all-rooms',
      role: 'server',
      roleBecause: '`type` is "management", which opens the whole REST API',
      roleClaim: 'type',
      privileges: grants(
        [
          ['join', no('`type` is "management"; joining takes "app"', 'type')],
          ['remove-others', 'change-permissions', 'record', 'live-stream', 'manage-rooms', byApi],
        ],
        unsaid('a management token speaks for no participant'),
      ),
    };
  }
  return {
    ...common,
    use: 'video-join',
    product: 'auth token',
    roomScope: roomScope(valueAt(claims, 'room_id'), 'not-stated'),
    role: 'unknown',
    roleBecause: `${template}; its name only hints`,
    roleClaim: 'role',
    privileges: grants(
      [
        [
          'join',
          room === null
            ? no('`room_id` names no room', 'room_id')
            : yes(`\`room_id\` names the room ${shown(room)}`, 'room_id'),
        ],
        ['manage-rooms', no('`type` is not "management"', 'type')],
      ],
      unsaid(template, 'role'),
    ),
  };
}

function joinProblems({ claims }: Token): JoinProblem[] {
  if (valueAt(claims, 'type') === 'management') {
    return [
      {
        likelihood: 'certain',
        says: 'This is a management token, which joins no room.',
        fix: 'Give the page a token of `getAuthToken({ roomId, role })`.',
        at: 'claims.type',
      },
    ];
  }
  const missing = { room_id: ['certain', 'roomId'], role: ['likely', 'role'] } as const;
  return (['room_id', 'role'] as const)
    .filter((name) => stringAt(claims, name) === null)
    .map((name) => ({
      likelihood: missing[name][0],
      says: `\`${name}\` is ${shown(valueAt(claims, name))}; an auth token names one.`,
      fix: `Pass \`${missing[name][1]}\` to \`getAuthToken\`.`,
      at: `claims.${name}`,
    }));
}

const keepOnServer = 'Keep management tokens on the server; give pages `getAuthToken({ roomId, role })`.';

export const hundredMs: Provider = {
  id: '100ms',
  name: '100ms',
  kind: 'video',
  recognise,
  facts,
  joinProblems,
  claims: {
    access_key: { name: 'app access key', means: 'The project.', type: 'string' },
    type: { means: '"app" for clients, "management" for servers.', type: 'string', values: ['app', 'management'] },
    version: { means: 'Token format; 2.', type: 'number' },
    room_id: {
      name: 'roomId',
      means: 'The one room, 24 hex digits.',
      whenAbsent: 'a client token is refused',
      type: 'string',
    },
    user_id: { name: 'userId', means: 'Your id for the user.', type: 'string' },
    role: { means: 'Role of the template, by name. The template holds its rights.', type: 'string' },
    iat: { means: 'When it was issued; SDKs write 10 s earlier.', unit: 'seconds since the epoch', type: 'number' },
    exp: { name: 'validForSeconds', means: 'Not accepted after.', unit: 'seconds since the epoch', type: 'number' },
  },
  enforcement: {
    atJoin: '100ms checks signature, times, room and that the template knows the role.',
    atExpiry: undocumented,
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'refused',
  closedObjects: [''],
  serverRights: ({ claims }) =>
    valueAt(claims, 'type') === 'management'
      ? [{ claim: 'type', says: '`type` is "management", the whole REST API of the project', total: true }]
      : [],
  hostOnlyRights: ({ claims }) => {
    const role = stringAt(claims, 'role');
    return role !== null && /host|admin|broadcaster|moderator/i.test(role)
      ? [{ claim: 'role', says: `\`role\` is ${shown(role)}, which sounds like a host; the template decides` }]
      : [];
  },
  lifetime: {
    defaultSeconds: 86_400,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Make it as short as feasible; SDKs default to 24 h.',
  },
  limits: [],
  publicClaims: ['user_id'],
  algorithms: ['HS256'],
  transport: { parameters: ['token'], hosts: ['*.100ms.live'], headers: [] },
  required: {
    access_key: '100ms cannot find the project',
    type: '100ms cannot tell what the token is for',
    version: '100ms cannot tell the format',
  },
  notShown: [
    'whether the app secret belongs to `access_key`',
    'whether the template of the room has the role that the token names, and whether the room is enabled',
  ],
  aliases: { room: 'room_id', app_key: 'access_key' },
  validation: checkedAtJoin('the app secret'),
  fixes: {
    'exp-missing': 'Make the token with `getAuthToken`, which sets `exp`.',
    'lifetime-long': 'Pass `validForSeconds` to `getAuthToken`.',
    'video-admin-grant': keepOnServer,
    'service-key-in-page': keepOnServer,
    'video-room-missing': 'Pass `roomId` to `getAuthToken`.',
    'video-host-on-guest-page': 'Pass a guest role of the template to `getAuthToken`.',
  },
  links: [
    { title: 'Security and tokens', url: 'https://www.100ms.live/docs/get-started/v2/get-started/security-and-tokens' },
    { title: 'Server SDK', url: 'https://www.npmjs.com/package/@100mslive/server-sdk' },
  ],
  readAt: '2026-11',
};
