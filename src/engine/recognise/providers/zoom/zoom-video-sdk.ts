import type { Facts, Recognition } from '../../../model/facts.ts';
import type { Token } from '../../../model/token.ts';
import { shown } from '../../../text/sentence.ts';
import { hasAt, stringAt, valueAt } from '../../../text/values.ts';
import { grants, no, unsaid, yes } from '../grants.ts';
import type { Provider } from '../provider.ts';
import { afterJoining, zoomJwt } from './zoom-jwt.ts';

function recognise({ claims }: Token): Recognition | null {
  const found = ['app_key', 'tpc', 'role_type', 'user_identity', 'user_key', 'session_key', 'version'].filter((name) =>
    hasAt(claims, name),
  );
  const [key, topic, role] = ['app_key', 'tpc', 'role_type'].map((name) => found.includes(name));
  if (!key || (!topic && !role)) return null;
  return {
    confidence: topic ? 'certain' : 'likely',
    because: `${found.map((name) => `\`${name}\``).join(', ')}`,
    strength: found.length,
  };
}

function facts({ claims }: Token): Facts {
  const topic = stringAt(claims, 'tpc');
  const role = valueAt(claims, 'role_type');
  const host = role === 1;
  const known = host || role === 0;
  const because = host ? '`role_type` is 1' : `\`role_type\` is ${shown(role)}`;
  const hosts = host
    ? yes(because, 'role_type')
    : known
      ? no(because, 'role_type')
      : unsaid(`${because}, where Zoom reads the number 0 or 1`, 'role_type');
  const account = unsaid('the features of the Video SDK account decide');
  const option = valueAt(claims, 'cloud_recording_transcript_option');
  const transcript = option === 1 || option === 2;
  const transcribes = (host ? yes : unsaid)(
    `\`cloud_recording_transcript_option\` is ${shown(option)}: a cloud recording that the host starts is transcribed${option === 2 ? ' and summed up by AI' : ''}`,
    'cloud_recording_transcript_option',
  );
  return {
    use: 'video-join',
    product: 'Video SDK JWT',
    tenant: stringAt(claims, 'app_key'),
    room: topic,
    roomScope: topic === null ? 'not-stated' : 'one-room',
    roomClaim: 'tpc',
    userId: stringAt(claims, 'user_key') ?? stringAt(claims, 'user_identity'),
    displayName: null,
    role: host ? 'host' : known ? 'participant' : 'unknown',
    vendorRole: host ? 'host or co-host' : known ? 'participant' : null,
    roleBecause: known ? because : `${because}, where Zoom reads the number 0 or 1`,
    roleClaim: 'role_type',
    privileges: grants([
      [
        'join',
        topic === null ? no('`tpc` names no session', 'tpc') : yes(`\`tpc\` names the session ${shown(topic)}`, 'tpc'),
      ],
      [
        'subscribe',
        'publish-audio',
        'publish-video',
        'share-screen',
        'send-data',
        host ? hosts : unsaid('every participant may, until the host forbids it'),
      ],
      ['mute-others', 'remove-others', 'change-permissions', 'record', 'live-stream', hosts],
      ['transcribe', transcript ? transcribes : account],
      ['dial-out', account],
      ['admit-others', 'bypass-lobby', 'join-hidden', unsaid('no claim speaks of a lobby or of hidden participants')],
      ['manage-rooms', no('sessions are managed by the Video SDK API, with a token of its own')],
    ]),
  };
}

const diagnostic = { means: 'Diagnostics and media mode; no right.', type: 'number' } as const;

export const zoomVideoSdk: Provider = {
  ...zoomJwt,
  id: 'zoom-video-sdk',
  name: 'Zoom Video SDK',
  recognise,
  facts,
  joinProblems: ({ claims }) => {
    const role = valueAt(claims, 'role_type');
    if (role === undefined || role === 0 || role === 1) return [];
    return [
      {
        likelihood: 'certain',
        says: `\`role_type\` is ${shown(role)}; Zoom reads the number 0 or 1.`,
        fix: 'Set `role_type` to the number 1 for the host and 0 for everybody else.',
        at: 'claims.role_type',
      },
    ];
  },
  claims: {
    app_key: { name: 'SDK key', means: 'Video SDK app the session belongs to.', type: 'string' },
    tpc: {
      name: 'session name',
      means: 'The one session; case is ignored. It must equal the topic given to `join`.',
      whenAbsent: 'the join fails',
      type: 'string',
    },
    role_type: { name: 'role', means: '1 host or co-host, 0 participant.', type: 'number' },
    version: { means: 'Always 1.', type: 'number' },
    exp: {
      means: 'No joining after; 30 minutes to 48 hours after `iat`.',
      unit: 'seconds since the epoch',
      type: 'number',
    },
    user_key: { means: 'Id of the user, at most 36 characters.', type: 'string' },
    user_identity: { means: 'Earlier name of `user_key`.', type: 'string' },
    session_key: {
      means:
        'Id of the session in reports, at most 36 characters. Once the host’s token has one, all others must have the same.',
      type: 'string',
      whenAbsent: 'joining fails where the host’s token has one',
    },
    geo_regions: {
      means: 'Media regions to use, by comma: AU, BR, CA, CN, DE, HK, IN, JP, MX, NL, SG, US.',
      type: 'string',
    },
    cloud_recording_option: {
      means:
        'How a cloud recording is kept, once the host has started one: 0 one combined video, 1 a video for each user. Counts in the host’s token, and starts nothing.',
      type: 'number',
      whenAbsent: '0',
    },
    cloud_recording_election: {
      means: 'Whether a cloud recording keeps the holder’s own picture by itself: 1 yes, 0 no. It starts nothing.',
      type: 'number',
      whenAbsent: '0',
    },
    cloud_recording_transcript_option: {
      means:
        'What is made of a cloud recording, once the host has started one: 0 nothing, 1 a transcript, 2 a transcript and a summary by AI.',
      type: 'number',
      whenAbsent: '0',
    },
    telemetry_tracking_id: { means: 'Tracks this join in diagnostics.', type: 'string' },
    video_webrtc_mode: diagnostic,
    audio_webrtc_mode: diagnostic,
    audio_compatible_mode: { means: 'Obsolete.' },
  },
  enforcement: {
    ...afterJoining,
    atJoin:
      'Zoom checks the signature, that the times are 30 minutes to 48 hours apart, and that `tpc` is the topic joined.',
    onReconnect: 'The original host becomes host again on coming back.',
  },
  whenRoomAbsent: 'refused',
  limits: [
    { claim: 'tpc', max: 200, unit: 'characters' },
    { claim: 'user_key', max: 36, unit: 'characters' },
    { claim: 'user_identity', max: 36, unit: 'characters' },
    { claim: 'session_key', max: 36, unit: 'characters' },
  ],
  publicClaims: ['user_key', 'user_identity'],
  required: {
    app_key: 'Zoom cannot find the app',
    tpc: 'Zoom cannot tell the session',
    role_type: 'Zoom cannot tell the role',
    iat: 'Zoom cannot tell the lifetime',
    exp: 'Zoom refuses the token',
  },
  notShown: [
    'whether the host’s token has a `session_key`, which all others must have then',
    'whether the SDK secret belongs to the key in `app_key`',
    'whether the page passes the session name, password and key of the token to `join`, letter by letter',
  ],
  aliases: {
    sdkKey: 'app_key',
    topic: 'tpc',
    sessionName: 'tpc',
    role: 'role_type',
  },
  fixes: {
    'exp-missing': 'Set `exp` to `iat` plus 1800 to 172800 seconds.',
    'lifetime-long': 'Set `exp` to `iat` plus 7200, as in the sample.',
    'video-lifetime-vendor': 'Set `exp` to `iat` plus 1800 to 172800 seconds.',
    'video-room-missing': 'Set `tpc` to the session name.',
    'video-host-on-guest-page': 'Set `role_type` to 0 for everybody but the host.',
  },
  links: [
    { title: 'Video SDK authorization', url: 'https://developers.zoom.us/docs/video-sdk/auth/' },
    { title: 'Sample endpoint', url: 'https://github.com/zoom/videosdk-auth-endpoint-sample' },
  ],
};
