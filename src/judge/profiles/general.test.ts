import { afterAll, beforeAll, expect, test } from 'vitest';
import { hours, jwt, minutes, now } from '../../../test/builders/tokens.ts';
import { outcomes, type StartedProxy, startTestProxy } from '../../../test/doubles/proxy-client.ts';
import type { JsonObject } from '../../engine/text/json.ts';

const secret = 'a-throw-away-secret-of-the-general-profile-01';
const platforms = ['zoom-video-sdk', 'zoom-meeting-sdk', 'twilio', 'stream', 'galene', 'videosdk'];

let proxy: StartedProxy;

beforeAll(async () => {
  proxy = await startTestProxy({ keys: platforms.map((provider) => ({ provider, secret })) });
});
afterAll(() => proxy.close());

const times = { iat: now - 60, exp: now + hours(1) };
const zoomVideo = { app_key: 'k', tpc: 'standup', role_type: 1, version: 1, ...times };
const zoomMeeting = { appKey: 'k', mn: '123456789', role: 0, tokenExp: times.exp, ...times };
const twilio = {
  jti: `SK${'0'.repeat(32)}-1`,
  iss: `SK${'0'.repeat(32)}`,
  sub: `AC${'1'.repeat(32)}`,
  ...times,
  grants: { identity: 'ada', video: { room: 'standup' } },
};
const videosdk = { apikey: 'k', permissions: ['allow_join'], version: 2, roles: ['rtc'], roomId: 'r', ...times };
const galene = { sub: 'ada', aud: 'https://galene.example/group/standup/', permissions: ['present'], ...times };
const stream = { user_id: 'ada', call_cids: ['default:standup'], ...times };

const ask = (claims: JsonObject, header: JsonObject = {}) => proxy.ask(jwt(claims, header, secret));
const fpa = { cty: 'twilio-fpa;v=1' };

test.each([
  ['Zoom Video SDK', zoomVideo, {}],
  ['Zoom Meeting SDK', zoomMeeting, {}],
  ['Twilio', twilio, fpa],
  ['VideoSDK', videosdk, {}],
  ['Galene', galene, {}],
  ['Stream', stream, {}],
] as [string, JsonObject, JsonObject][])('what %s requires is there', async (_, claims, header) => {
  expect(await ask(claims, header)).toMatchObject({ active: true, roomkey: { profile: 'general' } });
});

test.each([
  ['Zoom Video SDK', zoomVideo, {}, 'exp'],
  ['Zoom Video SDK', zoomVideo, {}, 'iat'],
  ['Zoom Video SDK', zoomVideo, {}, 'tpc'],
  ['Zoom Meeting SDK', zoomMeeting, {}, 'iat'],
  ['Twilio', twilio, fpa, 'sub'],
  ['Galene', galene, {}, 'exp'],
] as [string, JsonObject, JsonObject, string][])(
  '%s lets nobody in without what it requires',
  async (_, claims, header, name) => {
    for (const value of [undefined, null, '', { of: 'another type' }]) {
      const reply = await ask({ ...claims, [name]: value as never }, header);
      expect([value, reply.active]).toEqual([value, false]);
    }
    const { [name]: __, ...without } = claims;
    const shape = (await ask(without, header)).roomkey?.checks[0];
    expect(shape).toMatchObject({ name: 'shape', outcome: 'failed', reason: expect.stringContaining(`\`${name}\``) });
  },
);

test.each([
  ['Galene forgives five seconds', galene, { exp: now - 4 }, true],
  ['and no more', galene, { exp: now - 30 }, false],
  ['nor before it begins', galene, { nbf: now + 30 }, false],
  ['Stream takes no token of the future', stream, { iat: now + 30 }, false],
  ['of Twilio no such rule is known', twilio, { iat: now + 30 }, true],
  ['and what is configured is forgiven', twilio, { exp: now - 30 }, true],
  ['which ends as well', twilio, { exp: now - minutes(2) }, false],
] as [string, JsonObject, JsonObject, boolean][])(
  'the clock of the platform counts: %s',
  async (_, claims, more, active) => {
    const reply = await ask({ ...claims, ...more }, claims === twilio ? fpa : {});
    expect([reply.active, outcomes(reply).time]).toEqual([active, active ? 'passed' : 'failed']);
  },
);

test('of a credential for servers nothing is required that joining takes', async () => {
  const { permissions: _, roomId: __, ...api } = videosdk;
  expect(await ask({ ...api, permissions: ['allow_join'], roles: ['crawler'] })).toMatchObject({ active: true });
});
