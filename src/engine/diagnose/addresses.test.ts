import { expect, test } from 'vitest';
import { agora007 } from '../../../test/builders/mint/agora.ts';
import { bigbluebutton } from '../../../test/builders/mint/bigbluebutton.ts';
import { dailyToken } from '../../../test/builders/mint/daily.ts';
import { galene } from '../../../test/builders/mint/galene.ts';
import { jaasAppId, jaasToken } from '../../../test/builders/mint/jaas.ts';
import { jitsiToken } from '../../../test/builders/mint/jitsi.ts';
import { livekitClaims } from '../../../test/builders/mint/livekit.ts';
import { stream } from '../../../test/builders/mint/stream.ts';
import { videosdk } from '../../../test/builders/mint/videosdk.ts';
import { whereby } from '../../../test/builders/mint/whereby.ts';
import { zoomMeeting } from '../../../test/builders/mint/zoom.ts';
import { now } from '../../../test/builders/tokens.ts';
import { standard } from '../audit/policy/policies.ts';
import { find } from '../find/find.ts';
import { inspect } from '../inspect.ts';
import { joinAnswer } from './join.ts';

function asked(text: string, { page, room, frames = [] }: { page?: string; room?: string; frames?: string[] } = {}) {
  const capture = { page: null, frames: [], stores: [], cookies: [], problems: [] };
  const { sightings } = find({ ...capture, readAt: now, texts: [{ name: 'token', text }] });
  const [subject] = inspect(sightings, { now, policy: standard, page: null }).subjects;
  if (!subject) throw new Error('no token was found');
  const answer = joinAnswer(subject, {
    now,
    pageUrl: page ?? null,
    frames: frames.map((url) => ({ url })),
    room: room ?? null,
  });
  if (!answer) throw new Error('the token opens no call');
  return answer;
}

const ids = (...of: Parameters<typeof asked>) => asked(...of).causes.map(({ id }) => id);
const context = { user: { id: 'u1', name: 'Ada' } };

test.each([
  ['Daily', () => dailyToken(), 'https://acme.daily.co./retro'],
  ['JaaS', () => jaasToken(), `https://8x8.vc./${jaasAppId}/retro`],
  ['Jitsi', () => jitsiToken({ context }), 'https://meet.jit.si./retro'],
])('the dot of the root behind the host of %s changes nothing', (_, mint, page) => {
  expect(ids(mint(), { page })).toContain('room-differs');
  expect(ids(mint(), { page: page.replace('./', '/') })).toEqual(ids(mint(), { page }));
});

test.each([
  ['BigBlueButton', bigbluebutton.guest],
  ['Galene', galene.guest],
])('a token of %s, which anybody may run, opens no call of a vendor', async (_, mint) => {
  const token = (await mint?.()) ?? '';
  expect(ids(token, { page: 'https://acme.daily.co/standup' })).toEqual(['wrong-platform']);
  expect(ids(token, { page: 'https://calls.example/' })).not.toContain('wrong-platform');
});

test.each([
  ['roomCreate', { video: { roomJoin: true, room: 'a', roomCreate: true } }],
  ['roomRecord', { video: { roomJoin: true, room: 'a', roomRecord: true } }],
  ['sip.call', { video: { roomJoin: true, room: 'a' }, sip: { call: true } }],
  ['inference', { video: { roomJoin: true, room: 'a' }, inference: { perform: true } }],
])('a right of a server (%s) beside that of joining keeps nobody out', (_, claims) => {
  expect(asked(livekitClaims(claims))).toMatchObject({ verdict: 'nothing-seen', causes: [] });
});

test('without the right to join it is a credential of a server', async () => {
  expect(ids(livekitClaims({ video: { roomCreate: true, room: 'a' } }))).toEqual(['server-credential']);
  expect(ids(livekitClaims({ video: { roomCreate: true, roomJoin: true } }))).toEqual(['server-credential']);
  expect(ids((await videosdk.server?.()) ?? '')).toEqual(['server-credential']);
});

test('an address that tells of no room leaves it open which one is asked for', () => {
  const open = expect.arrayContaining([expect.stringContaining('which room the page asks for')]);
  for (const page of ['https://calls.example/#/room/x', 'https://acme.daily.co/', 'https://8x8.vc/standup']) {
    for (const token of [dailyToken(), jaasToken(), jitsiToken({ context, sub: 'other.example' })]) {
      expect(asked(token, { page }).notTold).toEqual(open);
    }
  }
  expect(asked(dailyToken(), { page: 'https://acme.daily.co/standup' }).notTold).not.toEqual(open);
  expect(asked(dailyToken(), { room: 'standup' }).notTold).toContain('on whose page the room is asked for');
  expect(asked(jitsiToken({ context, room: '*' }), { page: 'https://calls.example/' }).notTold).not.toEqual(open);
});

test('the page of the domain that `sub` names is the meeting, unless it says otherwise', () => {
  const differs = (page: string) => asked(jitsiToken({ context }), { page }).causes;
  expect(differs('https://meet.example.com/retro')).toMatchObject([{ id: 'room-differs', likelihood: 'likely' }]);
  for (const path of ['', 'standup', 'Standup', 'join?room=standup', 'app/lobby', 'index.html']) {
    expect(differs(`https://meet.example.com/${path}`)).toEqual([]);
  }
});

test.each([
  ['in case, where Daily sees none', () => dailyToken(), 'Standup', []],
  ['by a space', () => dailyToken({ r: ' standup' }), 'standup', ['room-spelling']],
  ['by what would be an escape in an address', () => dailyToken({ r: 'stand%75p' }), 'standup', ['room-spelling']],
  ['in case, which is signed', agora007.guest, 'Standup', ['room-spelling']],
  ['by a word', agora007.guest, 'retro', ['room-differs']],
  ['in nothing', agora007.guest, 'standup', []],
] as [string, () => Promise<string> | string, string, string[]][])(
  'rooms that differ %s',
  async (_, mint, room, found) => {
    const causes = asked(await mint(), { room }).causes.filter(({ id }) => id.startsWith('room-'));
    expect(causes.map(({ id }) => id)).toEqual(found);
    for (const { id, likelihood } of causes) if (id === 'room-spelling') expect(likelihood).toBe('possible');
  },
);

test.each([
  ['Zoom', zoomMeeting.guest, ['123456789', '123 456 789', '123-456-789'], ['123 456 780', 'standup']],
  ['Whereby', whereby.host, ['standup', '/standup'], ['retro', '/retro']],
  ['Stream', stream.guest, ['standup', 'default:standup'], ['retro', 'livestream:standup']],
])('a room as people name it on %s', async (_, mint, same, others) => {
  const token = (await mint?.()) ?? '';
  for (const room of same) expect(ids(token, { room })).not.toContain('room-differs');
  for (const room of others) expect(ids(token, { room })).toContain('room-differs');
});

test('a room that is asked for by name is compared where only addresses do not show it', () => {
  const token = livekitClaims({ video: { roomJoin: true, room: 'standup' } });
  expect(asked(token, { room: 'retro' }).causes).toMatchObject([{ id: 'room-differs', likelihood: 'likely' }]);
  expect(ids(token, { room: 'Standup' })).toEqual(['room-spelling']);
  expect(ids(token, { room: 'standup' })).toEqual([]);
  expect(ids(token, { page: 'https://calls.example/room/retro' })).toEqual([]);
  const internal = livekitClaims({ video: { roomJoin: true, room: '5f1c1b3e-0000-4000-8000-000000000001' } });
  expect(ids(internal, { room: 'standup' })).toEqual([]);
});

test('a pattern that was made to take long is given up soon, on a page of many frames, too', () => {
  const pattern = { user: { name: 'Ada' }, room: { regex: true } };
  const token = jitsiToken({ room: '(a*)(a*)(a*)b%1%2%3', context: pattern });
  const frames = Array.from({ length: 100 }, (_, at) => `https://meet.jit.si/${at}${'a'.repeat(120)}`);
  expect(ids(token, { page: `https://meet.jit.si/${'a'.repeat(120)}`, frames })).toContain('room-differs');
  const again = jitsiToken({ room: '((%a+)%-%2)', context: pattern });
  expect(ids(again, { page: 'https://meet.jit.si/plan-plan' })).not.toContain('room-differs');
});

test.each([
  { name: null },
  { metadata: null },
  { attributes: null, roomConfig: null },
  { video: { roomJoin: true, room: 'a', canPublish: null, canPublishSources: null, hidden: null } },
])('null is as good as absent to LiveKit: %j', (claims) => {
  const base = { video: { roomJoin: true, room: 'a' } };
  expect(asked(livekitClaims({ ...base, ...claims })).causes).toEqual([]);
  expect(asked(livekitClaims({ video: { ...base.video, roomJoin: null } })).verdict).toBe('refused');
  expect(asked(livekitClaims({ video: { ...base.video, hidden: 'yes' } })).verdict).toBe('doubtful');
});

test('a name in other letters is read by the newest server of LiveKit alone', () => {
  const likelihoods = (video: Record<string, unknown>) =>
    asked(livekitClaims({ video } as never))
      .causes.filter(({ id }) => id === 'claim-missing')
      .map(({ at, likelihood }) => [at, likelihood]);
  expect(likelihoods({ roomJoin: true, Room: 'a' })).toEqual([['claims.video.room', 'likely']]);
  expect(likelihoods({ roomJoin: true, roomName: 'a' })).toEqual([['claims.video.room', 'certain']]);
});

test('a JaaS key is named behind the AppID', () => {
  const said = (kid: string) => asked(jaasToken({}, { kid })).causes.find(({ at }) => at === 'header.kid')?.says;
  expect(said(`${jaasAppId}/`)).toContain('no key id behind its slash');
  expect(said(jaasAppId)).toContain('no slash');
  expect(said(`${jaasAppId}/abc`)).toBeUndefined();
});

test.each([
  ['claims.attributes', { attributes: { seat: 1 } }],
  ['claims.video.canPublishSources', { video: { roomJoin: true, room: 'a', canPublishSources: ['camera', 1] } }],
  ['claims.aud', { aud: 5 }],
  ['claims.aud', { aud: ['calls', 5] }],
  ['claims.jti', { jti: 5 }],
])('what LiveKit cannot read keeps somebody out, also inside a list or an object: %s', (at, claims) => {
  const base = { video: { roomJoin: true, room: 'a' } };
  const causes = asked(livekitClaims({ ...base, ...claims } as never)).causes;
  expect(causes.map((cause) => [cause.id, cause.likelihood, cause.at])).toEqual([['mistyped', 'likely', at]]);
  const good = { attributes: { seat: '1', row: null }, aud: ['calls'], jti: 'a' };
  expect(asked(livekitClaims({ ...base, ...good } as never)).causes).toEqual([]);
});

test('a token that was issued after its end is refused for certain only where its platform is known to look at that', () => {
  const likelihood = (token: string) => asked(token).causes.find(({ id }) => id === 'never-valid')?.likelihood;
  expect(likelihood(dailyToken({ iat: now + 7200, exp: now + 3600 }))).toBe('likely');
  expect(likelihood(dailyToken({ nbf: now + 7200, exp: now + 3600 }))).toBe('certain');
  expect(likelihood(jitsiToken({ context, iat: now + 7200, exp: now + 3600 }))).toBe('possible');
});
