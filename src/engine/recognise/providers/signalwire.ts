import type { Facts, Grant, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import type { JsonObject } from '../../text/json.ts';
import { shown } from '../../text/sentence.ts';
import { hasAt, stringAt, stringsAt, valueAt } from '../../text/values.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

/** Permissions over others or over the room. */
const hostPower = /^room\.(?:member(?:\.|$)|set_layout|recording|stream|(?:hide|show)_video_muted)/;

const isAudience = (claims: JsonObject | null) => valueAt(claims, 'ja') === 'audience';
const isSubscriber = ({ header }: Token) => stringAt(header, 'typ') === 'SAT';

/** Host powers in force: joining as audience empties the list. */
const powersOf = (claims: JsonObject | null) =>
  isAudience(claims) ? [] : (stringsAt(claims, 's') ?? []).filter((name) => hostPower.test(name));

function recognise({ header, claims }: Token): Recognition | null {
  const typ = stringAt(header, 'typ');
  if (typ !== 'VRT' && typ !== 'SAT') return null;
  const room = stringAt(claims, 'r') !== null;
  const kind = typ === 'VRT' ? 'room token' : 'subscriber token';
  return { confidence: 'certain', because: `\`typ\` is ${typ}, a SignalWire ${kind}`, strength: room ? 5 : 4 };
}

function facts(token: Token): Facts {
  const { claims } = token;
  const room = stringAt(claims, 'r');
  const powers = powersOf(claims);
  const audience = isAudience(claims);
  const subscriber = isSubscriber(token);
  return {
    use: 'video-join',
    product: subscriber ? 'subscriber token' : 'room token',
    tenant: stringAt(claims, 'sub'),
    room,
    roomScope: room ? 'one-room' : 'not-stated',
    roomClaim: subscriber ? null : 'r',
    userId: stringAt(claims, 'u'),
    displayName: stringAt(claims, 'u'),
    role: subscriber ? 'unknown' : powers.length > 0 ? 'host' : audience ? 'viewer' : 'participant',
    vendorRole: stringAt(claims, 'ja'),
    roleBecause: subscriber
      ? 'what a subscriber may do is kept on the server'
      : powers.length > 0
        ? `\`s\` lists ${powers[0]?.slice(0, 48)}`
        : audience
          ? '`ja` is "audience", which empties the permissions'
          : '`s` lists nothing that concerns others',
    roleClaim: subscriber ? null : powers.length > 0 || !audience ? 's' : 'ja',
    privileges: subscriber ? grants([], unsaid('what a subscriber may do is kept on the server')) : privileges(claims),
  };
}

function privileges(claims: JsonObject | null): Facts['privileges'] {
  const listed = stringsAt(claims, 's');
  const may = (...names: string[]): Grant => {
    if (isAudience(claims)) return no('`ja` is "audience", which empties the permissions', 'ja');
    const own = names[0]?.startsWith('room.self.');
    if (!listed) {
      return hasAt(claims, 's')
        ? unsaid(`\`s\` is ${shown(valueAt(claims, 's'))}, which is no list`, 's')
        : (own ? yes : no)('`s` is absent, which means the permissions over oneself', 's');
    }
    const found = listed.find((entry) => names.some((name) => covers(entry, name)));
    return found ? yes(`\`s\` lists ${found.slice(0, 48)}`, 's') : no(`\`s\` lists no ${names[0]}`, 's');
  };
  const allowed = valueAt(claims, 'ma');
  const media: Grant = isAudience(claims)
    ? no('`ja` is "audience"', 'ja')
    : allowed === undefined || allowed === 'all'
      ? yes(allowed ? '`ma` is "all"' : '`ma` is absent, which means all media', 'ma')
      : unsaid(`\`ma\` is ${shown(allowed)}, which limits the media`, 'ma');
  return grants(
    [
      ['join', stringAt(claims, 'r') ? yes('`r` names the room', 'r') : unsaid('`r` names no room', 'r')],
      ['subscribe', unsaid('members and audience receive; `ma` may limit the media', 'ma')],
      ['publish-audio', 'publish-video', media],
      ['share-screen', may('room.self.screenshare')],
      ['mute-others', may('room.member.audio_mute', 'room.member.video_mute')],
      ['remove-others', may('room.member.remove')],
      ['change-permissions', may('room.member.promote', 'room.member.demote')],
      ['record', may('room.recording', 'room.recording.start')],
      ['live-stream', may('room.stream', 'room.stream.start')],
    ],
    unsaid('no claim and no documented permission speaks of it'),
  );
}

/** `room.member` and `room.member.*` stand for everything below. */
function covers(entry: string, name: string): boolean {
  const base = entry.replace(/\.\*$/, '');
  return base === name || name.startsWith(`${base}.`);
}

export const signalwire: Provider = {
  id: 'signalwire',
  name: 'SignalWire',
  kind: 'video',
  recognise,
  facts,
  claims: {
    'header.ch': { means: 'Host to connect to.' },
    r: { name: 'room_name', means: 'The room.', type: 'string' },
    u: { name: 'user_name', means: 'Name shown to the others.', type: 'string' },
    ja: {
      name: 'join_as',
      means: 'An audience only watches, without permissions.',
      type: 'string',
      values: ['member', 'audience'],
    },
    s: {
      name: 'permissions',
      means: 'What the holder may do; `room.member.*` and room-wide ones reach over others.',
      type: 'array',
      whenAbsent: '`room.self.*`',
    },
    acr: {
      name: 'auto_create_room',
      means: 'Creates the room when there is none.',
      type: 'boolean',
      whenAbsent: 'true',
    },
    ma: { name: 'media_allowed', means: 'Kinds of media allowed.', type: 'string', whenAbsent: 'all' },
    mta: { name: 'meta', means: 'Free data of the member.' },
    rmta: { name: 'room_meta', means: 'Free data of the room.' },
    erp: { name: 'enable_room_previews', means: 'Makes previews of the room.', type: 'boolean' },
    sub: { means: 'The project.', type: 'string' },
  },
  enforcement: {
    atJoin: 'SignalWire checks the token and, where the request set them, `join_from` and `join_until`.',
    atExpiry: 'Room tokens carry no `exp`; `remove_at` and `remove_after_seconds_elapsed` take members out.',
    onReconnect: 'The SDK rejoins with state it keeps in session storage.',
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'not-applicable',
  hostOnlyRights: ({ claims }) =>
    powersOf(claims)
      .slice(0, 8)
      .map((name) => ({ claim: 's', says: `\`s\` lists ${name.slice(0, 48)}` })),
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Set `join_until` and `remove_at` when asking for the token: it has no expiry of its own.',
  },
  limits: [{ claim: 'r', max: 100, unit: 'characters' }],
  publicClaims: ['u'],
  algorithms: ['HS512'],
  transport: { parameters: [], hosts: ['*.signalwire.com'], headers: [] },
  aliases: {
    room_name: 'r',
    user_name: 'u',
    permissions: 's',
    join_as: 'ja',
    media_allowed: 'ma',
    auto_create_room: 'acr',
  },
  validation: 'Join with it; no public address that validates a token is documented.',
  fixes: {
    'exp-missing': 'Set `join_until` and `remove_at` when asking for the token (`POST /api/video/room_tokens`).',
    'lifetime-long': 'Set `join_until` and `remove_at` when asking for the token.',
    'video-room-missing': 'Set `room_name` when asking for the token.',
    'video-host-grant': 'Leave `room.member.*`, layout, recording and stream permissions out of `permissions`.',
    'video-host-on-guest-page': 'Ask for guest tokens with `room.self.*` permissions, or `join_as: "audience"`.',
    'video-record-grant': 'Leave `room.recording` and `room.stream` out of `permissions`.',
    'service-key-in-page': 'Keep the API token of the project on the server: it has all powers.',
  },
  links: [
    { title: 'SignalWire: permissions', url: 'https://developer.signalwire.com/rest/overview/permissions' },
    {
      title: 'SignalWire: rooms by API',
      url: 'https://developer.signalwire.com/video/getting-started/managing-rooms-with-apis',
    },
  ],
  readAt: '2026-11',
};
