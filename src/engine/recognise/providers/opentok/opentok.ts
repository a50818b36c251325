import { opentokT1 } from '../../../decode/forms/opentok-t1.ts';
import type { Facts, Recognition } from '../../../model/facts.ts';
import type { Token } from '../../../model/token.ts';
import { shown } from '../../../text/sentence.ts';
import { hasAt, numberAt, stringAt, valueAt } from '../../../text/values.ts';
import type { JoinProblem, Provider } from '../provider.ts';
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

export const opentok: Provider = {
  id: 'opentok',
  name: 'OpenTok (Vonage)',
  kind: 'video',

  recognise(token: Token): Recognition | null {
    const { form, claims } = token;
    if (form === opentokT1.id) {
      const because = lacksPrefix(token)
        ? 'it is what follows `T1==` in an OpenTok token: `partner_id`, `sig` and a session'
        : 'it starts `T1==`, the OpenTok prefix';
      return { confidence: 'certain', because, strength: 6 };
    }
    if (valueAt(claims, 'ist') !== 'project') return null;
    const key = stringAt(claims, 'iss');
    const names = ['session_id', 'create_time', 'expire_time', 'nonce', 'role'].filter((name) => hasAt(claims, name));
    const connects = valueAt(claims, 'scope') === 'session.connect';
    const because = `\`ist\` is "project"${connects ? ' and `scope` is "session.connect"' : ''}`;
    if (names.length > 0 || connects) {
      return {
        confidence: connects && names.includes('session_id') ? 'certain' : 'likely',
        because,
        strength: 2 + names.length,
      };
    }
    return {
      confidence: key && /^\d+$/.test(key) ? 'certain' : 'likely',
      because: `${because}, and there is no \`session_id\`, as in tokens for the REST API`,
      strength: 2,
    };
  },

  facts(token: Token): Facts {
    const { claims, form } = token;
    const client = isClient(token);
    return {
      use: client ? 'video-join' : 'service-key',
      product:
        form === opentokT1.id
          ? lacksPrefix(token)
            ? 'OpenTok token whose `T1==` is missing (legacy)'
            : 'OpenTok T1 token (legacy)'
          : client
            ? 'OpenTok client token'
            : 'project token for the REST API',
      tenant: project(token),
      room: stringAt(claims, 'session_id'),
      roomScope: stringAt(claims, 'session_id') ? 'one-room' : 'not-stated',
      roomClaim: 'session_id',
      userId: null,
      displayName: null,
      ...(client ? sessionFacts(claims) : projectFacts('iss')),
    };
  },

  /** The T1 form knows only `create_time` and `expire_time`; the JWT repeats them as `iat` and `exp`, which come first there. */
  times({ claims }: Token) {
    return {
      issuedAt: numberAt(claims, 'iat') ?? numberAt(claims, 'create_time'),
      expiresAt: numberAt(claims, 'exp') ?? numberAt(claims, 'expire_time'),
    };
  },

  claims: {
    ...sessionClaims,
    iss: { type: 'string', means: 'The project, by its API key.' },
    ist: { type: 'string', values: ['project'], means: 'Kind of issuer: "project".' },
    partner_id: { type: 'string', means: 'The project, by its API key, in the T1 form.' },
    sig: {
      type: 'string',
      means: 'Signature of the T1 form: HMAC-SHA1 over everything after the colon, as 40 hexadecimal digits.',
    },
    iat: { type: 'number', unit: 'seconds since the epoch', means: 'When the token was made.' },
    create_time: { type: 'number', unit: 'seconds since the epoch', means: 'When the token was made.' },
    exp: {
      type: 'number',
      unit: 'seconds since the epoch',
      means: 'Last moment to connect; at most 30 days after the token was made.',
      whenAbsent: 'the SDK always sets it: 24 hours',
    },
    expire_time: {
      type: 'number',
      unit: 'seconds since the epoch',
      means: 'Last moment to connect; at most 30 days after the token was made.',
      whenAbsent: 'the SDK always sets it: 24 hours',
    },
    nonce: { type: ['number', 'string'], means: 'A random number that makes the token unique.' },
  },

  enforcement: sessionEnforcement,
  ...sessionTraits,
  timeClaims: { issuedAt: 'create_time', expiresAt: 'expire_time' },
  lifetime: {
    defaultSeconds: 86_400,
    floorSeconds: null,
    ceilingSeconds: 2_592_000,
    advice:
      'One token per user and connection, not stored. The SDK gives 24 hours unless told otherwise; 30 days is the most.',
  },
  limits: sessionLimits,
  publicClaims: ['connection_data'],
  algorithms: ['HS256'],
  transport: {
    parameters: [],
    hosts: ['*.opentok.com', '*.tokbox.com'],
    headers: ['x-opentok-auth', 'x-tb-token-auth'],
  },

  required: { session_id: 'the platform cannot tell the session and refuses the token' },
  notShown: ['whether the secret that signed it is that of the project', 'whether the session has been closed'],
  aliases: {
    sessionId: 'session_id',
    apiKey: 'iss',
    connectionData: 'connection_data',
    data: 'connection_data',
    expireTime: 'expire_time',
    initialLayoutClassList: 'initial_layout_class_list',
  },
  serverRights: (token) =>
    isClient(token)
      ? []
      : [
          {
            claim: 'ist',
            says: '`ist` is "project" and no session is named: the REST API accepts this token for the whole project',
            total: true,
          },
        ],
  legacy: ({ form }) =>
    form === opentokT1.id ? 'JWT client tokens, which the OpenTok SDKs make unless told otherwise' : null,
  joinProblems,

  validation:
    'The platform checks it when connecting; no public address that validates a token is known. Verify the signature yourself with the project’s API secret: HS256, or HMAC-SHA1 over what follows the colon for `T1==`.',
  fixes: {
    ...sessionFixes('generateToken(sessionId, options)', 'expireTime'),
    'video-legacy-token': 'Leave out the third argument of `generateToken`: the SDK then makes a JWT.',
    'video-grant-typo':
      'Use the options `role`, `data`, `expireTime` and `initialLayoutClassList` of `generateToken`; it writes the claims.',
  },
  links: [
    { title: 'Vonage Video: create a token', url: 'https://developer.vonage.com/en/video/guides/create-token' },
    { title: 'opentok (Node SDK)', url: 'https://www.npmjs.com/package/opentok' },
  ],
  readAt: '2026-11',
};

const isClient = ({ form, claims }: Token) =>
  form === opentokT1.id ||
  ['session_id', 'scope', 'role', 'create_time', 'expire_time'].some((name) => hasAt(claims, name));

const project = ({ form, claims }: Token) => stringAt(claims, form === opentokT1.id ? 'partner_id' : 'iss');

const lacksPrefix = ({ irregularities }: Token) => irregularities.some(({ code }) => code === 'prefix-missing');

function joinProblems(token: Token): JoinProblem[] {
  if (!isClient(token)) return [];
  const { claims } = token;
  const problems = sessionProblems(claims, project(token));
  if (lacksPrefix(token)) {
    problems.push({
      likelihood: 'certain',
      says: 'The token lacks the `T1==` that it has to begin with: somebody may have taken it for padding.',
      fix: 'Pass the token to the client exactly as `generateToken` returned it.',
      at: null,
    });
  }
  const [exp, expireTime] = [numberAt(claims, 'exp'), numberAt(claims, 'expire_time')];
  if (exp !== null && expireTime !== null && exp !== expireTime) {
    problems.push({
      likelihood: 'possible',
      says: `\`exp\` is ${shown(exp)} and \`expire_time\` is ${shown(expireTime)}; they should be the same moment.`,
      fix: 'Set only `expireTime` in `generateToken`; it writes both claims.',
      at: 'claims.expire_time',
    });
  }
  return problems;
}
