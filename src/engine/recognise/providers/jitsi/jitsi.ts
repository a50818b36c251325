import type { Facts, Grant, Recognition } from '../../../model/facts.ts';
import type { Token } from '../../../model/token.ts';
import type { Json, JsonObject } from '../../../text/json.ts';
import { shown, stated } from '../../../text/sentence.ts';
import { hasAt, objectAt, stringAt, valueAt } from '../../../text/values.ts';
import { grants, no, unsaid, yes } from '../grants.ts';
import type { JoinProblem, Provider } from '../provider.ts';
import {
  contextClaims,
  contextProblems,
  featureGrant,
  features,
  flagAt,
  isJitsiMeeting,
  isSurelyJitsiMeeting,
  mayHide,
  mayWrite,
  roomInPath,
  roomScopeOf,
  wildcardsOf,
} from './jitsi-context.ts';
import {
  headerProblems,
  meetingOf,
  opensRoom,
  patternAges,
  patternProblems,
  shapeProblems,
  subProblems,
  tenantProblems,
} from './jitsi-join.ts';
import { roomAndTenant } from './room-name.ts';

const ownerAffiliations = ['owner', 'moderator', 'teacher'];

export const jitsi: Provider = {
  id: 'jitsi',
  name: 'Jitsi (self-hosted)',
  kind: 'video',

  recognise({ header, claims }: Token): Recognition | null {
    if (!claims) return null;
    // LiveKit keeps its grants in `video`; Galene and VideoSDK list `permissions`.
    if (objectAt(claims, 'video') || Array.isArray(claims.permissions)) return null;
    const room = typeof claims.room === 'string';
    const context = ['user', 'features', 'room', 'group'].some((name) => hasAt(claims, `context.${name}`));
    const parties = ['iss', 'aud', 'sub'].filter((name) => hasAt(claims, name));
    const issued = parties.includes('iss') && parties.includes('aud');
    const names = [...(room ? ['room'] : []), ...parties, ...(context ? ['context'] : [])];
    const because = `it has ${names.map((name) => `\`${name}\``).join(', ')}`;
    const strength = names.length + (header?.typ === 'JWT' ? 0.5 : 0);
    if (room && context && issued) return { confidence: 'certain', because, strength };
    if (room && context) return { confidence: parties.length > 0 ? 'likely' : 'possible', because, strength };
    if (room && issued) return { confidence: parties.length > 2 ? 'likely' : 'possible', because, strength };
    const without = withoutRoom(claims);
    if (issued && without)
      return { ...without, because: `${because} as Jitsi Meet reads it, though no \`room\` that is a text`, strength };
    return null;
  },

  facts({ claims }: Token): Facts {
    return {
      use: 'video-join',
      product: valueAt(claims, 'aud') === 'clanmeeting' ? 'ClanMeeting, a kin of Jitsi' : 'meeting token',
      tenant: stringAt(claims, 'sub'),
      room: stringAt(claims, 'room'),
      roomScope: roomScopeOf(claims),
      roomClaim: 'room',
      userId: userIdOf(claims),
      displayName: stringAt(claims, 'context.user.name'),
      ...roleOf(claims),
      privileges: privilegesOf(claims),
      wildcards: wildcardsOf(claims),
    };
  },

  claims: {
    ...contextClaims,
    room: {
      type: 'string',
      means: 'The room this token opens, compared in lower case; `*` opens every room.',
      whenAbsent: 'refused, unless the server has `asap_require_room_claim` off',
    },
    iss: { type: 'string', means: 'The app id the server was given; it must be on its list of accepted issuers.' },
    aud: {
      means:
        'Whom the token is for, one text; it must be on the list of accepted audiences, which takes anything unless set.',
    },
    sub: {
      type: 'string',
      means:
        'The domain of the meeting, or the tenant where its address has one; `*` is any. Compared unless the server has `enable_domain_verification` off.',
      whenAbsent: 'refused',
    },
    exp: {
      type: 'number',
      unit: 'seconds since the epoch',
      means: 'Last moment to join, to the second: the server forgives no clock difference.',
      whenAbsent: 'the server accepts it and the token never expires; the web client complains',
    },
    nbf: {
      type: 'number',
      unit: 'seconds since the epoch',
      means: 'First moment to join, to the second: the server forgives no clock difference.',
      whenAbsent: 'valid at once',
    },
    iat: {
      type: 'number',
      unit: 'seconds since the epoch',
      means: 'When the token was made. Jitsi does not look at it.',
    },
    'header.typ': { type: 'string', means: 'Must be "JWT", or the server refuses the token.' },
    'header.kid': {
      type: 'string',
      means: 'Names the public key; the server looks it up at its key server or in its key set.',
    },
    'context.user.moderator': {
      type: ['boolean', 'boolean-text'],
      means:
        'Makes the holder moderator, on servers that load the affiliation module (`mod_token_affiliation`); a stock server ignores it.',
    },
    'context.user.affiliation': {
      type: 'string',
      means:
        '`owner`, `moderator` or `teacher` make the holder moderator, anything else a member, on servers that load the affiliation module; a stock server ignores it.',
    },
    'context.user.lobby_bypass': { means: 'Skips the lobby, on servers with a contributed module for it.' },
    'context.user.security_bypass': { means: 'Skips lobby and password, on servers with a contributed module for it.' },
    'context.user.lobby': { means: 'Read by contributed modules only.' },
    'context.tenant': {
      type: 'string',
      means:
        'The tenant, compared with that of the address: where they differ, rooms that refuse people without a token refuse this one too, and it may lose its rights as moderator.',
      whenAbsent: 'not compared',
    },
    'context.server': { type: 'string', means: 'The server, as further context.' },
    'context.callee': { type: 'object', means: 'The person being called, shown while waiting.' },
    'context.room.lobby': {
      means: 'Switches the lobby on, on servers with the contributed module `token_security_ondemand`.',
    },
    'context.room.password': {
      means: 'Sets a room password, on servers with the contributed module `token_security_ondemand`.',
    },
    moderator: { means: 'Read by no Jitsi module at this place; `context.user.moderator` is meant.' },
    'context.moderator': { means: 'Read by no Jitsi module at this place; `context.user.moderator` is meant.' },
    user_id: {
      type: 'string',
      means: 'Identity of the participant where `context` is absent; beside it nothing reads it.',
    },
    name: { type: 'string', means: 'Read in special set-ups only; `context.user.name` is usual.' },
    email: { type: 'string', means: 'Read in special set-ups only; `context.user.email` is usual.' },
    picture: { type: 'string', means: 'Read in special set-ups only; `context.user.avatar` is usual.' },
    meeting_id: { type: 'string', means: 'The meeting, in short-lived tokens the server issues itself.' },
    granted_from: { type: 'string', means: 'Who granted it, in short-lived tokens the server issues itself.' },
    customer_id: { type: 'string', means: 'The customer, in short-lived tokens the server issues itself.' },
    backend_region: { type: 'string', means: "The server's region, in short-lived tokens the server issues itself." },
    user_region: { type: 'string', means: "The user's region, in short-lived tokens the server issues itself." },
  },

  enforcement: {
    atJoin:
      'Prosody checks the signature, `exp` and `nbf` to the second, issuer, audience and room. Who is moderator is decided by the server’s modules.',
    atExpiry: 'Nothing: a running conference goes on.',
    onReconnect:
      'Resuming a connection with an expired token is refused. A resumed connection may bring a new token, whose claims replace the old ones once they were checked against the room.',
    onRemoval: 'Kicking does not revoke the token: until it expires its holder can come back.',
  },
  whenRoomAbsent: 'refused',
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Without `exp` the server accepts a token for ever. Set `exp`, an hour or two ahead.',
  },
  limits: [],
  publicClaims: ['context.user.name', 'context.user.email', 'context.user.id', 'context.user.avatar'],
  algorithms: ['HS256', 'RS256', 'HS384', 'HS512', 'RS384', 'RS512'],
  // lib-jitsi-meet: XMPP over WebSocket or BOSH, and the request for a conference.
  isOwnServer: ({ pathname }) => /\/(?:xmpp-websocket|http-bind|conference-request\/v1)$/.test(pathname),
  transport: { parameters: ['jwt', 'token'], hosts: ['meet.jit.si', '*.jitsi.net'], headers: ['authorization'] },

  /** `https://<host>/[tenant/]<room>`. */
  roomInUrl: (url, token) => (isJitsiMeeting(url) || isOfDomain(url, token) ? roomInPath(url, 2) : null),
  isSurelyCall: isSurelyJitsiMeeting,
  tenantInUrl: (url: URL): string | null => (isJitsiMeeting(url) ? (roomAndTenant(url)?.tenant ?? null) : null),

  required: {
    iss: 'the server cannot find the app and refuses the token',
    aud: 'the server refuses the token',
    room: 'the server refuses the token, unless it has `asap_require_room_claim` off',
    sub: 'current servers refuse the token',
  },
  takesEmpty: ['aud'],
  takesAnyType: true,
  clock: { leewaySeconds: [0, 0], issuedAtLeewaySeconds: null },
  notShown: [
    'which issuers and audiences the server accepts, and with which key and algorithm it checks the signature',
    'which of its checks are switched off or on: `enable_domain_verification`, `asap_require_room_claim`, `token_regex_enabled`',
    'whether the room has a lobby or a password',
  ],
  aliases: {
    moderator: 'context.user.moderator',
    'context.moderator': 'context.user.moderator',
    affiliation: 'context.user.affiliation',
    'context.affiliation': 'context.user.affiliation',
    features: 'context.features',
    'context.user.features': 'context.features',
    user: 'context.user',
    roomName: 'room',
    room_name: 'room',
    roomId: 'room',
    room_id: 'room',
    'context.user.avatar_url': 'context.user.avatar',
    'context.user.isModerator': 'context.user.moderator',
    'context.user.is_moderator': 'context.user.moderator',
  },
  joinProblems,
  opensRoom,
  closedObjects: ['context', 'context.user', 'context.room', 'context.features'],
  checkedOnReconnect: true,
  identityClaim: { path: 'context.user.id', required: false },
  expiryEjects: () => ({ ejects: false, claim: null }),

  validation:
    'Jitsi has no address to ask. Verify the signature with the app secret (HS256) or the public key named by `kid` (RS256), then compare `iss`, `aud`, `sub` and `room` with the server’s settings; its log names the reason of a refusal.',
  fixes: {
    'exp-missing': 'Set `exp` when signing: `jwt.sign(payload, secret, { expiresIn: "2h" })`.',
    'exp-expired': 'Sign a new token shortly before joining.',
    'exp-not-numeric': 'Set `exp` and `nbf` to JSON numbers; Prosody refuses texts.',
    'time-claim-milliseconds': 'Divide by 1000: `Math.floor(Date.now() / 1000) + 7200`.',
    'nbf-future': 'Set `nbf` ten seconds back or leave it out: Prosody forgives no clock difference.',
    'exp-not-after-nbf': 'Set `exp` later than `nbf`.',
    'lifetime-long': 'Set `exp` to the planned end of the meeting.',
    'video-room-missing': 'Set `room` to the name of the room, in lower case.',
    'video-room-wildcard':
      'Set `room` to one name instead of `*`, `sub` to your tenant, and leave `context.room.regex` out.',
    'video-room-mismatch': 'Set `room` to the last part of the meeting’s address, in lower case.',
    'video-host-grant':
      'Leave `context.user.moderator` and `context.user.affiliation` out for people who should not moderate.',
    'video-host-on-guest-page':
      'Sign guest tokens with `context.user.moderator: false` and `context.user.affiliation: "member"`, and load `mod_token_affiliation` so that they count.',
    'video-no-eject': 'Jitsi ends no call at `exp`; end the meeting from the server, or keep rooms short-lived.',
    'video-grant-typo': 'Put `moderator` and `affiliation` inside `context.user`.',
    'video-record-grant': 'Set `context.features.recording` and `context.features.livestreaming` to false for guests.',
    'video-personal-data': 'Leave `context.user.email` out and put an opaque id into `context.user.id`.',
    'video-type-mismatch': 'Use texts in `context.user`, and true or false for `moderator`.',
    'url-query': 'Pass the token in the fragment (`#jwt=`) or in the `jwt` option of the IFrame API.',
    'url-persisted': 'Pass the token in the `jwt` option of the IFrame API instead of the address.',
    'hmac-secret-known': 'Set `JWT_APP_SECRET` to a random value of 32 bytes or more and restart Prosody.',
    'storage-local': 'Fetch a token when joining, pass it to the `jwt` option and keep no copy.',
    'storage-session': 'Fetch a token when joining, pass it to the `jwt` option and keep no copy.',
  },
  links: [
    { title: 'Jitsi: tokens', url: 'https://github.com/jitsi/lib-jitsi-meet/blob/master/doc/tokens.md' },
    {
      title: 'Jitsi handbook: token authentication',
      url: 'https://jitsi.github.io/handbook/docs/devops-guide/token-authentication',
    },
    { title: 'Jitsi handbook: IFrame API', url: 'https://jitsi.github.io/handbook/docs/dev-guide/dev-guide-iframe' },
    {
      title: 'jitsi-meet: Prosody plug-ins',
      url: 'https://github.com/jitsi/jitsi-meet/tree/master/resources/prosody-plugins',
    },
  ],
  readAt: '2026-11',
};

/** Whether an address is one room, and nothing else, on the domain that the token is for. */
function isOfDomain({ hostname, pathname, search }: URL, token: Pick<Token, 'claims'> | undefined): boolean {
  const domain = stringAt(token?.claims, 'sub')?.toLowerCase();
  return domain === hostname && search === '' && /^\/[^/]+$/.test(pathname);
}

/** How sure it is without a room: by what Jitsi alone keeps in `context`, or by what it shares with others. */
function withoutRoom(claims: JsonObject): Pick<Recognition, 'confidence'> | null {
  const user = objectAt(claims, 'context.user');
  if (!user || hasAt(claims, 'qsh')) return null;
  const isJitsis = ['moderator', 'affiliation', 'hidden-from-recorder'].some((name) => Object.hasOwn(user, name));
  const granted = objectAt(claims, 'context.features');
  const names = Object.keys(granted ?? {});
  const isKnown = granted && (names.length === 0 || names.some((name) => Object.hasOwn(features, name)));
  if (isJitsis || isKnown) return { confidence: 'likely' };
  return ['id', 'name', 'email', 'avatar'].some((name) => Object.hasOwn(user, name))
    ? { confidence: 'possible' }
    : null;
}

function roleOf(claims: Json | null): Pick<Facts, 'role' | 'vendorRole' | 'roleBecause' | 'roleClaim'> {
  const affiliation = stringAt(claims, 'context.user.affiliation');
  const vendorRole = affiliation ?? (flagAt(claims, 'context.user.moderator') ? 'moderator' : null);
  const asking = moderatorClaim(claims);
  if (asking) {
    return {
      role: 'host',
      vendorRole,
      roleBecause: `\`${asking}\` is ${shown(valueAt(claims, asking))}, which counts where the server loads the affiliation module`,
      roleClaim: asking,
    };
  }
  if (stringAt(claims, 'context.user.role') === 'visitor') {
    return {
      role: 'viewer',
      vendorRole: 'visitor',
      roleBecause: '`context.user.role` is "visitor"',
      roleClaim: 'context.user.role',
    };
  }
  return {
    role: 'participant',
    vendorRole,
    roleBecause: 'no claim asks for moderator; the server may still make everybody one',
    roleClaim: hasAt(claims, 'context.user.affiliation') ? 'context.user.affiliation' : 'context.user.moderator',
  };
}

/** The claim that makes a module-equipped server grant ownership, or null. */
function moderatorClaim(claims: Json | null): string | null {
  if (ownerAffiliations.includes(stringAt(claims, 'context.user.affiliation') ?? '')) return 'context.user.affiliation';
  return flagAt(claims, 'context.user.moderator') ? 'context.user.moderator' : null;
}

/** The id of the user; stock servers take `user_id` where the token has no `context` (token/util.lib.lua). */
function userIdOf(claims: Json | null): string | null {
  return stringAt(claims, hasAt(claims, 'context') ? 'context.user.id' : 'user_id');
}

function privilegesOf(claims: Json | null): Facts['privileges'] {
  const visitor = stringAt(claims, 'context.user.role') === 'visitor';
  const send: Grant = visitor
    ? no('`context.user.role` is "visitor"', 'context.user.role')
    : unsaid("no claim speaks of it: everybody may, unless the room's moderation says otherwise");
  const feature = (key: string) =>
    featureGrant(
      claims,
      key,
      '`context.features` is absent: the server lets moderators, and others once a moderator has passed it on',
    );
  const share = featureGrant(
    claims,
    'screen-sharing',
    'no claim speaks of it: everybody may, unless the client is set up otherwise',
  );
  return grants([
    ['join', mayJoin(claims)],
    ['subscribe', unsaid('no claim speaks of it: everybody in a room receives, unless the server says otherwise')],
    ['publish-audio', 'publish-video', send],
    ['share-screen', visitor ? send : share],
    [
      'send-data',
      visitor
        ? send
        : mayWrite(claims, unsaid('no claim speaks of it: everybody may, unless the room restricts the chat')),
    ],
    ['mute-others', 'remove-others', 'admit-others', 'change-permissions', moderates(claims)],
    ['record', feature('recording')],
    ['live-stream', feature('livestreaming')],
    ['transcribe', feature('transcription')],
    ['dial-out', feature('outbound-call')],
    ['manage-rooms', no('a meeting token opens rooms only; servers are managed elsewhere')],
    ['join-hidden', mayHide(claims)],
    [
      'bypass-lobby',
      hasAt(claims, 'context.user.lobby_bypass')
        ? unsaid(
            `\`context.user.lobby_bypass\` is ${shown(valueAt(claims, 'context.user.lobby_bypass'))}, which counts only with a contributed module`,
            'context.user.lobby_bypass',
          )
        : unsaid("no claim of a stock server speaks of it: the room's lobby decides"),
    ],
  ]);
}

function mayJoin(claims: Json | null): Grant {
  const room = stringAt(claims, 'room');
  if (!room)
    return unsaid(`${stated(claims, 'room')}: the server refuses that, unless it was set up to accept it`, 'room');
  const scope = roomScopeOf(claims);
  if (scope === 'all-rooms') return yes('`room` is `*`, which opens every room', 'room');
  if (scope === 'some-rooms') return yes(`\`room\` is the pattern ${shown(room)}`, 'room');
  return yes(`\`room\` names the room ${shown(room)}`, 'room');
}

/** Moderators are made by the server; the token can only ask. */
function moderates(claims: Json | null): Grant {
  const asking = moderatorClaim(claims);
  if (asking) {
    return unsaid(
      `\`${asking}\` is ${shown(valueAt(claims, asking))}: a server with the affiliation module makes the holder moderator, a stock server decides by its own settings`,
      asking,
    );
  }
  return unsaid(
    'no claim asks for moderator: with the affiliation module the holder is a member, a stock server decides by its own settings',
    hasAt(claims, 'context.user.affiliation') ? 'context.user.affiliation' : 'context.user.moderator',
  );
}

function joinProblems(token: Token, addresses: readonly URL[], asked: string | null = null): JoinProblem[] {
  const { claims } = token;
  const meeting = meetingOf(token, addresses, asked, isJitsiMeeting);
  return [
    ...headerProblems(token),
    ...shapeProblems(token),
    ...patternProblems(token),
    ...patternAges(token, meeting),
    ...subProblems(token, meeting),
    ...tenantProblems(token, meeting),
    ...contextProblems(claims),
    ...(claims && !hasAt(claims, 'exp') ? [withoutExpiry] : []),
  ];
}

const withoutExpiry: JoinProblem = {
  likelihood: 'possible',
  says: '`exp` is missing; the server accepts that, but the web client reports the token as faulty.',
  fix: 'Set `exp`, in seconds since the epoch.',
  at: 'claims.exp',
};
