import type { Facts, Recognition } from '../../../model/facts.ts';
import type { Token } from '../../../model/token.ts';
import { shown } from '../../../text/sentence.ts';
import { hasAt, isUuid, objectAt, stringAt, valueAt } from '../../../text/values.ts';
import type { Provider } from '../provider.ts';
import {
  projectFacts,
  sessionClaims,
  sessionEnforcement,
  sessionFacts,
  sessionFixes,
  sessionLimits,
  sessionProblems,
  sessionTraits,
} from './opentok-session.ts';

export const vonage: Provider = {
  id: 'vonage',
  name: 'Vonage Video',
  kind: 'video',

  recognise({ claims }: Token): Recognition | null {
    const application = stringAt(claims, 'application_id');
    if (!application) return null;
    const connects = valueAt(claims, 'scope') === 'session.connect';
    const session = hasAt(claims, 'session_id');
    const kind = valueAt(claims, 'sub') === 'video';
    if (connects || session) {
      const names = [
        'application_id',
        ...(connects ? ['scope'] : []),
        ...(session ? ['session_id'] : []),
        ...(kind ? ['sub'] : []),
      ];
      return {
        confidence: connects && session ? 'certain' : 'likely',
        because: `it has ${names.map((name) => `\`${name}\``).join(', ')}${connects ? ', and the scope is `session.connect`' : ''}`,
        strength: names.length + (isUuid(application) ? 1 : 0),
      };
    }
    // A subject makes it a user's token for another Vonage product (voice, messages).
    if (hasAt(claims, 'sub') || !isUuid(application)) return null;
    return {
      confidence: hasAt(claims, 'jti') ? 'likely' : 'possible',
      because: 'it has `application_id` and no `session_id`, `scope` or `sub`, as tokens for the REST API do',
      strength: 2,
    };
  },

  facts(token: Token): Facts {
    const { claims } = token;
    const client = isClient(token);
    return {
      use: client ? 'video-join' : 'service-key',
      product: client ? 'Vonage Video client token' : 'application token for the REST API',
      tenant: stringAt(claims, 'application_id'),
      room: stringAt(claims, 'session_id'),
      roomScope: stringAt(claims, 'session_id') ? 'one-room' : 'not-stated',
      roomClaim: 'session_id',
      userId: null,
      displayName: null,
      ...(client ? sessionFacts(claims) : projectFacts('application_id')),
    };
  },

  claims: {
    ...sessionClaims,
    application_id: { type: 'string', means: 'The Vonage application that owns the session.' },
    iat: { type: 'number', unit: 'seconds since the epoch', means: 'When the token was made.' },
    exp: {
      type: 'number',
      unit: 'seconds since the epoch',
      means: 'Last moment to connect; at most 30 days after the token was made.',
      whenAbsent: 'the SDKs always set it: 24 hours in Node, 15 minutes in Python',
    },
    jti: { type: 'string', means: 'Makes the token unique.' },
    sub: { type: 'string', means: 'Always "video" in a token for the Video API.' },
    acl: { type: 'object', means: 'Paths of the API the token may use.' },
    'acl.paths': { type: 'object', means: 'Paths of the API the token may use.' },
    'acl.paths.*': {
      means:
        'The SDKs write `/session/**` and nothing else, which is no wildcard over sessions: `session_id` decides. Other paths may open other APIs of the application.',
    },
  },

  enforcement: sessionEnforcement,
  ...sessionTraits,
  lifetime: {
    defaultSeconds: 86_400,
    floorSeconds: null,
    ceilingSeconds: 2_592_000,
    advice:
      'One token per user and connection, not stored. Node gives 24 hours unless told otherwise, Python 15 minutes; 30 days is the most. The package `opentok` 2.23.2, used with an application id, gives 24 hours whatever `expireTime` says, and `@vonage/video` replaces a time in the past by 24 hours from now.',
  },
  limits: sessionLimits,
  publicClaims: ['connection_data'],
  algorithms: ['RS256'],
  transport: {
    parameters: [],
    hosts: ['*.opentok.com', '*.tokbox.com', '*.vonage.com'],
    headers: ['x-opentok-auth', 'x-tb-token-auth'],
  },

  required: {
    session_id: 'the platform cannot tell the session and refuses the token',
    scope: 'the platform takes it for no client token and refuses it',
  },
  notShown: [
    'whether the private key belongs to the application in `application_id`',
    'whether the session that the page connects to is one of that application',
  ],
  aliases: {
    sessionId: 'session_id',
    applicationId: 'application_id',
    connectionData: 'connection_data',
    data: 'connection_data',
    expireTime: 'exp',
    expire_time: 'exp',
    initialLayoutClassList: 'initial_layout_class_list',
  },
  serverRights: (token) =>
    isClient(token)
      ? []
      : [
          {
            claim: 'application_id',
            says: 'no session is named: the REST API accepts this token for the whole application',
            total: true,
          },
        ],
  otherProductRights: (token) =>
    isClient(token)
      ? otherPaths(token).map((path) => ({
          claim: 'acl.paths',
          says: `\`acl.paths\` holds ${shown(path)}, by which other APIs of the application may take this token, too`,
        }))
      : [],
  joinProblems: (token) =>
    isClient(token) ? sessionProblems(token.claims, stringAt(token.claims, 'application_id')) : [],

  validation:
    'The platform checks it when connecting; no public address that validates a token is known. Verify the signature yourself with the public key of the application (RS256).',
  fixes: {
    ...sessionFixes('generateClientToken(sessionId, options)', 'expireTime'),
    'video-admin-grant':
      'Keep tokens for servers on the server, and leave every path but `/session/**` out of `acl` in tokens for browsers.',
    'video-grant-typo':
      'Use the options `role`, `data`, `expireTime` and `initialLayoutClassList` of `generateClientToken`; it writes the claims.',
  },
  links: [
    { title: 'Vonage Video: create a token', url: 'https://developer.vonage.com/en/video/guides/create-token' },
    { title: 'Vonage Video: authentication', url: 'https://developer.vonage.com/en/video/guides/authentication' },
    {
      title: 'Vonage: access control lists',
      url: 'https://developer.vonage.com/en/getting-started/concepts/authentication',
    },
    { title: '@vonage/video', url: 'https://www.npmjs.com/package/@vonage/video' },
  ],
  readAt: '2026-11',
};

const isClient = ({ claims }: Token) => hasAt(claims, 'session_id') || hasAt(claims, 'scope');

/** Paths that no SDK writes into a client token; whether the Video API itself looks at them is not documented. */
function otherPaths({ claims }: Token): string[] {
  const paths = Object.keys(objectAt(claims, 'acl.paths') ?? {}).slice(0, 50);
  return paths.filter((path) => !/^\/session\//.test(path)).slice(0, 5);
}
