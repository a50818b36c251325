import { agora006 } from '../../decode/forms/agora-006.ts';
import { agora007 } from '../../decode/forms/agora-007.ts';
import type { Facts, Grant, Privilege, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import type { Json, JsonObject } from '../../text/json.ts';
import { shown } from '../../text/sentence.ts';
import { numberAt, objectAt, stringAt, valueAt } from '../../text/values.ts';
import { grants, unsaid, yes } from './grants.ts';
import type { JoinProblem, Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

/** Services of an 007 token; 9 and 10 are known by name only. */
const serviceNames: Record<number, string> = {
  1: 'video and voice (RTC)',
  2: 'messaging (RTM)',
  3: 'streaming',
  4: 'FPA',
  5: 'chat',
  6: 'CDN streaming',
  7: 'classroom',
  8: 'messaging (RTM 2)',
  9: 'conversational AI',
  10: 'speech to text',
};

/** CRC-32 of an empty text: no channel, or any user. */
const emptyCrc = 0;

const services = (claims: JsonObject | null): JsonObject[] => {
  const all = valueAt(claims, 'services');
  return Array.isArray(all)
    ? all.slice(0, 32).filter((one): one is JsonObject => objectAt(one, 'privileges') !== null)
    : [];
};

/** Where the call's privileges stand: the RTC service of an 007 token, the payload of an 006 one. */
function rtcOf({ form, claims }: Token): { at: string; rtc: JsonObject } | null {
  if (form === agora006.id) return claims ? { at: '', rtc: claims } : null;
  const index = services(claims).findIndex((one) => one.type === 1);
  const rtc = services(claims)[index];
  return rtc ? { at: `services.${index}.`, rtc } : null;
}

function recognise({ form, claims }: Token): Recognition | null {
  if ((form !== agora007.id && form !== agora006.id) || !claims) return null;
  return { confidence: 'certain', because: `it is written as Agora writes version ${form.slice(-3)}`, strength: 5 };
}

function facts(token: Token): Facts {
  const { form, claims } = token;
  const old = form === agora006.id;
  const call = rtcOf(token);
  const others = services(claims).flatMap(({ type }) =>
    type === 1 ? [] : [(typeof type === 'number' && serviceNames[type]) || `service ${shown(type)}`],
  );
  const channel = old ? null : stringAt(call?.rtc, 'channel');
  // Channels named "*" are open by arrangement with Agora only.
  const wildcard = channel === '*';
  const named = old ? numberAt(claims, 'crc_channel') !== emptyCrc : channel !== null;
  const publishes = call !== null && ['2', '3', '4'].some((key) => numberAt(call.rtc, `privileges.${key}`) !== null);
  return {
    use: call ? 'video-join' : 'access',
    product: old
      ? 'AccessToken (version 006)'
      : `AccessToken2 (version 007)${others.length > 0 ? `, also for ${others.join(', ')}` : ''}`,
    tenant: stringAt(claims, 'appId'),
    room: wildcard ? null : channel,
    roomScope: wildcard ? 'all-rooms' : call && named ? 'one-room' : 'not-stated',
    roomClaim: !call ? null : old ? 'crc_channel' : `${call.at}channel`,
    userId: old ? null : (stringAt(call?.rtc, 'uid') ?? firstUser(claims)),
    displayName: null,
    role: !call ? 'unknown' : publishes ? 'participant' : 'viewer',
    vendorRole: !call ? null : publishes ? 'publisher' : 'subscriber',
    roleBecause: !call
      ? 'it opens no call'
      : publishes
        ? 'Agora knows no host: only publishers and subscribers'
        : 'it holds no publish privilege, which Agora enforces only where co-host authentication is on',
    roleClaim: call ? `${call.at}privileges` : null,
    privileges: call ? privileges(call.rtc, call.at) : {},
    ...(wildcard &&
      call && {
        wildcards: [
          { claim: `${call.at}channel`, says: 'the channel is `*`, which opens every channel where Agora arranged it' },
        ],
      }),
  };
}

function firstUser(claims: JsonObject | null): string | null {
  for (const service of services(claims)) {
    const user = stringAt(service, 'user') ?? stringAt(service, 'account');
    if (user) return user;
  }
  return null;
}

function privileges(rtc: Json, at: string): Facts['privileges'] {
  const may = (key: number): Grant => {
    const claim = `${at}privileges.${key}`;
    return numberAt(rtc, `privileges.${key}`) === null
      ? unsaid(`privilege ${key} is absent; Agora enforces that only where co-host authentication is on`, claim)
      : yes(`privilege ${key} is there`, claim);
  };
  const rows: [...Privilege[], Grant][] = [
    ['join', may(1)],
    ['subscribe', may(1)],
    ['publish-audio', may(2)],
    ['publish-video', 'share-screen', may(3)],
    ['send-data', may(4)],
  ];
  return grants(rows, unsaid('Agora tokens speak only of joining and publishing; the application decides the rest'));
}

function joinProblems(token: Token): JoinProblem[] {
  const { claims } = token;
  const call = rtcOf(token);
  if (!call) {
    return [
      {
        likelihood: 'certain',
        says: 'The token opens other services of Agora, not a call.',
        fix: 'Build one with `RtcTokenBuilder` for the channel.',
        at: 'claims.services',
      },
    ];
  }
  const problems: JoinProblem[] = [];
  if (token.form === agora007.id && stringAt(call.rtc, 'channel') === null) {
    problems.push({
      likelihood: 'likely',
      says: 'The token names no channel.',
      fix: 'Pass the channel to `buildTokenWithUid`.',
      at: `claims.${call.at}channel`,
    });
  }
  const life = numberAt(claims, 'expire');
  const longer = services(claims).findIndex((one) =>
    Object.values(objectAt(one, 'privileges') ?? {}).some(
      (value) => typeof value === 'number' && life !== null && value > life,
    ),
  );
  if (longer >= 0) {
    problems.push({
      likelihood: 'possible',
      says: `A privilege lasts longer than the token, which ends after ${life} seconds.`,
      fix: 'Pass a `tokenExpire` that covers `privilegeExpire`.',
      at: `claims.services.${longer}.privileges`,
    });
  }
  return problems;
}

/** The privilege to join has an end of its own: in 007 seconds after the issue, in 006 a moment; 0 lasts as long as the token. */
function deadlines(token: Token): ReturnType<NonNullable<Provider['deadlines']>> {
  const call = rtcOf(token);
  const until = numberAt(call?.rtc, 'privileges.1');
  if (!call || !until) return [];
  const issuedAt = token.form === agora007.id ? numberAt(token.claims, 'issueTs') : 0;
  if (issuedAt === null) return [];
  return [{ endsAt: issuedAt + until, claim: `${call.at}privileges.1`, says: 'The privilege to join the channel' }];
}

export const agora: Provider = {
  id: 'agora',
  name: 'Agora',
  kind: 'video',
  recognise,
  facts,
  joinProblems,
  deadlines,
  notShown: [
    'whether the App Certificate is the one that the project has',
    'the user id and channel that the application passes to `join`, which must be those of the token',
  ],
  times({ form, claims }) {
    if (form === agora007.id) {
      const [issuedAt, expire] = [numberAt(claims, 'issueTs'), numberAt(claims, 'expire')];
      return { issuedAt, notBefore: null, expiresAt: issuedAt !== null && expire !== null ? issuedAt + expire : null };
    }
    // 006 holds absolute times; a privilege of 0 lasts as long as the token.
    return { issuedAt: null, notBefore: null, expiresAt: numberAt(claims, 'privileges.1') || numberAt(claims, 'ts') };
  },
  timeClaims: { issuedAt: 'issueTs', expiresAt: 'expire' },
  claims: {
    appId: { means: 'The project; public, unlike its certificate.', type: 'string' },
    issueTs: { means: 'When it was issued.', unit: 'seconds since the epoch' },
    expire: { means: 'How long it lives from then.', unit: 'seconds' },
    salt: { means: 'A random number.' },
    ts: { means: 'End of the token; 24 hours after issue unless changed.', unit: 'seconds since the epoch' },
    services: { means: 'What it opens.', type: 'array' },
    'services.*.type': {
      means: `Kind of service: ${Object.entries(serviceNames)
        .map(([key, name]) => `${key} ${name}`)
        .join(', ')}.`,
    },
    'services.*.channel': { means: 'The channel.', type: 'string' },
    'services.*.uid': { means: 'The user.', type: 'string', whenAbsent: 'anybody may use the token' },
    'services.*.user': { means: 'The user.', type: 'string' },
    'services.*.account': { means: 'The user.', type: 'string' },
    'services.*.privileges': { means: 'What the holder may do, each with how long.', type: 'object' },
    'services.*.privileges.1': {
      means: 'May join. Counted from the issue; 0 lasts as long as the token.',
      unit: 'seconds',
    },
    'services.*.privileges.2': { means: 'May publish audio.', unit: 'seconds' },
    'services.*.privileges.3': { means: 'May publish video.', unit: 'seconds' },
    'services.*.privileges.4': { means: 'May publish data.', unit: 'seconds' },
    crc_channel: { means: 'CRC-32 of the channel: a guess can be confirmed, not read.' },
    crc_uid: { means: 'CRC-32 of the user; 0 is user 0, so anybody may use the token.' },
    privileges: { means: 'What the holder may do, each until when. 101 administers the channel.', type: 'object' },
    'privileges.*': { means: 'Until when; 0 lasts as long as the token.', unit: 'seconds since the epoch' },
  },
  enforcement: {
    atJoin:
      'Agora checks the signature, channel and user. Without publish privileges one can publish all the same, unless co-host authentication is on.',
    atExpiry: 'The SDK announces the end beforehand, so that the page can renew the token.',
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'not-applicable',
  identityClaim: { path: 'services.0.uid', required: false },
  legacy: ({ form }) => (form === agora006.id ? 'AccessToken2, which starts 007' : null),
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: 86_400,
    advice: 'At most 24 hours; renew it when the SDK says that it will expire.',
  },
  limits: [],
  publicClaims: [],
  algorithms: [],
  transport: { parameters: [], hosts: ['*.agora.io', '*.sd-rtn.com'], headers: [] },
  validation:
    'Join with it; the signature can be verified with the certificate of the app (`AccessToken2.verifySignature`).',
  fixes: {
    'exp-expired': 'Renew it with `renewToken` when `token-privilege-will-expire` arrives.',
    'lifetime-long': 'Pass a `tokenExpire` of at most 86 400 seconds.',
    'video-identity-missing': 'Pass the user’s own uid: with 0 or "" anybody may use the token.',
    'video-room-missing': 'Pass the channel to `buildTokenWithUid`.',
    'video-room-wildcard': 'Pass the name of the one channel.',
    'video-host-on-guest-page': 'Pass `RtcRole.SUBSCRIBER` for an audience, and switch on co-host authentication.',
    'video-legacy-token': 'Use the package `agora-token`, which builds version 007.',
    'secret-in-page': 'Replace the app certificate, and build tokens on a server.',
    'video-lifetime-vendor': 'Pass a `tokenExpire` of at most 86 400 seconds.',
  },
  links: [
    {
      title: 'Agora: authentication workflow',
      url: 'https://docs.agora.io/en/video-calling/token-authentication/authentication-workflow',
    },
    { title: 'Agora: token builders', url: 'https://github.com/AgoraIO/Tools/tree/master/DynamicKey/AgoraDynamicKey' },
  ],
  readAt: '2026-11',
};
