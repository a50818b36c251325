import { isObject, type Json, type JsonObject, parseJson } from '../../text/json.ts';
import type { Form, Reading } from './form.ts';

/**
 * An attendee of an Amazon Chime SDK meeting as `CreateAttendee` returns it, alone or beside the meeting: what servers hand to
 * the client that is to join. `JoinToken` is the credential; the rest says whose it is and what it may do.
 */
export const chimeAttendee: Form = {
  id: 'chime-attendee',
  name: 'Amazon Chime attendee',
  isBare: true,
  startsAt: ['object'],
  members: ['JoinToken', 'joinToken', 'jointoken'],
  match({ text, start, header: object }) {
    if (!object || !partsIn(object)) return null;
    return { form: 'chime-attendee', start, end: text.length, confidence: 'certain', note: null };
  },
  read(text): Reading {
    const object = parseJson(text);
    const parts = isObject(object) ? partsIn(object) : null;
    if (!parts)
      return { problem: { code: 'not-json', offset: 0, message: 'The text holds no attendee of a meeting.' } };
    const { attendee, meeting, joinToken } = parts;
    return {
      claims: { ...shownOf(attendee, attendeeMembers), ...shownOf(meeting, meetingMembers) },
      signature: { text: joinToken, bytes: new TextEncoder().encode(joinToken).length },
    };
  },
  links: [
    {
      title: 'Amazon Chime SDK, attendees',
      url: 'https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_Attendee.html',
    },
    {
      title: 'Amazon Chime SDK, meetings',
      url: 'https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_Meeting.html',
    },
  ],
};

const attendeeMembers = ['AttendeeId', 'ExternalUserId', 'Capabilities'];
const meetingMembers = [
  'MeetingId',
  'ExternalMeetingId',
  'MeetingHostId',
  'MediaRegion',
  'PrimaryMeetingId',
  'MeetingArn',
];

interface Parts {
  attendee: JsonObject;
  meeting: JsonObject | null;
  joinToken: string;
}

/** The attendee an object is, or has as a member; some answers wrap it once more. The SDK takes names in any case. */
function partsIn(object: JsonObject): Parts | null {
  const own = attendeeOf(object, memberOf(object, 'Meeting'));
  if (own) return own;
  const outer = memberOf(object, 'Attendee');
  const meeting = memberOf(object, 'Meeting');
  return attendeeOf(outer, meeting) ?? attendeeOf(memberOf(outer, 'Attendee'), memberOf(meeting, 'Meeting') ?? meeting);
}

function attendeeOf(attendee: Json | undefined, meeting: Json | undefined): Parts | null {
  if (!isObject(attendee)) return null;
  const [id, joinToken] = [memberOf(attendee, 'AttendeeId'), memberOf(attendee, 'JoinToken')];
  if (typeof id !== 'string' || typeof joinToken !== 'string') return null;
  if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) || !/^[\w+/=-]{20,4096}$/.test(joinToken)) return null;
  return { attendee, meeting: isObject(meeting) ? meeting : null, joinToken };
}

/** The own member of this name, in whatever case. */
function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  const found = Object.keys(value)
    .slice(0, 100)
    .find((one) => one.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : value[found];
}

function shownOf(object: JsonObject | null, names: readonly string[]): JsonObject {
  const shown = new Map<string, Json>();
  for (const name of names) {
    const value = object ? memberOf(object, name) : undefined;
    if (value !== undefined && value !== null) shown.set(name, name === 'Capabilities' ? capabilitiesOf(value) : value);
  }
  return Object.fromEntries(shown);
}

function capabilitiesOf(value: Json): Json {
  if (!isObject(value)) return value;
  return shownOf(value, ['Audio', 'Video', 'Content']);
}
