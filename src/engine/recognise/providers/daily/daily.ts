import type { Facts, Recognition } from '../../../model/facts.ts';
import type { Token } from '../../../model/token.ts';
import { listed, shown } from '../../../text/sentence.ts';
import { booleanAt, hasAt, isUuid, numberAt, stringAt, valueAt } from '../../../text/values.ts';
import type { JoinProblem, Provider } from '../provider.ts';
import { roomScope } from '../room-scope.ts';
import { dailyClaims, restNames } from './daily-claims.ts';
import { admins, dailyRights, permissionSet, sendable } from './daily-rights.ts';

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

export const daily: Provider = {
  id: 'daily',
  name: 'Daily',
  kind: 'video',

  recognise({ header, claims }: Token): Recognition | null {
    if (!claims || ['iss', 'sub', 'aud'].some((name) => Object.hasOwn(claims, name))) return null;
    // SignalWire's room tokens share `r` and `u`, and say `typ: VRT`.
    const typ = stringAt(header, 'typ');
    if (typ !== null && !/^jwt$/i.test(typ)) return null;
    const found = siblings.filter((name) => Object.hasOwn(claims, name));
    const domain = stringAt(claims, 'd');
    const room = typeof claims.r === 'string';
    if (domain && (room || found.length > 0)) {
      const names = ['d', ...(room ? ['r'] : []), ...found].map((name) => `\`${name}\``);
      const because = `it has ${listed(names.slice(0, 6))}, and no \`iss\`, \`sub\` or \`aud\``;
      const strength = names.length + (isUuid(domain) ? 1 : 0);
      if (isUuid(domain)) return { confidence: room || found.length > 1 ? 'certain' : 'likely', because, strength };
      return { confidence: room && found.length > 0 ? 'likely' : 'possible', because, strength };
    }
    // The barest token Daily issues: no room, no properties, and so nothing but the domain and times.
    if (isUuid(domain) && Object.keys(claims).every((name) => ['d', 'iat', 'exp', 'nbf'].includes(name))) {
      return { confidence: 'possible', because: 'it has `d`, a UUID, and nothing but times beside it', strength: 1 };
    }
    const long = tellingRestNames.filter((name) => Object.hasOwn(claims, name));
    if (long.length < 2 && !(domain && long.length === 1)) return null;
    return {
      confidence: long.length > 2 || isUuid(domain ?? claims.domain_id) ? 'likely' : 'possible',
      because: `it has Daily's REST names ${listed(long.slice(0, 4).map((name) => `\`${name}\``))}, which a token must abbreviate`,
      strength: long.length,
    };
  },

  facts({ claims }: Token): Facts {
    const room = stringAt(claims, 'r');
    const ineffective = Object.keys(restNames).some((name) => hasAt(claims, name));
    return {
      use: 'video-join',
      product: ineffective ? 'meeting token with REST names that Daily ignores' : 'meeting token',
      tenant: stringAt(claims, 'd'),
      room,
      roomScope: roomScope(valueAt(claims, 'r'), 'all-rooms'),
      roomClaim: 'r',
      userId: stringAt(claims, 'ud'),
      displayName: stringAt(claims, 'u'),
      ...dailyRights(claims),
    };
  },

  claims: dailyClaims,

  enforcement: {
    atJoin:
      'Daily checks the signature, `exp`, `nbf` and the room. An error names the reason (`exp-token`, `nbf-token`, `exp-room`, `nbf-room`, `not-allowed`); an invalid token may also be ignored with a line in the console. Somebody signed in to the Daily dashboard may be owner without any token.',
    atExpiry:
      'With `ejt` the holder leaves the call at `exp`, with `eje` so many seconds after joining. A token that sets neither leaves it to the room: `eject_at_room_exp` and `eject_after_elapsed` there end the stay, and without them nothing happens to somebody who has joined. Either in the token overrides all of these room settings.',
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

  foldsRoomCase: true,
  required: {
    d: 'Daily cannot tell whose key signed the token, and refuses it',
  },
  notShown: [
    'whether the API key that signed it belongs to the domain, and is still there',
    'whether the room exists, has ended, is full, or lets nobody in without a knock',
  ],
  aliases: restNames,
  closedObjects: ['p', 'p.cr'],
  checkedOnReconnect: true,
  identityClaim: { path: 'ud', required: false },

  expiryEjects({ claims }) {
    if (booleanAt(claims, 'ejt') === true) return { ejects: true, claim: 'ejt' };
    // A longest stay counts from joining, so it may end long after the token and the room have.
    const [stay, exp] = [numberAt(claims, 'eje'), numberAt(claims, 'exp')];
    const from = numberAt(claims, 'nbf') ?? numberAt(claims, 'iat');
    const isLonger = stay !== null && exp !== null && from !== null && stay > exp - from;
    return { ejects: stay !== null && !isLonger, claim: stay !== null && !isLonger ? 'eje' : 'ejt' };
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
    'token-reused-participants':
      'Set `user_id` (`ud`) in each token and `enforce_unique_user_ids` on the room: whoever joins again then puts out the earlier one.',
    'video-identity-duplicate':
      'Give everybody a `user_id` (`ud`) of their own; `enforce_unique_user_ids` on the room lets each in once.',
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
    { title: 'Daily: recording', url: 'https://docs.daily.co/docs/guides/features/recording' },
    { title: 'Daily: recording in React', url: 'https://docs.daily.co/docs/daily-react/docs/recording' },
    { title: 'Daily: dial-out', url: 'https://docs.daily.co/reference/daily-js/instance-methods/start-dial-out' },
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
  // Of `cloud-audio-only` nothing is documented; others report that it is enough.
  if (booleanAt(claims, 'sr') === true && !['cloud', 'cloud-audio-only'].includes(stringAt(claims, 'er') ?? '')) {
    problems.push({
      likelihood: 'possible',
      says: '`sr` asks for a cloud recording, but `er` is not "cloud": nothing is recorded unless the room has cloud recording on.',
      fix: 'Set `enable_recording: "cloud"` (`er`) beside `start_cloud_recording` (`sr`).',
      at: 'claims.sr',
    });
  }
  return problems;
}

function decoded(segment: string | undefined): string | null {
  if (!segment) return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
