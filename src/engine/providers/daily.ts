import type { Facts, Grant, Json, JsonObject, Recognition, Token } from '../model.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { JoinProblem, Provider } from './provider.ts';
import { booleanAt, hasAt, isUuid, numberAt, objectAt, shown, stated, stringAt, valueAt } from './reading.ts';

/** Claims beside `d` and `r` that Daily alone abbreviates so; two of them settle the matter. */
const siblings = [
  'o',
  'u',
  'ud',
  'p',
  'k',
  'ss',
  'vo',
  'ao',
  'er',
  'erui',
  'sr',
  'ast',
  'ejt',
  'eje',
  'ctoe',
  'rome',
  'uil',
];

/** REST property → claim, from the self-signing page. In a token the REST property is ignored. */
const restNames: Record<string, string> = {
  room_name: 'r',
  domain_id: 'd',
  user_id: 'ud',
  user_name: 'u',
  is_owner: 'o',
  permissions: 'p',
  knocking: 'k',
  enable_screenshare: 'ss',
  start_video_off: 'vo',
  start_audio_off: 'ao',
  enable_recording: 'er',
  enable_recording_ui: 'erui',
  start_cloud_recording: 'sr',
  start_cloud_recording_opts: 'sro',
  auto_start_transcription: 'ast',
  eject_at_token_exp: 'ejt',
  eject_after_elapsed: 'eje',
  close_tab_on_exit: 'ctoe',
  redirect_on_meeting_exit: 'rome',
  intercom_join_alert: 'ij',
  meeting_join_hook: 'mjh',
  lang: 'uil',
  'permissions.hasPresence': 'p.hp',
  'permissions.canSend': 'p.cs',
  'permissions.canReceive': 'p.cr',
  'permissions.canAdmin': 'p.ca',
  'p.hasPresence': 'p.hp',
  'p.canSend': 'p.cs',
  'p.canReceive': 'p.cr',
  'p.canAdmin': 'p.ca',
};

/** REST properties that other vendors' tokens hardly have. */
const tellingRestNames = [
  'room_name',
  'domain_id',
  'is_owner',
  'enable_screenshare',
  'start_video_off',
  'start_audio_off',
  'enable_recording',
  'start_cloud_recording',
  'eject_at_token_exp',
  'eject_after_elapsed',
];

const has = (claims: JsonObject, name: string) => Object.hasOwn(claims, name);

export const daily: Provider = {
  id: 'daily',
  name: 'Daily',
  kind: 'video',

  recognise({ header, claims }: Token): Recognition | null {
    if (!claims || ['iss', 'sub', 'aud'].some((name) => has(claims, name))) return null;
    // SignalWire's room tokens share `r` and `u`, and say `typ: VRT`.
    const typ = stringAt(header, 'typ');
    if (typ !== null && !/^jwt$/i.test(typ)) return null;
    const found = siblings.filter((name) => has(claims, name));
    const domain = stringAt(claims, 'd');
    const room = typeof claims.r === 'string';
    if (domain && (room || found.length > 0)) {
      const names = ['d', ...(room ? ['r'] : []), ...found].map((name) => `\`${name}\``);
      const because = `it has ${list(names.slice(0, 6))}, and no \`iss\`, \`sub\` or \`aud\``;
      const strength = names.length + (isUuid(domain) ? 1 : 0);
      if (isUuid(domain)) return { confidence: room || found.length > 1 ? 'certain' : 'likely', because, strength };
      return { confidence: room && found.length > 0 ? 'likely' : 'possible', because, strength };
    }
    // The barest token Daily issues: no room, no properties, and so nothing but the domain and times.
    if (isUuid(domain) && Object.keys(claims).every((name) => ['d', 'iat', 'exp', 'nbf'].includes(name))) {
      return { confidence: 'possible', because: 'it has `d`, a UUID, and nothing but times beside it', strength: 1 };
    }
    const long = tellingRestNames.filter((name) => has(claims, name));
    if (long.length < 2 && !(domain && long.length === 1)) return null;
    return {
      confidence: long.length > 2 || isUuid(domain ?? claims.domain_id) ? 'likely' : 'possible',
      because: `it has Daily's REST names ${list(long.slice(0, 4).map((name) => `\`${name}\``))}, which a token must abbreviate`,
      strength: long.length,
    };
  },

  facts({ claims }: Token): Facts {
    const power = adminOf(claims);
    const room = stringAt(claims, 'r');
    const ineffective = Object.keys(restNames).some((name) => !name.includes('.') && hasAt(claims, name));
    return {
      use: 'video-join',
      product: ineffective ? 'meeting token with REST names that Daily ignores' : 'meeting token',
      tenant: stringAt(claims, 'd'),
      room,
      roomScope: room ? 'one-room' : isBlank(valueAt(claims, 'r')) ? 'all-rooms' : 'not-stated',
      roomClaim: 'r',
      userId: stringAt(claims, 'ud'),
      displayName: stringAt(claims, 'u'),
      ...roleOf(claims, power),
      privileges: privilegesOf(claims, power),
    };
  },

  claims: {
    r: {
      name: 'room_name',
      type: 'string',
      means: 'The one room this token opens.',
      whenAbsent: 'opens every room of the domain',
    },
    d: {
      name: 'domain_id',
      type: 'string',
      means: 'The Daily domain, by its id. Needed when you sign the token yourself.',
    },
    iat: {
      type: 'number',
      unit: 'seconds since the epoch',
      means: 'When the token was made. Needed when you sign the token yourself.',
    },
    exp: {
      name: 'exp',
      type: 'number',
      unit: 'seconds since the epoch',
      means: 'Last moment to join. It ends a running call only together with `ejt`.',
      whenAbsent: 'never expires',
    },
    nbf: {
      name: 'nbf',
      type: 'number',
      unit: 'seconds since the epoch',
      means: 'First moment to join.',
      whenAbsent: 'valid at once',
    },
    ud: {
      name: 'user_id',
      type: 'string',
      means:
        'Identity of the participant, at most 36 characters. On HIPAA domains only UUIDs are reported back; others become "hipaa".',
      whenAbsent: 'none',
    },
    u: { name: 'user_name', type: 'string', means: 'Name shown to the others.', whenAbsent: 'none' },
    o: {
      name: 'is_owner',
      type: 'boolean',
      means: 'Makes the holder a meeting owner, with every power in the call.',
      whenAbsent: 'false',
    },
    p: {
      name: 'permissions',
      type: 'object',
      means: 'Fine-grained permissions. What stands here comes before the room, which comes before the domain.',
      whenAbsent: "the room's permissions apply; an owner has all of them",
    },
    'p.hp': {
      name: 'hasPresence',
      type: 'boolean',
      means:
        'Whether the others can see that the holder is there. `false` hides the holder, in calls that use a media server (SFU mode).',
    },
    'p.cs': {
      name: 'canSend',
      type: ['boolean', 'string'],
      means:
        'What the holder may send: all, nothing, or a comma list of `v` video, `a` audio, `sv` screen video, `sa` screen audio, `cv` custom video and `ca` custom audio.',
    },
    'p.cr': {
      name: 'canReceive',
      type: 'object',
      means:
        'What the holder may receive. A rule for a participant comes before one for a user, and that before the base.',
    },
    'p.cr.b': {
      name: 'base',
      type: ['boolean', 'object'],
      means: 'What may be received from anybody without a rule of their own.',
    },
    'p.cr.u': { name: 'byUserId', type: 'object', means: 'Rules by user id; they come before the base.' },
    'p.cr.u.*': { type: ['boolean', 'object'], means: 'What may be received from this user.' },
    'p.cr.p': {
      name: 'byParticipantId',
      type: 'object',
      means: 'Rules by participant id; they come before all others.',
    },
    'p.cr.p.*': { type: ['boolean', 'object'], means: 'What may be received from this participant.' },
    ...receiveParts('p.cr.b'),
    ...receiveParts('p.cr.u.*'),
    ...receiveParts('p.cr.p.*'),
    'p.ca': {
      name: 'canAdmin',
      type: ['boolean', 'string'],
      means:
        'Admin powers: all, none, or a comma list of `p` participants, `s` streaming and `t` transcription. An owner keeps participants admin whatever stands here.',
    },
    k: {
      name: 'knocking',
      type: 'boolean',
      means: 'The holder has to knock and be let in. Works where the room has knocking switched on.',
      whenAbsent: 'false: the token skips the lobby',
    },
    ss: { name: 'enable_screenshare', type: 'boolean', means: 'May share the screen.', whenAbsent: 'true' },
    vo: { name: 'start_video_off', type: 'boolean', means: 'Joins with the camera off.', whenAbsent: 'false' },
    ao: { name: 'start_audio_off', type: 'boolean', means: 'Joins with the microphone off.', whenAbsent: 'false' },
    er: {
      name: 'enable_recording',
      type: 'string',
      means: 'Kind of recording the holder may start: `cloud`, `local` or `raw-tracks`.',
      whenAbsent: "the room's or domain's setting applies",
    },
    erui: {
      name: 'enable_recording_ui',
      type: 'boolean',
      means: 'Shows the recording controls in Daily Prebuilt.',
      whenAbsent: "the room's setting applies",
    },
    sr: {
      name: 'start_cloud_recording',
      type: 'boolean',
      means:
        'Starts a cloud recording as the holder joins. Cloud recording must be switched on, by `er` or in the room.',
      whenAbsent: 'false',
    },
    sro: {
      name: 'start_cloud_recording_opts',
      type: 'object',
      means: 'Options for the recording that `sr` starts. Can make the token too long for a URL.',
    },
    ast: {
      name: 'auto_start_transcription',
      type: 'boolean',
      means: 'Transcription starts when an owner joins.',
      whenAbsent: 'false',
    },
    ejt: {
      name: 'eject_at_token_exp',
      type: 'boolean',
      means: "Takes the holder out of the call when `exp` arrives; comes before the room's `eject_at_room_exp`.",
      whenAbsent: 'false: who has joined may stay',
    },
    eje: {
      name: 'eject_after_elapsed',
      type: 'number',
      unit: 'seconds',
      means: "Longest stay, counted from joining; comes before the room's value.",
      whenAbsent: 'no limit from the token',
    },
    ctoe: {
      name: 'close_tab_on_exit',
      type: 'boolean',
      means: 'Daily Prebuilt closes the tab on leaving.',
      whenAbsent: 'false',
    },
    rome: {
      name: 'redirect_on_meeting_exit',
      type: 'string',
      means: 'Address Daily Prebuilt opens on leaving, with `recent-call=<domain>/<room>` added.',
      whenAbsent: 'none',
    },
    ij: { name: 'intercom_join_alert', type: 'boolean', means: 'Sends a notice to Intercom when the holder joins.' },
    mjh: { name: 'meeting_join_hook', type: 'string', means: 'Listed by Daily without further explanation.' },
    uil: { name: 'lang', type: 'string', means: 'Language of the call interface.', whenAbsent: 'en' },
  },

  enforcement: {
    atJoin:
      'Daily checks the signature, `exp`, `nbf` and the room. An error names the reason (`exp-token`, `nbf-token`, `exp-room`, `nbf-room`, `not-allowed`); an invalid token may also be ignored with a line in the console. Somebody signed in to the Daily dashboard may be owner without any token.',
    atExpiry: 'Nothing happens to somebody who has joined, unless `ejt` is true; then they leave the call.',
    onReconnect: 'Joining again needs a token that is still valid.',
    onRemoval: 'Ejecting does not revoke the token: until it expires its holder can come back, unless banned.',
  },
  whenRoomAbsent: 'any-room',
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice:
      'Without `exp` a token works for ever. Always set `exp` and a room, and keep tokens short. Either `ejt` ends the stay with the token, or tokens expire soon after the start without `ejt`, so that somebody who was ejected cannot come back.',
  },
  limits: [
    { claim: 'ud', max: 36, unit: 'characters' },
    { claim: '', max: 2048, unit: 'characters' },
  ],
  publicClaims: ['u', 'ud'],
  algorithms: ['HS256'],
  transport: { parameters: ['t'], hosts: ['*.daily.co'], headers: ['authorization'] },

  /** `https://<domain>.daily.co/<room>`; elsewhere the room stands in the embedded frame's URL. */
  roomInUrl(url: URL): string | null {
    if (!/^(?!www\.|api\.|docs\.|dashboard\.|c\.|gs\.)[\w-]+\.daily\.co$/i.test(url.hostname)) return null;
    return decoded(/^\/([^/]+)\/?$/.exec(url.pathname)?.[1]);
  },

  required: {
    d: 'Daily cannot tell whose key signed the token and refuses it',
  },
  aliases: restNames,
  closedObjects: ['p', 'p.cr'],
  checkedOnReconnect: true,
  identityClaim: { path: 'ud', required: false },

  expiryEjects({ claims }) {
    if (booleanAt(claims, 'ejt') === true) return { ejects: true, claim: 'ejt' };
    // A longest stay counts from joining: it too ends the call, though not at the token's expiry.
    return { ejects: numberAt(claims, 'eje') !== null, claim: numberAt(claims, 'eje') !== null ? 'eje' : 'ejt' };
  },

  hostOnlyRights({ claims }) {
    const named = permissionSet(valueAt(claims, 'p.ca'), admins);
    if (!named || named.size === 0) return [];
    return [
      { claim: 'p.ca', says: `\`p.ca\` is ${shown(valueAt(claims, 'p.ca'))}, which gives admin powers in the call` },
    ];
  },
  joinProblems,

  validation:
    'Ask `GET https://api.daily.co/v1/meeting-tokens/<token>` with the API key as bearer, from a server; add `?ignoreNbf=true` to accept one that is not valid yet. A token you signed yourself can be verified with the same key (HS256).',
  fixes: {
    'exp-missing':
      'Set `exp` when creating the token (`POST /meeting-tokens`, `properties.exp`), in seconds since the epoch.',
    'exp-expired': 'Create a new token shortly before joining; Daily cannot extend one.',
    'exp-not-numeric': 'Set `exp` and `nbf` to numbers: `Math.floor(Date.now() / 1000) + 3600`.',
    'time-claim-milliseconds': 'Divide by 1000: `Math.floor(Date.now() / 1000) + 3600`.',
    'nbf-future': 'Set `nbf` to now or leave it out; until then joining fails with `nbf-token`.',
    'exp-not-after-nbf': 'Set `exp` later than `nbf`.',
    'lifetime-long': 'Set `exp` to the planned end of the meeting; an hour or two is usual.',
    'video-room-missing': 'Set `room_name` when creating the token (`r` when you sign it yourself).',
    'video-room-mismatch': 'Set `room_name` (`r`) to the room being joined.',
    'video-no-eject': 'Set `eject_at_token_exp: true` (`ejt`), or `eject_after_elapsed` (`eje`) for a longest stay.',
    'video-host-grant':
      'Leave out `is_owner` (`o`) and `permissions.canAdmin` (`p.ca`) for people who need no host powers.',
    'video-host-on-guest-page':
      'Create guest tokens with `is_owner: false` (`o`) and without `permissions.canAdmin` (`p.ca`).',
    'video-grant-typo':
      'Use the short claim when you sign the token yourself: `r` for `room_name`, `o` for `is_owner`.',
    'video-hidden-participant': 'Leave out `permissions.hasPresence` (`p.hp`) unless a hidden observer is wanted.',
    'video-record-grant': 'Leave out `enable_recording` (`er`) for people who should not record.',
    'video-personal-data':
      'Put an opaque id into `user_id` (`ud`) and only a name the others may see into `user_name` (`u`).',
    'video-connection-data-long': 'Keep `user_id` (`ud`) within 36 characters, and the token within 2048.',
    'video-type-mismatch': 'Use JSON booleans: `is_owner: true`, not `"true"`.',
    'url-query': 'Pass the token in `join({ url, token })` instead of `?t=` in the URL.',
    'url-persisted':
      'Pass the token in `join({ url, token })`, or remove `?t=` with `history.replaceState` after joining.',
    'storage-local': 'Fetch a token when joining, pass it to `join({ token })` and keep no copy.',
    'storage-session': 'Fetch a token when joining, pass it to `join({ token })` and keep no copy.',
  },
  links: [
    { title: 'Daily: meeting tokens', url: 'https://docs.daily.co/docs/guides/privacy-and-security/meeting-tokens' },
    {
      title: 'Daily: self-signing tokens',
      url: 'https://docs.daily.co/docs/guides/privacy-and-security/self-signing-tokens',
    },
    {
      title: 'Daily REST API: create a meeting token',
      url: 'https://docs.daily.co/reference/rest-api/meeting-tokens/create-meeting-token',
    },
    {
      title: 'Daily REST API: validate a meeting token',
      url: 'https://docs.daily.co/reference/rest-api/meeting-tokens/validate-meeting-token',
    },
  ],
  readAt: '2026-11',
};

/** What a rule of `p.cr` may hold. `ca` is custom audio here, not canAdmin. */
function receiveParts(path: string): Provider['claims'] {
  const parts: Provider['claims'] = {};
  for (const [key, what] of Object.entries({ v: 'video', a: 'audio', sv: 'screen video', sa: 'screen audio' })) {
    parts[`${path}.${key}`] = { type: 'boolean', means: `May receive ${what}.` };
  }
  for (const [key, what] of Object.entries({ cv: 'custom video', ca: 'custom audio' })) {
    parts[`${path}.${key}`] = {
      type: 'object',
      means: `May receive ${what}, by track name; \`*\` stands for every other track.`,
    };
    parts[`${path}.${key}.*`] = { type: 'boolean', means: `May receive this ${what} track.` };
  }
  return parts;
}

/** Admin powers as Daily computes them: an owner has all, `p.ca` may narrow, and an owner always keeps `p`. */
interface Admin {
  owner: boolean;
  /** Powers that `p.ca` names: all three for `true`, none for `false`; null when it says nothing readable. */
  named: Set<string> | null;
  participants: Grant;
  streaming: Grant;
  transcription: Grant;
}

function adminOf(claims: Json | null): Admin {
  const owner = booleanAt(claims, 'o') === true;
  const named = permissionSet(valueAt(claims, 'p.ca'), admins);
  const value = shown(valueAt(claims, 'p.ca'));
  const power = (letter: string): Grant => {
    if (owner && letter === 'p') return yes('`o` is true, and an owner always administers participants', 'o');
    if (named?.has(letter)) return yes(`\`p.ca\` is ${value}`, 'p.ca');
    if (named) return no(`\`p.ca\` is ${value}`, 'p.ca');
    if (owner) return yes('`o` is true', 'o');
    const neither = hasAt(claims, 'p.ca')
      ? `${ownerWords(claims)} and \`p.ca\` is ${value}, which Daily does not read`
      : hasAt(claims, 'o')
        ? `${ownerWords(claims)} and \`p.ca\` is absent`
        : '`o` and `p.ca` are absent';
    return unsaid(
      `${neither}: the room's own permissions decide, and give it to owners only unless set otherwise`,
      hasAt(claims, 'p.ca') ? 'p.ca' : 'o',
    );
  };
  return { owner, named, participants: power('p'), streaming: power('s'), transcription: power('t') };
}

function ownerWords(claims: Json | null): string {
  const value = valueAt(claims, 'o');
  if (value === undefined) return '`o` is absent';
  if (typeof value === 'boolean') return `\`o\` is ${value}`;
  return `\`o\` is ${shown(value)}, which is not the boolean true,`;
}

function roleOf(
  claims: Json | null,
  { owner, named }: Admin,
): Pick<Facts, 'role' | 'vendorRole' | 'roleBecause' | 'roleClaim'> {
  if (owner) return { role: 'host', vendorRole: 'owner', roleBecause: '`o` is true', roleClaim: 'o' };
  if (named && named.size > 0) {
    return {
      role: 'host',
      vendorRole: 'admin',
      roleBecause: `\`p.ca\` is ${shown(valueAt(claims, 'p.ca'))}`,
      roleClaim: 'p.ca',
    };
  }
  if (permissionSet(valueAt(claims, 'p.cs'), sendable)?.size === 0) {
    return {
      role: 'viewer',
      vendorRole: null,
      roleBecause: `\`p.cs\` is ${shown(valueAt(claims, 'p.cs'))}: nothing may be sent`,
      roleClaim: 'p.cs',
    };
  }
  return {
    role: 'participant',
    vendorRole: null,
    roleBecause: `${ownerWords(claims)} and \`p.ca\` gives no power`,
    roleClaim: 'o',
  };
}

/** `p.ca`: participants, streaming, transcription. */
const admins = ['p', 's', 't'];
/** `p.cs`: video, audio, screen video and audio, custom video and audio. */
const sendable = ['v', 'a', 'sv', 'sa', 'cv', 'ca'];

/** `true`, `false` or a comma list, as a set of the letters in `all`; null for anything else. */
function permissionSet(value: Json | undefined, all: string[]): Set<string> | null {
  if (value === true) return new Set(all);
  if (value === false) return new Set();
  if (typeof value !== 'string') return null;
  const listed = value
    .slice(0, 256)
    .split(',')
    .map((part) => part.trim());
  return new Set(listed.filter((part) => all.includes(part)));
}

function privilegesOf(
  claims: Json | null,
  { owner, participants, streaming, transcription }: Admin,
): Facts['privileges'] {
  const knocks = booleanAt(claims, 'k') === true;
  return grants([
    ['join', mayJoin(claims)],
    ['subscribe', mayReceive(claims, owner)],
    ['publish-audio', maySend(claims, owner, ['a'])],
    ['publish-video', maySend(claims, owner, ['v'])],
    ['share-screen', mayShare(claims, owner)],
    ['send-data', unsaid("no claim speaks of messages: the room's settings and the app decide")],
    ['mute-others', 'change-permissions', 'admit-others', participants],
    [
      'remove-others',
      participants.allowed && !owner
        ? yes(`${participants.because}; owners and other admins excepted`, 'p.ca')
        : participants,
    ],
    ['record', mayRecord(claims)],
    ['live-stream', streaming],
    ['transcribe', transcription],
    ['dial-out', unsaid("no claim speaks of phone calls: the room's and domain's settings decide")],
    ['manage-rooms', no('a meeting token only opens calls; rooms are managed with the API key')],
    ['join-hidden', mayHide(claims, owner)],
    [
      'bypass-lobby',
      knocks
        ? no('`k` is true', 'k')
        : yes(
            hasAt(claims, 'k')
              ? `\`k\` is ${shown(valueAt(claims, 'k'))}`
              : '`k` is absent, and a token skips the lobby',
            'k',
          ),
    ],
  ]);
}

function mayJoin(claims: Json | null): Grant {
  if (booleanAt(claims, 'k') === true) {
    return unsaid(
      '`k` is true: the holder knocks, and somebody in the call lets them in where the room has knocking on',
      'k',
    );
  }
  const room = stringAt(claims, 'r');
  if (room) return yes(`\`r\` names the room ${shown(room)}`, 'r');
  if (isBlank(valueAt(claims, 'r'))) return yes(`${stated(claims, 'r')}, which opens every room of the domain`, 'r');
  return unsaid(`${stated(claims, 'r')}, which is no room name`, 'r');
}

function maySend(claims: Json | null, owner: boolean, letters: string[]): Grant {
  const value = valueAt(claims, 'p.cs');
  const named = permissionSet(value, sendable);
  if (named)
    return letters.some((letter) => named.has(letter))
      ? yes(`\`p.cs\` is ${shown(value)}`, 'p.cs')
      : no(`\`p.cs\` is ${shown(value)}`, 'p.cs');
  if (owner) return yes('`o` is true', 'o');
  return unsaid(
    `${stated(claims, 'p.cs')}: the room's permissions decide, and a broadcast room lets only owners send`,
    'p.cs',
  );
}

function mayShare(claims: Json | null, owner: boolean): Grant {
  const screen = booleanAt(claims, 'ss');
  if (screen === false) return no('`ss` is false', 'ss');
  const send = maySend(claims, owner, ['sv', 'sa']);
  if (send.allowed !== null) return send;
  if (screen) return yes('`ss` is true', 'ss');
  return unsaid(`${stated(claims, 'ss')}: the room's settings decide, and allow it unless set otherwise`, 'ss');
}

function mayReceive(claims: Json | null, owner: boolean): Grant {
  const base = valueAt(claims, 'p.cr.b');
  const own = ['p.cr.u', 'p.cr.p'].filter((path) => Object.keys(objectAt(claims, path) ?? {}).length > 0);
  const except = own.length > 0 ? `, with rules of their own in ${list(own.map((path) => `\`${path}\``))}` : '';
  if (base === true) return yes(`\`p.cr.b\` is true${except}`, 'p.cr.b');
  if (base === false) {
    return own.length > 0 ? unsaid(`\`p.cr.b\` is false${except}`, 'p.cr.b') : no('`p.cr.b` is false', 'p.cr.b');
  }
  if (typeof base === 'object' && base !== null && !Array.isArray(base)) {
    const flags = ['v', 'a', 'sv', 'sa'].flatMap((key) => booleanAt(base, key) ?? []);
    if (flags.includes(true)) return yes(`\`p.cr.b\` allows some kinds of media${except}`, 'p.cr.b');
    if (flags.length === 4 && own.length === 0) return no('`p.cr.b` refuses video, audio and screen', 'p.cr.b');
    return unsaid(`\`p.cr.b\` leaves kinds of media open${except}: the room's permissions decide those`, 'p.cr.b');
  }
  if (owner) return yes(`\`o\` is true${except}`, 'o');
  return unsaid(
    `${stated(claims, 'p.cr.b')}${except}: the room's permissions decide, and allow it unless set otherwise`,
    'p.cr',
  );
}

function mayRecord(claims: Json | null): Grant {
  const kind = stringAt(claims, 'er');
  if (kind) return yes(`\`er\` is ${shown(kind)}`, 'er');
  if (booleanAt(claims, 'sr') === true) {
    return unsaid(
      `\`sr\` is true, but ${stated(claims, 'er')}: a recording starts only where the room has cloud recording on`,
      'er',
    );
  }
  return unsaid(`${stated(claims, 'er')}: the room's or domain's recording setting decides`, 'er');
}

function mayHide(claims: Json | null, owner: boolean): Grant {
  const presence = booleanAt(claims, 'p.hp');
  if (presence === false) return yes('`p.hp` is false', 'p.hp');
  if (presence === true) return no('`p.hp` is true', 'p.hp');
  if (owner) return no('`o` is true, and an owner is present unless `p.hp` says otherwise', 'o');
  return unsaid(
    `${stated(claims, 'p.hp')}: the room's permissions decide, and show everybody unless set otherwise`,
    'p.hp',
  );
}

function joinProblems({ claims }: Token): JoinProblem[] {
  const problems: JoinProblem[] = [];
  if (booleanAt(claims, 'k') === true) {
    problems.push({
      likelihood: 'possible',
      says: '`k` is true, so the holder waits in the lobby until somebody lets them in, where the room has knocking on.',
      fix: 'Leave `knocking` (`k`) out for people who should enter at once.',
      at: 'claims.k',
    });
  }
  if (!hasAt(claims, 'iat')) {
    problems.push({
      likelihood: 'possible',
      says: '`iat` is missing; Daily asks for it in a token you sign yourself.',
      fix: 'Set `iat` to the time of signing, in seconds.',
      at: 'claims.iat',
    });
  }
  for (const [path, letters] of [
    ['p.ca', admins],
    ['p.cs', sendable],
  ] as const) {
    const unknown = stringAt(claims, path)
      ?.slice(0, 256)
      .split(',')
      .map((part) => part.trim())
      .find((part) => part !== '' && !letters.includes(part));
    if (unknown === undefined) continue;
    problems.push({
      likelihood: 'likely',
      says: `\`${path}\` lists ${shown(unknown)}; in a token Daily reads only ${letters.map((letter) => `\`${letter}\``).join(', ')} there.`,
      fix: `Use these letters in \`${path}\`, separated by commas.`,
      at: `claims.${path}`,
    });
  }
  if (booleanAt(claims, 'sr') === true && stringAt(claims, 'er') !== 'cloud') {
    problems.push({
      likelihood: 'possible',
      says: '`sr` asks for a cloud recording, but `er` is not "cloud": nothing is recorded unless the room has cloud recording on.',
      fix: 'Set `enable_recording: "cloud"` (`er`) beside `start_cloud_recording` (`sr`).',
      at: 'claims.sr',
    });
  }
  return problems;
}

const isBlank = (value: Json | undefined) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function list(names: string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function decoded(segment: string | undefined): string | null {
  if (!segment) return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
