import type { Facts, Grant } from '../../../model/facts.ts';
import type { Json } from '../../../text/json.ts';
import { shown, stated } from '../../../text/sentence.ts';
import { hasAt, stringAt, valueAt } from '../../../text/values.ts';
import { grants, no, unsaid, yes } from '../grants.ts';
import type { ClaimMeaning, JoinProblem } from '../provider.ts';

/* Sessions and roles, which the Vonage Video API kept from OpenTok. */

/** Claims that all client formats share. */
export const sessionClaims: Record<string, ClaimMeaning> = {
  session_id: {
    type: 'string',
    means: 'The one session this token opens; there is no wildcard.',
    whenAbsent: 'refused',
  },
  role: {
    type: 'string',
    values: ['subscriber', 'publisher', 'publisheronly', 'moderator'],
    means:
      '`subscriber` watches, `publisher` takes part, `publisheronly` sends without receiving, `moderator` may also disconnect and mute others.',
    whenAbsent: 'publisher',
  },
  connection_data: {
    type: 'string',
    means:
      'Free text about the user. Every participant can read it, it appears in client logs, and it cannot be changed later.',
    whenAbsent: 'none',
  },
  initial_layout_class_list: {
    type: 'string',
    means: 'Layout classes for composed recordings and broadcasts, separated by spaces.',
    whenAbsent: 'empty',
  },
  scope: {
    type: 'string',
    values: ['session.connect'],
    means: 'Always `session.connect`: the token connects to a session.',
  },
};

/** Documented: 1000 characters of connection data (SDKs stop at 1024), 1024 of layout classes. */
export const sessionLimits = [
  { claim: 'connection_data', max: 1000, unit: 'characters' as const },
  { claim: 'initial_layout_class_list', max: 1024, unit: 'characters' as const },
];

export const sessionEnforcement = {
  atJoin:
    'The platform checks the signature, the expiry, the session and that it belongs to the project, when the client connects.',
  atExpiry: 'Nothing happens to somebody who is connected; the expiry is looked at when connecting.',
  onReconnect: 'Connecting anew needs a token that is still valid.',
  onRemoval: 'A forced disconnect does not revoke the token: until it expires its holder can connect again.',
};

/** Role and privileges as the role claim decides them; absent means publisher. */
export function sessionFacts(
  claims: Json | null,
): Pick<Facts, 'role' | 'vendorRole' | 'roleBecause' | 'roleClaim' | 'privileges'> {
  const value = valueAt(claims, 'role');
  const named = stringAt(claims, 'role');
  const role = named ?? (value === undefined ? 'publisher' : null);
  const because = value === undefined ? '`role` is absent, which means publisher' : `\`role\` is ${shown(value)}`;
  const powers = role && Object.hasOwn(powersOf, role) ? powersOf[role] : undefined;
  if (!powers) {
    const unknown = unsaid(`${because}, which the platform does not know`, 'role');
    return {
      role: 'unknown',
      vendorRole: named,
      roleBecause: `${because}, which is none of the four roles`,
      roleClaim: 'role',
      privileges: grants([['manage-rooms', no('a session token only connects')]], unknown),
    };
  }
  const may = (allowed: boolean): Grant => (allowed ? yes(because, 'role') : no(because, 'role'));
  const session = stringAt(claims, 'session_id');
  const byServer = 'it is started from a server with the project key, never with a session token';
  return {
    role: powers.role,
    vendorRole: named,
    roleBecause: because,
    roleClaim: 'role',
    privileges: grants(
      [
        [
          'join',
          session
            ? yes('`session_id` names the session', 'session_id')
            : no(stated(claims, 'session_id'), 'session_id'),
        ],
        ['subscribe', may(powers.subscribe)],
        ['publish-audio', 'publish-video', 'share-screen', may(powers.publish)],
        [
          'send-data',
          powers.signal === null
            ? unsaid(`${because}, and the documentation does not agree whether that role may signal`, 'role')
            : may(powers.signal),
        ],
        ['mute-others', 'remove-others', may(powers.moderate)],
        ['change-permissions', no('roles are fixed in each token')],
        ['record', 'live-stream', 'transcribe', 'dial-out', no(byServer)],
        ['manage-rooms', no('a session token only connects')],
      ],
      unsaid('the platform has no such notion'),
    ),
  };
}

const powersOf: Record<
  string,
  { role: Facts['role']; publish: boolean; subscribe: boolean; signal: boolean | null; moderate: boolean }
> = {
  subscriber: { role: 'viewer', publish: false, subscribe: true, signal: null, moderate: false },
  publisher: { role: 'participant', publish: true, subscribe: true, signal: true, moderate: false },
  publisheronly: { role: 'participant', publish: true, subscribe: false, signal: false, moderate: false },
  moderator: { role: 'host', publish: true, subscribe: true, signal: true, moderate: true },
};

/** A token of the account or project for the REST API: no session, every power. */
export function projectFacts(
  tenantClaim: string,
): Pick<Facts, 'role' | 'vendorRole' | 'roleBecause' | 'roleClaim' | 'privileges'> {
  const because = `\`${tenantClaim}\` stands alone, without \`session_id\`: the REST API accepts this token for the whole project`;
  return {
    role: 'server',
    vendorRole: null,
    roleBecause: because,
    roleClaim: 'session_id',
    privileges: grants(
      [
        ['join', no('`session_id` is absent', 'session_id')],
        [
          'mute-others',
          'remove-others',
          'record',
          'live-stream',
          'transcribe',
          'dial-out',
          'manage-rooms',
          'send-data',
          yes(because, tenantClaim),
        ],
      ],
      no('it connects to no session', 'session_id'),
    ),
  };
}

/**
 * The project inside a session id, `<n>_` + base64url of `<n>~<project>~<location>~<time>~<random>~` (opentok 2.23.2).
 * Null when the id cannot be read.
 */
export function projectOfSession(sessionId: string): string | null {
  const body = /^[12]_([\w-]{8,1024})=*$/.exec(sessionId)?.[1];
  if (!body) return null;
  try {
    const fields = atob(body.replaceAll('-', '+').replaceAll('_', '/')).split('~');
    return fields.length >= 4 && fields[1] ? fields[1] : null;
  } catch {
    return null;
  }
}

/** What keeps a client token from connecting, beyond time and type. */
export function sessionProblems(claims: Json | null, project: string | null): JoinProblem[] {
  const problems: JoinProblem[] = [];
  const session = stringAt(claims, 'session_id');
  const owner = session ? projectOfSession(session) : null;
  if (session && project && owner && owner !== project) {
    problems.push({
      likelihood: 'certain',
      says: `The session belongs to project ${shown(owner)}, but the token was made for ${shown(project)}.`,
      fix: 'Make the session and the token with the same project, and pass that project to `OT.initSession`.',
      at: 'claims.session_id',
    });
  } else if (session && !/^[12]_/.test(session)) {
    problems.push({
      likelihood: 'likely',
      says: `\`session_id\` is ${shown(session)}, which does not look like a session id; those start \`1_\` or \`2_\`.`,
      fix: 'Pass the id that creating the session returned.',
      at: 'claims.session_id',
    });
  }
  if (hasAt(claims, 'scope') && valueAt(claims, 'scope') !== 'session.connect') {
    problems.push({
      likelihood: 'certain',
      says: `\`scope\` is ${shown(valueAt(claims, 'scope'))}; connecting needs "session.connect".`,
      fix: 'Make the token with `generateClientToken` or `generateToken`.',
      at: 'claims.scope',
    });
  }
  return problems;
}

/** What rules ask about every client token of a session. */
export const sessionTraits = {
  whenRoomAbsent: 'refused' as const,
  roomNamesAreInternal: true,
  checkedOnReconnect: true,
  openByDefault: ['role'],
  closedObjects: [''],
  expiryEjects: () => ({ ejects: false, claim: null }),
};

/** Minting fixes in the words of either SDK. */
export function sessionFixes(call: string, expiry: string): Record<string, string> {
  return {
    'exp-missing': `Set \`${expiry}\` in \`${call}\`; without it the SDK gives 24 hours.`,
    'exp-expired': `Make a new token with \`${call}\` for every connection.`,
    'exp-not-numeric': `Set \`${expiry}\` to a number of seconds since the epoch.`,
    'time-claim-milliseconds': `Set \`${expiry}\` in seconds: \`Math.floor(Date.now() / 1000) + 3600\`. The SDK takes milliseconds without complaint.`,
    'exp-not-after-iat': `Set \`${expiry}\` in the future.`,
    'nbf-future': 'Correct the clock of the server that makes the tokens.',
    'iat-future': 'Correct the clock of the server that makes the tokens.',
    'lifetime-long': `Set \`${expiry}\` in \`${call}\` to the planned end of the call; the default is 24 hours.`,
    'video-lifetime-vendor': `Set \`${expiry}\` at most 30 days ahead.`,
    'video-room-missing': `Pass the session id to \`${call}\`.`,
    'video-room-mismatch': `Pass the id of the session being joined to \`${call}\`.`,
    'video-host-grant': `Set \`role: "publisher"\` in \`${call}\` for people who should not moderate.`,
    'video-host-on-guest-page': `Set \`role: "publisher"\` (or \`"subscriber"\`) in \`${call}\` for guests.`,
    'video-permissions-open': `Set \`role\` in \`${call}\`: without it the holder is a publisher.`,
    'video-no-eject': 'The platform disconnects nobody at expiry; use a forced disconnect from the server.',
    'video-personal-data': `Pass an opaque id in \`data\` of \`${call}\`, such as \`userId=42\`, and look details up on your server.`,
    'video-connection-data-long': `Keep \`data\` of \`${call}\` within 1000 characters; pass an id and look the rest up.`,
    'video-type-mismatch': `Let \`${call}\` write the claims instead of signing them by hand.`,
    'video-admin-grant': 'Keep this token on the server, and give browsers a session token.',
    'service-key-in-page': 'Keep this token on the server, and give browsers a session token.',
    'url-query': 'Pass the token to `session.connect(token)` from a response body, not in a URL.',
    'url-persisted': 'Pass the token to `session.connect(token)` from a response body, not in a URL.',
    'storage-local':
      'Make a token for every connection and keep no copy; Vonage advises against storing and reusing tokens.',
    'storage-session':
      'Make a token for every connection and keep no copy; Vonage advises against storing and reusing tokens.',
    'multiple-copies': 'Make a token for every connection and keep no copy.',
  };
}
