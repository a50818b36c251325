import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { shown } from '../../text/sentence.ts';
import { hasAt, stringAt, stringsAt, valueAt } from '../../text/values.ts';
import { checkedAtJoin } from './checked-at-join.ts';
import { grants, unsaid, yes } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

/** All that Stream's server SDKs write. With anything else beside it, a lone `user_id` is somebody else's. */
const known = ['user_id', 'call_cids', 'role', 'server', 'iat', 'exp', 'nbf', 'validity_in_seconds'];

function recognise({ claims }: Token): Recognition | null {
  if (!claims) return null;
  const user = stringAt(claims, 'user_id') !== null;
  // Some of Stream's own servers and SDKs name the user twice, and themselves as issuer.
  if (user && stringAt(claims, 'sub') === `user/${stringAt(claims, 'user_id')}`) {
    const own = /^https:\/\/[\w-]+\.getstream\.io$/.test(stringAt(claims, 'iss') ?? '');
    return {
      confidence: own ? 'certain' : 'likely',
      because: `\`sub\` repeats \`user_id\` as user/…${own ? ', and `iss` is Stream' : ''}`,
      strength: own ? 4 : 3,
    };
  }
  if (hasAt(claims, 'iss') || hasAt(claims, 'aud')) return null;
  const cids = stringsAt(claims, 'call_cids') ?? [stringAt(claims, 'call_cids') ?? ''];
  const calls = cids.some((cid) => /^[^:\s]+:[^:\s]+$/.test(cid));
  const alone = Object.keys(claims).every((name) => known.includes(name));
  if (calls) {
    return {
      confidence: user && Array.isArray(claims.call_cids) ? 'certain' : 'likely',
      because: `\`call_cids\` ${user ? 'and `user_id`' : 'without `user_id`'}`,
      strength: 3,
    };
  }
  if (claims.server === true && alone)
    return { confidence: 'likely', because: '`server` is true, and no issuer', strength: 2 };
  if (!user || !alone) return null;
  const option = hasAt(claims, 'validity_in_seconds');
  return {
    confidence: 'possible',
    because: `\`user_id\`${option ? ', `validity_in_seconds`' : ''}, no issuer or audience; Stream Chat and others write the same`,
    strength: option ? 2 : 1,
  };
}

function facts({ claims }: Token): Facts {
  const calls = stringsAt(claims, 'call_cids');
  const scope = { tenant: null, room: calls?.length ? calls.join(', ') : null, roomClaim: 'call_cids' };
  const user = { userId: stringAt(claims, 'user_id'), displayName: null, vendorRole: stringAt(claims, 'role') };
  return valueAt(claims, 'server') === true
    ? { ...scope, ...user, ...serverFacts(calls) }
    : { ...scope, ...user, ...userFacts(claims, calls) };
}

type OwnFacts = Omit<Facts, 'tenant' | 'room' | 'roomClaim' | 'userId' | 'displayName' | 'vendorRole'>;

function serverFacts(calls: readonly string[] | null): OwnFacts {
  return {
    use: 'service-key',
    product: 'server token',
    roomScope: scopeOf(calls) ?? 'all-rooms',
    role: 'server',
    roleBecause: '`server` is true, which has all powers',
    roleClaim: 'server',
    privileges: grants(
      [
        [
          'mute-others',
          'remove-others',
          'admit-others',
          'change-permissions',
          'record',
          'live-stream',
          'transcribe',
          'dial-out',
          'manage-rooms',
          yes('`server` is true', 'server'),
        ],
      ],
      unsaid('a server token speaks for no participant'),
    ),
  };
}

function userFacts(claims: Token['claims'], calls: readonly string[] | null): OwnFacts {
  const role = stringAt(claims, 'role');
  const isAdmin = role === 'admin' && calls !== null;
  const decides = unsaid(
    role === null
      ? "the user's role and the settings of the call type decide"
      : `the call type decides what the role ${shown(role)} may do`,
    'role',
  );
  const join = calls?.length
    ? yes(`\`call_cids\` lists ${calls.length === 1 ? 'the call' : `${calls.length} calls`}`, 'call_cids')
    : unsaid('`call_cids` is absent: the role decides which calls the user may join', 'call_cids');
  return {
    use: 'video-join',
    product: calls ? 'call token' : 'user token',
    roomScope: scopeOf(calls) ?? (hasAt(claims, 'call_cids') ? 'not-stated' : 'all-rooms'),
    role: isAdmin ? 'host' : 'unknown',
    roleBecause: isAdmin
      ? '`role` is "admin" in a call token; the call type decides what it may do'
      : 'the call type decides what roles may do',
    roleClaim: 'role',
    privileges: grants([['join', join]], decides),
  };
}

/** Null when no call is named. */
function scopeOf(calls: readonly string[] | null): Facts['roomScope'] | null {
  if (!calls?.length) return null;
  return calls.length === 1 ? 'one-room' : 'some-rooms';
}

const keepOnServer = 'Keep server tokens on the server; give pages `generateCallToken`.';

export const stream: Provider = {
  id: 'stream',
  name: 'Stream Video',
  kind: 'video',
  recognise,
  facts,
  joinProblems: ({ claims }) =>
    hasAt(claims, 'call_cids') && stringsAt(claims, 'call_cids') === null
      ? [
          {
            likelihood: 'likely',
            says: `\`call_cids\` is ${shown(valueAt(claims, 'call_cids'))}; Stream reads a list.`,
            fix: 'Pass `call_cids` as a list of "type:id" texts.',
            at: 'claims.call_cids',
          },
        ]
      : [],
  claims: {
    user_id: { means: 'Who the user is.', type: 'string' },
    call_cids: {
      means: 'Calls the token opens, each as "type:id".',
      whenAbsent: 'every call the role may join',
      type: 'array',
    },
    role: { means: 'Role in those calls; the call type holds its rights.', type: 'string' },
    server: { means: 'Token of a server, with all powers.', whenAbsent: 'false', type: 'boolean' },
    validity_in_seconds: {
      means: 'No claim of Stream: the Node SDK writes its own option into the token.',
      unit: 'seconds',
    },
    iat: { means: 'When it was issued; SDKs write 1 s earlier.', unit: 'seconds since the epoch', type: 'number' },
    exp: {
      means: 'Not accepted after.',
      whenAbsent: 'never expires (a "permanent" token)',
      unit: 'seconds since the epoch',
      type: 'number',
    },
  },
  enforcement: {
    atJoin: 'Stream checks the signature, the times, `call_cids` and what the role may do.',
    atExpiry: undocumented,
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'any-room',
  identityClaim: { path: 'user_id', required: false },
  closedObjects: [''],
  serverRights: ({ claims }) =>
    valueAt(claims, 'server') === true
      ? [{ claim: 'server', says: '`server` is true, which has all powers', total: true }]
      : [],
  lifetime: {
    defaultSeconds: 3600,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Use tokens that expire in production; SDKs default to 1 h.',
  },
  limits: [],
  // A call is named by its type and its id, and people know the id.
  roomAsWritten: (said, room) => (said.includes(':') ? said : `${room.slice(0, room.indexOf(':') + 1)}${said}`),
  publicClaims: ['user_id'],
  algorithms: ['HS256'],
  transport: { parameters: [], hosts: ['*.stream-io-api.com', '*.stream-io-video.com'], headers: ['authorization'] },
  // "JWTAuth error: token used before issue at (iat)": https://github.com/GetStream/stream-node/issues/64, read 2026-11.
  clock: { issuedAtLeewaySeconds: 0 },
  notShown: [
    'whether the API key that the client passes belongs to the secret that signed the token',
    'whether the user id that the client connects with is the one of the token, and exists',
    'what the type of the call, and the roles in it, let this user do',
  ],
  aliases: {
    calls: 'call_cids',
  },
  validation: checkedAtJoin('the API secret'),
  fixes: {
    'exp-missing': 'Use `generateUserToken` or `generateCallToken` instead of `generatePermanentUserToken`.',
    'lifetime-long': 'Pass `validity_in_seconds`.',
    'video-room-missing': 'Use `generateCallToken({ user_id, call_cids })`.',
    'video-admin-grant': keepOnServer,
    'service-key-in-page': keepOnServer,
    'video-host-on-guest-page': 'Leave `role: "admin"` out of guest tokens.',
    'video-identity-missing': 'Pass `user_id`.',
  },
  links: [
    {
      title: 'Permissions and moderation',
      url: 'https://getstream.io/video/docs/react/guides/permissions-and-moderation/',
    },
    { title: 'Server tokens', url: 'https://getstream.io/video/docs/api/' },
  ],
  readAt: '2026-11',
};
