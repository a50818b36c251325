import type { Facts, Grant, Recognition } from '../../../model/facts.ts';
import type { Token } from '../../../model/token.ts';
import type { Json } from '../../../text/json.ts';
import { shown, stated } from '../../../text/sentence.ts';
import { booleanAt, hasAt, objectAt, stringAt, valueAt } from '../../../text/values.ts';
import { grants, no, unsaid, yes } from '../grants.ts';
import type { JoinProblem, Provider } from '../provider.ts';
import {
  contextClaims,
  contextProblems,
  featureGrant,
  flagAt,
  isJitsiMeeting,
  mayHide,
  mayWrite,
  roomInPath,
  roomScopeOf,
  wildcardsOf,
} from './jitsi-context.ts';
import { askedMeeting, opensRoom, patternProblems } from './jitsi-join.ts';

const cookie = 'vpaas-magic-cookie-';

export const jaas: Provider = {
  id: 'jaas',
  name: 'JaaS (8x8)',
  kind: 'video',

  recognise({ header, claims }: Token): Recognition | null {
    if (!claims) return null;
    const evidence = [
      ...(stringAt(header, 'kid')?.startsWith(cookie) ? ['`kid` starts `vpaas-magic-cookie-`'] : []),
      ...(stringAt(claims, 'sub')?.startsWith(cookie) ? ['`sub` starts `vpaas-magic-cookie-`'] : []),
      ...(claims.iss === 'chat' && claims.aud === 'jitsi' ? ['`iss` is "chat" and `aud` is "jitsi"'] : []),
    ];
    if (evidence.length === 0) return null;
    return { confidence: 'certain', because: evidence.join(', '), strength: 6 + evidence.length };
  },

  facts({ claims }: Token): Facts {
    const server = isAdmin(claims);
    return {
      use: server ? 'service-key' : 'video-join',
      product: server ? 'server API token' : 'meeting token',
      tenant: stringAt(claims, 'sub'),
      room: stringAt(claims, 'room'),
      roomScope: roomScopeOf(claims),
      roomClaim: 'room',
      userId: stringAt(claims, 'context.user.id'),
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
      means: 'The room this token opens; `*` opens every room of the AppID.',
      whenAbsent: 'refused',
    },
    sub: { type: 'string', means: 'The AppID. Must equal the part of `kid` before the slash.' },
    iss: { type: 'string', values: ['chat'], means: 'Always "chat".' },
    aud: { type: 'string', values: ['jitsi'], means: 'Always "jitsi".' },
    exp: {
      type: 'number',
      unit: 'seconds since the epoch',
      means: 'Last moment to join.',
      whenAbsent: 'the client reports the token as faulty',
    },
    nbf: {
      type: 'number',
      unit: 'seconds since the epoch',
      means: 'First moment to join; samples set it ten seconds back.',
      whenAbsent: 'valid at once',
    },
    iat: { type: 'number', unit: 'seconds since the epoch', means: 'When the token was made.' },
    'header.kid': {
      type: 'string',
      means: 'The AppID, a slash, and the id of the key that was uploaded to the JaaS console.',
    },
    'context.user.moderator': {
      type: ['boolean', 'boolean-text'],
      means: 'Makes the holder moderator. Features such as recording need it.',
      whenAbsent: 'not a moderator',
    },
    'context.features': {
      type: 'object',
      means: 'What the holder may use beyond the call itself; takes effect for moderators.',
      whenAbsent: 'the client reports the token as faulty',
    },
    admin: {
      type: 'boolean',
      means: 'Makes this a token for the server API, which can ban participants; it must not reach a browser.',
    },
  },

  enforcement: {
    atJoin:
      '8x8 checks the signature, `exp`, `nbf`, AppID and room; the web client also checks `kid`, `aud`, `iss` and the features.',
    atExpiry: 'Nothing: a running conference goes on.',
    onReconnect: 'Resuming a connection with an expired token is refused.',
    onRemoval: 'Kicking does not revoke the token; a ban needs the server API.',
  },
  whenRoomAbsent: 'refused',
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'None is published; the vendor’s samples use two to three hours.',
  },
  limits: [],
  publicClaims: ['context.user.name', 'context.user.email', 'context.user.id', 'context.user.avatar'],
  algorithms: ['RS256'],
  transport: { parameters: ['jwt', 'token'], hosts: ['8x8.vc', '*.8x8.vc'], headers: ['authorization'] },

  /** `https://8x8.vc/<AppID>/<room>`. */
  roomInUrl(url: URL): string | null {
    return isOwnHost(url.hostname) && /^\/vpaas-magic-cookie-[^/]*\/[^/]/i.test(url.pathname)
      ? roomInPath(url, 2)
      : null;
  },

  required: {
    'header.kid': '8x8 cannot find the key and refuses the token',
    sub: '8x8 cannot tell the AppID and refuses the token',
    iss: 'the client refuses the token; it must say "chat"',
    aud: 'the client refuses the token; it must say "jitsi"',
    room: 'the room cannot be checked and joining is refused',
    exp: 'the web client reports the token as faulty',
    'context.features': 'the web client reports `featuresNotFound`',
  },
  notShown: [
    'whether the key is still listed in the JaaS console and fits the signature',
    'whether the room has a lobby or a password, and whether the subscription lets more people in',
  ],
  aliases: {
    moderator: 'context.user.moderator',
    'context.moderator': 'context.user.moderator',
    'context.user.affiliation': 'context.user.moderator',
    'context.user.isModerator': 'context.user.moderator',
    features: 'context.features',
    'context.user.features': 'context.features',
    user: 'context.user',
    roomName: 'room',
    room_name: 'room',
    roomId: 'room',
  },
  joinProblems,
  opensRoom,
  closedObjects: ['context', 'context.user', 'context.room', 'context.features'],
  checkedOnReconnect: true,
  identityClaim: { path: 'context.user.id', required: false },
  expiryEjects: () => ({ ejects: false, claim: null }),
  serverRights: ({ claims }) =>
    isAdmin(claims)
      ? [{ claim: 'admin', says: '`admin` is true: the server API accepts this token', total: true }]
      : [],

  validation:
    'JaaS has no address to ask. Verify the signature with the public key uploaded to the console (RS256), then compare `sub` with the part of `kid` before the slash.',
  fixes: {
    'exp-missing': 'Set `exp` when signing: `jwt.sign(payload, key, { algorithm: "RS256", keyid, expiresIn: "2h" })`.',
    'exp-expired': 'Sign a new token shortly before joining.',
    'exp-not-numeric': 'Set `exp` and `nbf` to JSON numbers of seconds.',
    'time-claim-milliseconds': 'Divide by 1000: `Math.floor(Date.now() / 1000) + 7200`.',
    'nbf-future': 'Set `nbf` ten seconds back, as the samples do.',
    'exp-not-after-nbf': 'Set `exp` later than `nbf`.',
    'lifetime-long': 'Set `exp` two or three hours ahead, as the samples do.',
    'video-room-missing': 'Set `room` to the name of the room.',
    'video-room-wildcard': 'Set `room` to one name instead of `*`.',
    'video-room-mismatch': 'Set `room` to the last part of the meeting’s address.',
    'video-host-grant': 'Set `context.user.moderator` to "false" for people who should not moderate.',
    'video-host-on-guest-page': 'Sign guest tokens with `context.user.moderator: "false"`.',
    'video-admin-grant': 'Leave `admin` out of tokens for browsers; use `admin: true` on the server only.',
    'service-key-in-page': 'Leave `admin` out of tokens for browsers; use `admin: true` on the server only.',
    'video-no-eject': 'JaaS ends no call at `exp`; end the meeting through the server API.',
    'video-grant-typo': 'Put `moderator` inside `context.user`.',
    'video-record-grant': 'Set `recording` and `livestreaming` in `context.features` to "false" for guests.',
    'video-personal-data': 'Leave `context.user.email` empty and put an opaque id into `context.user.id`.',
    'video-type-mismatch': 'Use texts in `context.user`, and "true" or "false" for `moderator`.',
    'url-query': 'Pass the token in the `jwt` option of `JitsiMeetExternalAPI`, or in the fragment (`#jwt=`).',
    'url-persisted': 'Pass the token in the `jwt` option of `JitsiMeetExternalAPI` instead of the address.',
    'storage-local': 'Fetch a token when joining, pass it to the `jwt` option and keep no copy.',
    'storage-session': 'Fetch a token when joining, pass it to the `jwt` option and keep no copy.',
  },
  links: [
    { title: '8x8 JaaS: API keys and JWT', url: 'https://developer.8x8.com/jaas/docs/api-keys-jwt' },
    { title: '8x8 JaaS: samples', url: 'https://github.com/8x8/jaas_demo' },
    {
      title: 'jitsi-meet: checks of the web client',
      url: 'https://github.com/jitsi/jitsi-meet/blob/master/react/features/base/jwt/functions.ts',
    },
  ],
  readAt: '2026-11',
};

const isAdmin = (claims: Json | null) => booleanAt(claims, 'admin') === true;

function roleOf(claims: Json | null): Pick<Facts, 'role' | 'vendorRole' | 'roleBecause' | 'roleClaim'> {
  if (isAdmin(claims))
    return { role: 'server', vendorRole: 'admin', roleBecause: '`admin` is true', roleClaim: 'admin' };
  const path = 'context.user.moderator';
  const value = valueAt(claims, path);
  if (flagAt(claims, path))
    return { role: 'host', vendorRole: 'moderator', roleBecause: `\`${path}\` is ${shown(value)}`, roleClaim: path };
  return { role: 'participant', vendorRole: null, roleBecause: `\`${path}\` is ${shown(value)}`, roleClaim: path };
}

function privilegesOf(claims: Json | null): Facts['privileges'] {
  const path = 'context.user.moderator';
  const moderator = flagAt(claims, path) === true;
  const moderates = (moderator ? yes : no)(`\`${path}\` is ${shown(valueAt(claims, path))}`, path);
  const feature = (key: string): Grant => {
    const grant = featureGrant(claims, key, '`context.features` is absent, and the client refuses such a token');
    return grant.allowed && !moderator
      ? no(`\`context.features.${key}\` is granted, but features need a moderator and ${moderates.because}`, path)
      : grant;
  };
  const open = unsaid("no claim speaks of it: everybody may, unless the room's moderation says otherwise");
  const room = stringAt(claims, 'room');
  return grants([
    [
      'join',
      room
        ? yes(
            room === '*' ? '`room` is `*`, which opens every room of the AppID' : `\`room\` is ${shown(room)}`,
            'room',
          )
        : no(stated(claims, 'room'), 'room'),
    ],
    ['subscribe', 'publish-audio', 'publish-video', open],
    ['share-screen', unlessSwitchedOff(claims, 'screen-sharing', open)],
    ['send-data', mayWrite(claims, open)],
    ['mute-others', 'remove-others', 'admit-others', 'change-permissions', moderates],
    ['record', feature('recording')],
    ['live-stream', feature('livestreaming')],
    ['transcribe', feature('transcription')],
    ['dial-out', feature('outbound-call')],
    [
      'manage-rooms',
      isAdmin(claims)
        ? yes('`admin` is true: the server API accepts it', 'admin')
        : no('only tokens with `admin` reach the server API', 'admin'),
    ],
    ['join-hidden', mayHide(claims)],
    ['bypass-lobby', unsaid("no claim speaks of it: the room's lobby decides")],
  ]);
}

/** Features of every participant, moderator or not, that are allowed unless switched off. */
function unlessSwitchedOff(claims: Json | null, key: string, otherwise: Grant): Grant {
  return hasAt(claims, `context.features.${key}`) ? featureGrant(claims, key, '') : otherwise;
}

function joinProblems(token: Token, addresses: readonly URL[], asked: string | null = null): JoinProblem[] {
  const { header, claims } = token;
  const problems = [...patternProblems(token), ...contextProblems(claims), ...elsewhere(addresses)];
  problems.push(...keyProblems(stringAt(header, 'kid'), stringAt(claims, 'sub')));
  problems.push(...tenantProblems(stringAt(claims, 'sub'), addresses, asked));
  if (isAdmin(claims)) return problems;
  const granted = Object.keys(objectAt(claims, 'context.features') ?? {}).filter((key) =>
    flagAt(claims, `context.features.${key}`),
  );
  if (granted.length > 0 && !flagAt(claims, 'context.user.moderator')) {
    problems.push({
      likelihood: 'possible',
      says: 'Features are granted, but `context.user.moderator` is not true, so they have no effect.',
      fix: 'Set `context.user.moderator: "true"`, or grant no features.',
      at: 'claims.context.user.moderator',
    });
  }
  return problems;
}

/** The key has the AppID in front of its name, and the web client compares that with `sub` to the letter. */
function keyProblems(kid: string | null, appId: string | null): JoinProblem[] {
  if (kid === null) return [];
  const slash = kid.indexOf('/');
  if (slash < 0 || slash === kid.length - 1) {
    return [
      {
        likelihood: 'certain',
        says: `The header’s \`kid\` has no ${slash < 0 ? 'slash' : 'key id behind its slash'}; it must be the AppID, a slash and the key id.`,
        fix: 'Copy the whole API key id from the JaaS console into `kid`.',
        at: 'header.kid',
      },
    ];
  }
  const owner = kid.slice(0, slash);
  if (appId === null || owner === appId) return [];
  const isSpelling = owner.toLowerCase() === appId.toLowerCase();
  return [
    {
      likelihood: isSpelling ? 'possible' : 'certain',
      says: isSpelling
        ? `\`sub\` is ${shown(appId)}, and the key belongs to ${shown(owner)}: the web client calls that a mismatch after a refusal, as it minds capitals.`
        : `\`sub\` is ${shown(appId)}, but the key belongs to ${shown(owner)}.`,
      fix: 'Set `sub` to the AppID that stands before the slash of `kid`.',
      at: 'claims.sub',
    },
  ];
}

/** The AppID is the tenant of the address, which the server compares with `sub` in lower case. */
function tenantProblems(appId: string | null, addresses: readonly URL[], asked: string | null = null): JoinProblem[] {
  const inPath = addresses.flatMap((url) => /^\/(vpaas-magic-cookie-[^/]+)\//i.exec(url.pathname)?.[1] ?? [])[0];
  const opened = (asked === null ? null : askedMeeting(asked).tenant) ?? inPath;
  if (appId === null || opened === undefined || opened.toLowerCase() === appId.toLowerCase()) return [];
  return [
    {
      likelihood: 'certain',
      says: `${opened === inPath ? 'The address' : 'What is asked for'} belongs to the AppID ${shown(opened)}, but the token to ${shown(appId)}.`,
      fix: 'Open the meeting under the AppID of the token: `https://8x8.vc/<AppID>/<room>`.',
      at: 'claims.sub',
    },
  ];
}

/** A meeting of Jitsi Meet, by the looks of its address, on a server that is not 8x8's. */
function elsewhere(addresses: readonly URL[]): JoinProblem[] {
  const url = addresses.find(isJitsiMeeting);
  if (!url || addresses.some(({ hostname }) => isOwnHost(hostname))) return [];
  return [
    {
      likelihood: 'likely',
      says: `A token of JaaS opens meetings at 8x8.vc only; the address is at ${url.hostname}, whose server does not know the key.`,
      fix: 'Open `https://8x8.vc/<AppID>/<room>`, or make a token with the app id and the key of that server.',
      at: null,
    },
  ];
}

const isOwnHost = (hostname: string) => /(^|\.)8x8\.vc$/i.test(hostname);
