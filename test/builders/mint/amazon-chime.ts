import type { JsonObject } from '../../../src/engine/text/json.ts';
import { chimeJoinToken } from '../other-tokens.ts';
import type { Minted } from './minted.ts';

export const chimeAttendeeId = '224fac23-992f-6972-4063-0325289f9fa5';
export const chimeMeetingId = '5c1d0f3a-0000-4000-8000-000000000001';

/** An attendee as `CreateAttendee` returns it, with `members` on top. */
export function chimeAttendee(members: JsonObject = {}): JsonObject {
  return {
    ExternalUserId: 'user-42',
    AttendeeId: chimeAttendeeId,
    JoinToken: chimeJoinToken(chimeAttendeeId),
    ...members,
  };
}

/** Beside the meeting, as servers hand both to a page. */
export function chimeMeeting(members: JsonObject = {}): JsonObject {
  return {
    Meeting: {
      MeetingId: chimeMeetingId,
      ExternalMeetingId: 'standup',
      MediaRegion: 'us-east-1',
      MediaPlacement: { SignalingUrl: `wss://signal.m1.ue1.app.chime.aws/control/${chimeMeetingId}` },
    },
    Attendee: chimeAttendee(members),
  };
}

const all = { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' };

export const amazonChime: Minted = {
  guest: () => JSON.stringify(chimeAttendee({ Capabilities: all })),
  'with its meeting': () => JSON.stringify(chimeMeeting({ Capabilities: all })),
  viewer: () => JSON.stringify(chimeMeeting({ Capabilities: { Audio: 'Receive', Video: 'Receive', Content: 'None' } })),
  'without capabilities': () => JSON.stringify(chimeMeeting()),
  'the join token alone': () => chimeJoinToken(chimeAttendeeId),
};
