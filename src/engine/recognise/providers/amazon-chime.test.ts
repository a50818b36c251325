import {
  chimeAttendee,
  chimeAttendeeId,
  chimeMeeting,
  chimeMeetingId,
  amazonChime as mint,
} from '../../../../test/builders/mint/amazon-chime.ts';
import { chimeJoinToken } from '../../../../test/builders/other-tokens.ts';
import { now } from '../../../../test/builders/tokens.ts';
import { expect, found, providerCases, test } from '../../../../test/cases/provider.ts';
import { judge } from '../../../../test/cases/rule.ts';
import { detect } from '../../find/detect.ts';
import type { JsonObject } from '../../text/json.ts';
import { readTimes } from '../times.ts';
import { amazonChime } from './amazon-chime.ts';

providerCases(amazonChime, {
  tokens: mint,
  ordinary: ['guest', 'with its meeting', 'viewer', 'without capabilities'],
});

const attendee = (members: JsonObject) => found(JSON.stringify(chimeMeeting(members)));
const allowed = (members: JsonObject) =>
  Object.fromEntries(
    Object.entries(amazonChime.facts(attendee(members)).privileges).map(([name, grant]) => [name, grant.allowed]),
  );

test('an attendee is found whole, alone, with its meeting and wrapped once more', () => {
  const whole = chimeMeeting();
  const { Meeting, Attendee } = whole as { Meeting: JsonObject; Attendee: JsonObject };
  for (const [object, token] of [
    [{ a: 1, info: Attendee }, Attendee],
    [{ JoinInfo: whole }, whole],
    [{ JoinInfo: { Meeting: { Meeting }, Attendee: { Attendee } } }, { Meeting: { Meeting }, Attendee: { Attendee } }],
    [{ joinInfo: { attendeeId: chimeAttendeeId, joinToken: chimeJoinToken(chimeAttendeeId) } }, null],
  ] as const) {
    const { hits } = detect(JSON.stringify(object));
    expect(hits.map(({ form }) => form)).toEqual(['chime-attendee']);
    if (token) expect(JSON.parse(hits[0]?.token ?? '')).toEqual(token);
  }
});

test('what is no attendee is none', () => {
  const ids = { AttendeeId: chimeAttendeeId, JoinToken: chimeJoinToken() };
  for (const object of [{ ...ids, AttendeeId: 'ada' }, { ...ids, JoinToken: 'short' }, { Attendee: [ids.AttendeeId] }])
    expect(detect(JSON.stringify(object)).hits.filter(({ form }) => form === 'chime-attendee')).toEqual([]);
});

test('the join token is shown as a signature, not as a claim', () => {
  const token = attendee({});
  expect(token.signature?.text).toBe(chimeJoinToken(chimeAttendeeId));
  expect(JSON.stringify(token.claims)).not.toContain(chimeJoinToken(chimeAttendeeId));
  expect(token.claims).toMatchObject({ AttendeeId: chimeAttendeeId, MeetingId: chimeMeetingId });
});

test('capabilities say what may be sent and received; without them, Chime does', () => {
  expect(allowed({ Capabilities: { Audio: 'SendReceive', Video: 'Send', Content: 'Receive' } })).toMatchObject({
    join: true,
    subscribe: true,
    'publish-audio': true,
    'publish-video': true,
    'share-screen': false,
    'mute-others': false,
    record: false,
  });
  const none = { Capabilities: { Audio: 'None', Video: 'Receive', Content: 'None' } };
  expect(amazonChime.facts(attendee(none))).toMatchObject({ role: 'viewer', roleClaim: 'Capabilities' });
  expect(allowed(none)).toMatchObject({ subscribe: true, 'publish-audio': false });
  expect(allowed({ Capabilities: { Audio: 'None', Video: 'None', Content: 'None' } }).subscribe).toBe(false);
  expect(allowed({})).toMatchObject({ join: true, 'publish-audio': null, subscribe: null });
  expect(allowed({ Capabilities: { Audio: 'all' } })['publish-audio']).toBeNull();
});

test('the token of a socket is known by itself, as likely', async () => {
  const token = found(chimeJoinToken(chimeAttendeeId));
  expect(token).toMatchObject({ form: 'chime-join-token', claims: { AttendeeId: chimeAttendeeId } });
  expect(amazonChime.recognise(token)?.confidence).toBe('likely');
  expect(amazonChime.facts(token)).toMatchObject({ use: 'video-join', userId: chimeAttendeeId, room: null });
});

test('alone in a text it is found, among others it is not: credentials of clients may look so', () => {
  const text = chimeJoinToken(chimeAttendeeId);
  expect(detect(`${text}\n`).hits).toMatchObject([{ form: 'chime-join-token', confidence: 'possible' }]);
  for (const other of [`Basic ${text}`, `authorization: Basic ${text}`, `{"client":"${text}"}`, `a ${text} b`])
    expect([other, detect(other).hits]).toEqual([other, []]);
  expect(detect(`Basic ${text}`, { key: 'Authorization' }).hits).toEqual([]);
});

test('it ends with the meeting, and is not said to last for ever', async () => {
  for (const make of Object.values(mint)) {
    expect(readTimes(found(await make()), amazonChime, now).status).toBe('unknown');
    const [subject] = judge({ session: { joinToken: await make() } }).subjects;
    expect(subject?.findings.map(({ rule }) => rule)).toContain('storage-session');
    expect(subject?.findings.map(({ rule }) => rule)).not.toContain('exp-missing');
  }
});

test('who and where', () => {
  expect(amazonChime.facts(found(JSON.stringify(chimeAttendee())))).toMatchObject({ userId: 'user-42', room: null });
  expect(amazonChime.facts(attendee({}))).toMatchObject({ room: chimeMeetingId, role: 'participant' });
});
