import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { shown } from '../../text/sentence.ts';
import { hasAt, isUuid, stringAt, valueAt } from '../../text/values.ts';
import { checkedAtJoin } from './checked-at-join.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { Provider } from './provider.ts';
import { roomScope } from './room-scope.ts';
import { undocumented } from './undocumented.ts';

function recognise({ claims }: Token): Recognition | null {
  const team = stringAt(claims, 'td');
  if (team === null) return null;
  const found = ['rd', 'ud', 'u', 'role', 'initials', 'avatar', 'breakoutId'].filter((name) => hasAt(claims, name));
  const room = found.includes('rd');
  if (!isUuid(team) && !room) return null;
  if (found.length === 0) return null;
  return {
    confidence: isUuid(team) && room ? 'certain' : isUuid(team) || found.length > 1 ? 'likely' : 'possible',
    because: ['`td`', ...found.map((name) => `\`${name}\``)].join(', '),
    strength: found.length + (isUuid(team) ? 2 : 1),
  };
}

function facts({ claims }: Token): Facts {
  const room = stringAt(claims, 'rd');
  const role = stringAt(claims, 'role');
  const host = role === 'moderator';
  const guest = role === 'speaker' || role === 'attendee';
  const because =
    role === null
      ? hasAt(claims, 'role')
        ? `\`role\` is ${shown(valueAt(claims, 'role'))}, which names no role`
        : "`role` is absent: the room's default role applies"
      : `\`role\` is ${shown(role)}${host || guest ? '' : ', a role of this team'}`;
  return {
    use: 'video-join',
    product: 'room token',
    tenant: stringAt(claims, 'td'),
    room,
    roomScope: roomScope(valueAt(claims, 'rd'), 'not-stated'),
    roomClaim: 'rd',
    userId: stringAt(claims, 'ud'),
    displayName: stringAt(claims, 'u'),
    role: host ? 'host' : guest ? 'participant' : 'unknown',
    vendorRole: role,
    roleBecause: because,
    roleClaim: 'role',
    privileges: grants(
      [
        ['join', room === null ? no('`rd` names no room', 'rd') : yes(`\`rd\` names the room ${shown(room)}`, 'rd')],
        ['manage-rooms', no('rooms are managed by the REST API, with the developer key')],
      ],
      unsaid(`${because}; the team's settings say what a role may do`, 'role'),
    ),
  };
}

export const digitalSamba: Provider = {
  id: 'digital-samba',
  name: 'Digital Samba',
  kind: 'video',
  recognise,
  facts,
  claims: {
    td: { name: 'team id', means: 'The team, by UUID.', type: 'string' },
    rd: {
      name: 'room id',
      means: 'The one room, by name or UUID.',
      whenAbsent: 'the token is refused',
      type: 'string',
    },
    ud: { name: 'external id', means: 'Your id for the user.', type: 'string' },
    u: { name: 'user name', means: 'Display name, shown to the others.', type: 'string' },
    initials: { means: 'Initials shown for the user.', type: 'string' },
    avatar: { means: 'Picture shown for the user.', type: 'string' },
    role: {
      means: 'Role, by name or id. Built in are moderator, speaker and attendee; teams add their own.',
      whenAbsent: "the room's default role",
      type: 'string',
    },
    breakoutId: { means: 'Breakout room to enter.', type: 'string' },
  },
  enforcement: {
    atJoin: 'Digital Samba checks signature, times, team and room.',
    atExpiry: undocumented,
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'refused',
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Without `exp` it never expires; the vendor strongly recommends an expiry.',
  },
  limits: [],
  publicClaims: ['u', 'initials', 'avatar', 'ud'],
  algorithms: ['HS256'],
  transport: { parameters: ['token'], hosts: ['*.digitalsamba.com'], headers: [] },
  roomInUrl: (url) =>
    /^(?!www\.|docs\.|api\.)[\w-]+\.digitalsamba\.com$/i.test(url.hostname)
      ? (/^\/([^/]+)\/?$/.exec(url.pathname)?.[1] ?? null)
      : null,
  required: { td: 'Digital Samba cannot find the team', rd: 'Digital Samba cannot tell the room' },
  aliases: {
    d: 'td',
    r: 'rd',
    team_id: 'td',
    room_id: 'rd',
    room: 'rd',
    user_name: 'u',
    name: 'u',
  },
  validation: checkedAtJoin("the team's developer key"),
  fixes: {
    'exp-missing': 'Set `exp`; without it the token never expires.',
    'lifetime-long': 'Set `exp` to the planned end of the meeting.',
    'video-room-missing': 'Set `rd` to the room.',
    'video-host-on-guest-page': 'Set `role` to "speaker" or "attendee".',
    'video-personal-data': 'Use an opaque `ud` and a display name the user chose: `u` can be read in the address.',
  },
  links: [
    { title: 'Token properties', url: 'https://docs.digitalsamba.com/reference/rest-api/tokens/properties' },
    { title: 'Embedded SDK', url: 'https://www.npmjs.com/package/@digitalsamba/embedded-sdk' },
  ],
  readAt: '2026-11',
};
