import { zoomSignature } from '../../../decode/forms/zoom-signature.ts';
import type { Facts, Recognition } from '../../../model/facts.ts';
import type { Token } from '../../../model/token.ts';
import { shown } from '../../../text/sentence.ts';
import { numberAt, stringAt, valueAt } from '../../../text/values.ts';
import { grants, no, unsaid, yes } from '../grants.ts';
import type { Provider } from '../provider.ts';
import { withoutGaps, zoomJwt } from './zoom-jwt.ts';

/** Zoom deactivated the apps whose keys made these after 2023-09-08 (its changelog, "Deadline change for JWT app type deprecation"). */
const retiredAt = Date.UTC(2023, 8, 9) / 1000;

function recognise(token: Token): Recognition | null {
  if (token.form !== zoomSignature.id) return null;
  return {
    confidence: 'certain',
    because: 'it is base64 of an API key, a meeting number, a time, a role and a hash',
    strength: 5,
  };
}

function facts({ claims }: Token): Facts {
  const meeting = stringAt(claims, 'meetingNumber');
  const role = valueAt(claims, 'role');
  const because = `the role is ${shown(role)}`;
  const host = role === 1;
  const hosts = host
    ? yes(`${because}, which made a host`, 'role')
    : role === 0
      ? no(because, 'role')
      : unsaid(`${because}, where Zoom documented 0 and 1`, 'role');
  return {
    use: 'video-join',
    product: 'signature of the retired JWT app type',
    tenant: stringAt(claims, 'apiKey'),
    room: meeting,
    roomScope: meeting === null ? 'not-stated' : 'one-room',
    roomClaim: 'meetingNumber',
    userId: null,
    displayName: null,
    role: host ? 'host' : role === 0 ? 'participant' : 'unknown',
    vendorRole: host ? 'host' : role === 0 ? 'attendee' : null,
    roleBecause: because,
    roleClaim: 'role',
    privileges: grants(
      [
        ['join', unsaid('Zoom deactivated the apps whose keys made such signatures in September 2023')],
        ['mute-others', 'remove-others', 'admit-others', 'change-permissions', 'record', 'live-stream', hosts],
        ['manage-rooms', no('meetings are managed by the Zoom API, with a token of its own')],
      ],
      unsaid('the settings of the meeting and of the account decided'),
    ),
  };
}

export const zoomWebSignature: Provider = {
  ...zoomJwt,
  id: 'zoom-web-signature',
  name: 'Zoom Meeting SDK (retired signature)',
  recognise,
  facts,
  /** The signature holds no end: it ended with the kind of app that made it. */
  times({ claims }) {
    const milliseconds = numberAt(claims, 'timestamp');
    return { issuedAt: milliseconds === null ? null : Math.floor(milliseconds / 1000), expiresAt: retiredAt };
  },
  joinProblems: () => [
    {
      likelihood: 'likely',
      says: 'The signature has the form that Zoom retired in September 2023, with the apps whose keys made it.',
      fix: 'Sign a JWT with the Client ID and Client Secret of a Meeting SDK app.',
      at: null,
    },
  ],
  legacy: () => 'JWTs, signed with the Client Secret of a Meeting SDK app',
  claims: {
    apiKey: { means: 'The app of the retired JWT type, by its key.', type: 'string' },
    meetingNumber: { means: 'The meeting or webinar.', type: 'string' },
    timestamp: {
      means: 'When it was made; samples set it half a minute back.',
      unit: 'milliseconds',
      type: 'number',
    },
    role: { means: '0 attendee, 1 host.', type: 'number' },
  },
  enforcement: {
    atJoin: 'Zoom checked the hash and the time, until it retired the form.',
    atExpiry: 'The signature holds no end of its own.',
    onReconnect: 'A new signature was made for every join.',
    onRemoval: 'Nothing revokes a single signature.',
  },
  whenRoomAbsent: 'not-applicable',
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Replace it: a JWT of the Meeting SDK lives 30 minutes to 48 hours.',
  },
  limits: [],
  roomAsWritten: withoutGaps,
  publicClaims: [],
  algorithms: [],
  timeClaims: { issuedAt: 'timestamp' },
  validation:
    'With the API secret the hash can be made again: HMAC-SHA256 over the base64 of the four values, one after the other.',
  fixes: {
    'video-legacy-token': 'Sign a JWT with the Client ID and Client Secret of a Meeting SDK app.',
    'exp-expired': 'Sign a JWT with the Client ID and Client Secret of a Meeting SDK app.',
  },
  links: [
    { title: 'Generate a signature', url: 'https://marketplace.zoom.us/docs/sdk/native-sdks/web/signature/' },
    {
      title: 'JWT app type: the end',
      url: 'https://developers.zoom.us/changelog/platform/deadline-change-for-jwt-app-type-deprecation',
    },
  ],
};
