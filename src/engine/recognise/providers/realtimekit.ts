import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { stringAt } from '../../text/values.ts';
import { grants, unsaid, yes } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

const preset = "the participant's preset, which is kept on the server, decides";

function recognise({ claims }: Token): Recognition | null {
  if (!stringAt(claims, 'orgId') || !stringAt(claims, 'participantId')) return null;
  return stringAt(claims, 'meetingId')
    ? { confidence: 'certain', because: 'it has `orgId`, `meetingId` and `participantId`', strength: 3 }
    : { confidence: 'likely', because: 'it has `orgId` and `participantId`, as version 1 tokens do', strength: 2 };
}

function facts({ claims }: Token): Facts {
  const room = stringAt(claims, 'meetingId');
  return {
    use: 'video-join',
    product: room ? 'participant token' : 'participant token, version 1',
    tenant: stringAt(claims, 'orgId'),
    room,
    roomScope: room ? 'one-room' : 'not-stated',
    roomClaim: 'meetingId',
    userId: stringAt(claims, 'participantId'),
    displayName: null,
    role: 'unknown',
    vendorRole: null,
    roleBecause: preset,
    roleClaim: null,
    privileges: grants(
      [
        [
          'join',
          room
            ? yes('`meetingId` names the meeting', 'meetingId')
            : unsaid('`meetingId` is absent, and current SDKs refuse such a token', 'meetingId'),
        ],
      ],
      unsaid(preset),
    ),
  };
}

export const realtimekit: Provider = {
  id: 'realtimekit',
  name: 'Cloudflare RealtimeKit (Dyte)',
  kind: 'video',
  recognise,
  facts,
  claims: {
    orgId: { means: 'Organization the meeting belongs to.', type: 'string' },
    meetingId: { means: 'The meeting.', type: 'string', whenAbsent: 'a version 1 token, which current SDKs refuse' },
    participantId: { means: 'The participant; their preset on the server holds role and rights.', type: 'string' },
  },
  enforcement: {
    atJoin: 'Current SDKs refuse a token without `meetingId`.',
    atExpiry: undocumented,
    onReconnect: 'One token serves several sessions of the same meeting while it lives.',
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'refused',
  roomNamesAreInternal: true,
  identityClaim: { path: 'participantId', required: true },
  legacy: ({ claims }) => (stringAt(claims, 'meetingId') ? null : 'version 2 tokens, which name the meeting'),
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Documented only as time-bound; when it ends, the API makes a new one for the same participant.',
  },
  limits: [],
  publicClaims: [],
  // The vendor names no algorithm.
  algorithms: [],
  transport: {
    parameters: ['authToken'],
    hosts: ['*.realtime.cloudflare.com', '*.dyte.io'],
    headers: ['authorization'],
  },
  required: { meetingId: 'current SDKs take it for a version 1 token and refuse it' },
  validation: 'Join with it; no public address that validates a token is documented.',
  fixes: {
    'exp-expired': 'Make a new one from the server: `POST …/meetings/<id>/participants/<id>/token`.',
    'video-legacy-token': 'Add the participant to the meeting through the version 2 API and use the token it returns.',
    'video-room-missing': 'Add the participant to the meeting through the version 2 API and use the token it returns.',
    'video-host-on-guest-page': 'Add guests with a preset of their own.',
    'url-query': 'Pass the token to the SDK as `authToken` instead of linking to the hosted page.',
  },
  links: [
    {
      title: 'RealtimeKit: participants',
      url: 'https://developers.cloudflare.com/realtime/realtimekit/concepts/participant',
    },
    {
      title: 'RealtimeKit: refresh a participant token',
      url: 'https://developers.cloudflare.com/api/resources/realtime_kit/subresources/meetings/methods/refresh_participant_token',
    },
  ],
  readAt: '2026-11',
};
