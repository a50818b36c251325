import type { Facts, Recognition } from '../../../model/facts.ts';
import type { Token } from '../../../model/token.ts';
import type { JsonObject } from '../../../text/json.ts';
import { booleanAt, hasAt, objectAt, stringAt, valueAt } from '../../../text/values.ts';
import type { JoinProblem, Provider } from '../provider.ts';
import { isGrant, livekitClaims } from './livekit-claims.ts';
import { livekitRights } from './livekit-rights.ts';

/** Rights that reach beyond a room, each with a clause that says how far; one of them makes a token a server credential. */
const serverWide: readonly (readonly [path: string, reach: string])[] = [
  ['video.roomCreate', 'reaches beyond one room'],
  ['video.roomList', 'reaches beyond one room'],
  ['video.roomRecord', 'reaches beyond one room'],
  ['video.ingressAdmin', 'reaches beyond one room'],
  ['sip.admin', 'manages the telephony of the project'],
  ['sip.call', 'places telephone calls for the project'],
  ['agent.admin', 'manages the agents of the project'],
  ['agent.simulationAdmin', 'manages the simulations of the project'],
  ['agent.databaseAdmin', 'reaches the agent databases of the project'],
  ['inference.perform', 'opens every hosted model of the project (LLM, STT, TTS)'],
  ['observability.write', 'writes to the observability data of the project'],
];

const granted = (claims: JsonObject | null) => serverWide.filter(([path]) => valueAt(claims, path) === true);

/** Grants outside `video`. Those with everyday names count only as a boolean, and settle nothing alone. */
const otherGrants = ['sip.admin', 'sip.call', 'agent.admin', 'agent.simulationAdmin', 'agent.databaseAdmin'];
const everydayGrants = ['inference.perform', 'observability.write'];

function recognise({ claims }: Token): Recognition | null {
  if (!claims) return null;
  const video = objectAt(claims, 'video');
  const known = Object.keys(video ?? {}).filter((name) => isGrant(name));
  const own = otherGrants.filter((path) => hasAt(claims, path));
  const everyday = everydayGrants.filter((path) => booleanAt(claims, path) !== null);
  const others = [...own, ...everyday, ...(hasAt(claims, 'roomConfig') ? ['roomConfig'] : [])];
  const asText = stringAt(claims, 'video')?.includes('"roomJoin"') ?? false;
  if (known.length === 0 && others.length === 0 && !asText) return null;
  const issued = stringAt(claims, 'iss') !== null;
  const found = known.length > 0 ? '`video` with LiveKit grants' : asText ? 'LiveKit grants written as text' : '';
  const words = [found, ...others.map((path) => `\`${path}\``)].filter(Boolean).join(', ');
  const byKey = isApiKey(stringAt(claims, 'iss'));
  const onlyEveryday = known.length === 0 && !asText && others.length === everyday.length;
  const sure = issued && (known.length > 0 || own.length > 0 || (everyday.length > 0 && byKey));
  return {
    confidence: sure ? 'certain' : known.length > 1 || (issued && !onlyEveryday) ? 'likely' : 'possible',
    because: `${words}${issued ? ' and `iss`' : ', but no `iss`'}; OpenVidu 3 and Element Call issue the same`,
    strength: known.length + others.length + (issued ? 2 : 0),
  };
}

/** As LiveKit Cloud and `livekit-server generate-keys` make them, and the key of development mode. */
const isApiKey = (key: string | null) => /^(?:API\w{8}\w*|devkey)$/.test(key ?? '');

function facts({ claims }: Token): Facts {
  const server = granted(claims);
  const joins = booleanAt(claims, 'video.roomJoin') === true;
  const room = stringAt(claims, 'video.room');
  const admin = booleanAt(claims, 'video.roomAdmin') === true;
  const table = livekitRights(claims, joins && room !== null);
  const publishes = ['publish-audio', 'publish-video', 'share-screen', 'send-data'] as const;
  const mute = room !== null && publishes.every((name) => table[name]?.allowed === false);
  const reachesRooms = server.some(([path]) => path.startsWith('video.'));
  const role = server.length > 0 ? 'server' : admin ? 'host' : !joins ? 'unknown' : mute ? 'viewer' : 'participant';
  const claim =
    server[0]?.[0] ?? (admin ? 'video.roomAdmin' : role === 'viewer' ? 'video.canPublish' : 'video.roomJoin');
  return {
    use: server.length > 0 && !joins ? 'service-key' : 'video-join',
    product: 'access token',
    tenant: stringAt(claims, 'iss'),
    room,
    roomScope: room !== null ? 'one-room' : reachesRooms ? 'all-rooms' : 'not-stated',
    roomClaim: 'video.room',
    userId: stringAt(claims, 'sub') ?? stringAt(claims, 'jti'),
    displayName: stringAt(claims, 'name'),
    role,
    vendorRole: stringAt(claims, 'kind'),
    roleBecause: {
      server: server.map(([path, reach]) => `\`${path}\` ${reach}`).join(', '),
      host: '`video.roomAdmin` moderates the room',
      viewer: 'it may not publish media or data',
      participant: '`video.roomJoin` is true and `video.roomAdmin` is not',
      unknown: '`video.roomJoin` is not true, so it joins no room',
    }[role],
    roleClaim: claim,
    privileges: table,
  };
}

function joinProblems({ claims }: Token): JoinProblem[] {
  const problems: JoinProblem[] = [];
  if (
    stringAt(claims, 'sub') === null &&
    stringAt(claims, 'jti') === null &&
    valueAt(claims, 'video.roomJoin') === true
  ) {
    problems.push({
      likelihood: 'certain',
      says: 'The token names no participant: `sub` is empty, which the server refuses.',
      fix: 'Pass `identity` when making the AccessToken.',
      at: 'claims.sub',
    });
  }
  for (const name of ['sub', 'aud']) {
    if (stringAt(claims, 'iss') !== null || !isApiKey(stringAt(claims, name))) continue;
    problems.push({
      likelihood: 'certain',
      says: `The API key stands in \`${name}\`; the server looks for it in \`iss\`.`,
      fix: 'Write the API key into `iss` and the identity into `sub`.',
      at: `claims.${name}`,
    });
  }
  if (stringAt(claims, 'video.room') === '*') {
    problems.push({
      likelihood: 'possible',
      says: '`video.room` is "*", which LiveKit takes as a room of that name, not as every room.',
      fix: 'Set `room` to the name of the one room.',
      at: 'claims.video.room',
    });
  }
  if (typeof valueAt(claims, 'video') === 'string') {
    problems.push({
      likelihood: 'certain',
      says: '`video` is a text; the server reads an object.',
      fix: 'Put the grants into `video` as an object, not as JSON text.',
      at: 'claims.video',
    });
  }
  return problems;
}

const keepOnServer = 'Keep it on the server, and give pages a token with `roomJoin` and `room` only.';

export const livekit: Provider = {
  id: 'livekit',
  name: 'LiveKit',
  kind: 'video',
  recognise,
  facts,
  joinProblems,
  claims: livekitClaims,
  enforcement: {
    atJoin: 'The server checks signature, times and that `roomJoin` comes with a room and an identity.',
    atExpiry: 'A running call goes on: `exp` counts for the first connection only.',
    onReconnect: 'The client holds a token the server renews about every 5 minutes, good for at least 10.',
    onRemoval: 'Removing somebody leaves the token valid: the holder can join again until `exp`.',
  },
  whenRoomAbsent: 'refused',
  expiryEjects: () => ({ ejects: false, claim: null }),
  checkedOnReconnect: false,
  roomNamesAreInternal: true,
  identityClaim: { path: 'sub', required: true },
  closedObjects: ['video', 'sip'],
  openByDefault: ['video.canPublish', 'video.canSubscribe', 'video.canPublishData'],
  configClaims: ['roomConfig'],
  serverRights: ({ claims }) =>
    granted(claims).map(([claim, reach]) => ({ claim, says: `\`${claim}\` ${reach}`, total: false })),
  hostOnlyRights: ({ claims }) =>
    valueAt(claims, 'video.roomAdmin') === true
      ? [{ claim: 'video.roomAdmin', says: '`video.roomAdmin` moderates the room' }]
      : [],
  lifetime: {
    defaultSeconds: 6 * 3600,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Keep it short, since removal does not revoke it. Server SDKs default to 6 h (Ruby: 10 min).',
  },
  limits: [
    { claim: 'sub', max: 256, unit: 'characters' },
    { claim: 'name', max: 256, unit: 'characters' },
    { claim: 'video.room', max: 256, unit: 'characters' },
    { claim: 'metadata', max: 512 * 1024, unit: 'bytes' },
    { claim: 'attributes', max: 64 * 1024, unit: 'bytes' },
  ],
  // The room's name goes to logs and traces as the identity does (docs.livekit.io/frontends/authentication/tokens).
  publicClaims: ['sub', 'name', 'metadata', 'attributes', 'video.room'],
  algorithms: ['HS256'],
  // `/rtc`, `/rtc/v1` and `/rtc/validate` (livekit-client 2.23, its `SignalClient`).
  isOwnServer: ({ pathname }) => /\/rtc(?:\/v\d+)?(?:\/validate)?$/.test(pathname),
  transport: { parameters: ['access_token'], hosts: ['*.livekit.cloud'], headers: ['authorization'] },
  required: {
    iss: 'the server cannot find the secret',
    exp: 'current servers refuse the token',
    'video.roomJoin': 'the token joins no room',
    'video.room': 'the server answers "no room name"',
  },
  // livekit/protocol reads claims into Go structs, where null changes nothing (encoding/json, and go-jose's copy of it).
  readsNullAsAbsent: true,
  // Since it reads them by golang-jwt and encoding/json; go-jose minded the case.
  readsNamesInAnyCase: true,
  // livekit/protocol auth/verifier.go (a minute), livekit-server-sdk TokenVerifier (ten seconds), read 2026-11.
  // Its servers count seconds in 64 bits, from the year 1 on; those of late 2026 read what golang-jwt does, a number in quotes too.
  clock: { leewaySeconds: [10, 60], readsNumbersInTexts: true, latest: 2 ** 63 - 62_135_596_800 },
  notShown: [
    'whether the API key in `iss` is one of the server that is connected to, and fits the signature',
    'whether the room exists where the server creates none by itself, and whether it is full',
    'whether another participant with the same identity is in the room, whom joining would push out',
  ],
  aliases: {
    'video.roomName': 'video.room',
    'video.room_name': 'video.room',
    'video.roomId': 'video.room',
    room: 'video.room',
    identity: 'sub',
  },
  validation:
    'GET https://<server>/rtc/validate (or /rtc/v1/validate) with the token answers "success"; `TokenVerifier` of the server SDKs checks it with the secret.',
  fixes: {
    'exp-missing': 'Set `ttl` on the AccessToken.',
    'lifetime-long': 'Set `ttl` on the AccessToken, e.g. "10m": the server renews it during the call.',
    'video-room-missing': 'Pass `room` beside `roomJoin` in `addGrant`.',
    'video-no-eject': 'Remove participants with `RoomServiceClient.removeParticipant`.',
    'video-admin-grant': keepOnServer,
    'service-key-in-page': keepOnServer,
    'video-host-on-guest-page': 'Leave `roomAdmin` out of guest tokens.',
    'video-permissions-open': 'Set `canPublish`, `canSubscribe` and `canPublishData`: absent means allowed.',
    'video-personal-data':
      'Use opaque ids for identity and room: LiveKit writes both to logs and traces, and its redaction leaves them there.',
    'video-identity-missing': 'Pass `identity` when making the AccessToken.',
    'hmac-secret-known': 'Make a key pair of your own; `devkey`/`secret` is the one of `--dev`.',
  },
  links: [
    { title: 'Tokens and grants', url: 'https://docs.livekit.io/frontends/reference/tokens-grants' },
    { title: 'Removing participants', url: 'https://docs.livekit.io/guides/remove-participants-from-a-room/' },
    { title: 'Grants in livekit/protocol', url: 'https://github.com/livekit/protocol/tree/main/auth' },
    { title: 'Element Call token service', url: 'https://github.com/element-hq/lk-jwt-service' },
  ],
  readAt: '2026-11',
};
