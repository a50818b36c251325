import { chimeAttendee } from '../../decode/forms/chime-attendee.ts';
import { chimeJoinToken } from '../../decode/forms/chime-join-token.ts';
import type { Facts, Grant, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import type { JsonObject } from '../../text/json.ts';
import { shown } from '../../text/sentence.ts';
import { objectAt, stringAt, valueAt } from '../../text/values.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { ClaimMeaning, Provider } from './provider.ts';

function recognise({ form }: Token): Recognition | null {
  if (form === chimeAttendee.id)
    return { confidence: 'certain', because: 'it is an attendee: `AttendeeId` with its `JoinToken`', strength: 6 };
  if (form !== chimeJoinToken.id) return null;
  return {
    confidence: 'likely',
    because: 'it is base64 of two ids, as join tokens were seen to be; their format is not documented',
    strength: 2,
  };
}

/** What an attendee may do with a kind of media (`AttendeeCapabilities`). */
function capability(claims: JsonObject | null, kind: string, direction: 'Send' | 'Receive'): Grant {
  const path = `Capabilities.${kind}`;
  const value = valueAt(claims, path);
  if (value === undefined) {
    return objectAt(claims, 'Capabilities')
      ? unsaid(`\`Capabilities\` does not list \`${kind}\`: Chime keeps what it allows`, 'Capabilities')
      : unsaid('capabilities are not told: Chime keeps them, and allows to send and to receive unless set otherwise');
  }
  const because = `\`${path}\` is ${shown(value)}`;
  if (typeof value !== 'string' || !capabilities.includes(value))
    return unsaid(`${because}, which Chime does not know`, path);
  return (value === 'SendReceive' || value === direction ? yes : no)(because, path);
}

const capabilities = ['SendReceive', 'Send', 'Receive', 'None'];

function facts({ form, claims }: Token): Facts {
  const meeting = stringAt(claims, 'MeetingId');
  const [audio, video, content] = ['Audio', 'Video', 'Content'].map((kind) => capability(claims, kind, 'Send')) as [
    Grant,
    Grant,
    Grant,
  ];
  const receives = ['Audio', 'Video', 'Content'].map((kind) => capability(claims, kind, 'Receive'));
  const mute = [audio, video, content].every(({ allowed }) => allowed === false);
  return {
    use: 'video-join',
    product: form === chimeAttendee.id ? 'attendee of a meeting, with its join token' : 'join token of an attendee',
    tenant: null,
    room: meeting,
    roomScope: 'one-room',
    roomClaim: 'MeetingId',
    userId: stringAt(claims, 'ExternalUserId') ?? stringAt(claims, 'AttendeeId'),
    displayName: null,
    role: mute ? 'viewer' : 'participant',
    vendorRole: null,
    roleBecause: mute
      ? 'its capabilities send nothing'
      : 'a meeting knows no host: attendees differ in capabilities only',
    roleClaim: mute ? 'Capabilities' : null,
    privileges: grants(
      [
        ['join', yes('it is the attendee of one meeting', 'AttendeeId')],
        [
          'subscribe',
          receives.find(({ allowed }) => allowed === true) ??
            receives.find(({ allowed }) => allowed === null) ??
            (receives[0] as Grant),
        ],
        ['publish-audio', audio],
        ['publish-video', video],
        ['share-screen', content],
        ['send-data', unsaid('no capability speaks of data messages')],
        [
          'admit-others',
          'bypass-lobby',
          'join-hidden',
          unsaid('Chime knows neither a lobby nor hidden attendees; the application decides'),
        ],
      ],
      no('attendees, capabilities, recordings and meetings are managed with the AWS API'),
    ),
  };
}

const capable = (what: string): ClaimMeaning => ({
  means: `What the attendee may do with ${what}.`,
  type: 'string',
  values: capabilities,
});

export const amazonChime: Provider = {
  id: 'amazon-chime',
  name: 'Amazon Chime SDK',
  kind: 'video',
  recognise,
  facts,
  claims: {
    AttendeeId: { means: 'The attendee, shown to the others in the meeting.', type: 'string' },
    ExternalUserId: {
      means: 'The user as the application knows them, shown to the others in the meeting.',
      type: 'string',
    },
    Capabilities: {
      means: 'What the attendee may send and receive, as it was when this was written; the AWS API can change it.',
      type: 'object',
      whenAbsent: 'sending and receiving everything',
    },
    'Capabilities.Audio': capable('sound'),
    'Capabilities.Video': capable('the camera'),
    'Capabilities.Content': capable('shared content, such as a screen'),
    MeetingId: { means: 'The meeting.', type: 'string' },
    ExternalMeetingId: { means: 'The meeting as the application knows it.', type: 'string' },
    MeetingHostId: { means: 'Reserved; it gives no right.', type: 'string' },
    MediaRegion: { means: 'The AWS region of the media.', type: 'string' },
    PrimaryMeetingId: { means: 'The meeting this one repeats, for large audiences.', type: 'string' },
    MeetingArn: { means: 'The meeting, as an AWS resource.', type: 'string' },
  },
  enforcement: {
    atJoin: 'Chime compares the join token with the attendee of the meeting.',
    atExpiry: 'It carries no time: it ends when the meeting ends, or with `DeleteAttendee`.',
    onReconnect: 'The same join token is good again while the meeting lasts.',
    onRemoval: '`DeleteAttendee` removes the attendee and ends the join token.',
  },
  whenRoomAbsent: 'not-applicable',
  notShown: ['whether the meeting still runs', 'whether the attendee was deleted'],
  roomNamesAreInternal: true,
  endsWith: () => 'its meeting',
  checkedOnReconnect: true,
  identityClaim: { path: 'AttendeeId', required: true },
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice:
      'As long as the meeting: hand each attendee to the one client that is to join, and delete it to end it early.',
  },
  limits: [],
  publicClaims: ['ExternalUserId'],
  algorithms: [],
  transport: { parameters: [], hosts: ['*.chime.aws'], headers: ['sec-websocket-protocol', 'authorization'] },
  validation: 'Ask `GetAttendee` of the AWS API, from a server, for the meeting and the attendee.',
  fixes: {
    'token-reused-participants': 'Create an attendee for each client; the same one twice ends the first connection.',
    'video-personal-data': 'Put an opaque id into `ExternalUserId`: the others in the meeting can read it.',
    'storage-local': 'Fetch the attendee when joining, and keep no copy.',
    'storage-session': 'Fetch the attendee when joining, and keep no copy.',
  },
  links: [
    {
      title: 'Attendee',
      url: 'https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_Attendee.html',
    },
    {
      title: 'AttendeeCapabilities',
      url: 'https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_AttendeeCapabilities.html',
    },
    { title: 'amazon-chime-sdk-js', url: 'https://www.npmjs.com/package/amazon-chime-sdk-js' },
  ],
  readAt: '2026-11',
};
