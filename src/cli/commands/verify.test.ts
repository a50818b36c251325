import { describe, expect, test } from 'vitest';
import { rsaKeys } from '../../../test/builders/mint/keys.ts';
import { hours, jwt, now, rawJwt, without } from '../../../test/builders/tokens.ts';
import { roomkey } from '../../../test/doubles/fake-terminal.ts';
import type { JsonObject } from '../../engine/text/json.ts';

const secret = 'a-shared-secret-of-more-than-thirty-two-bytes';
const apiKey = 'APIorchard12345';

const livekit = (claims: JsonObject = {}, header: JsonObject = {}) =>
  jwt(
    { iss: apiKey, sub: 'ada', exp: now + hours(1), video: { roomJoin: true, room: 'standup' }, ...claims },
    header,
    secret,
  );
const jitsi = (claims: JsonObject = {}, header: JsonObject = {}) =>
  jwt(
    {
      iss: 'my_app',
      aud: 'my_app',
      sub: '*',
      room: 'standup',
      exp: now + hours(1),
      context: { user: { id: 'u1' } },
      ...claims,
    },
    header,
    secret,
  );

const verify = (token: string, ...args: string[]) =>
  roomkey(['verify', token, '--secret-env', 'S', ...args], '', { S: secret, K: rsaKeys().publicKey });

/** What the checks of a profile came to: "time failed". */
const outcomes = (out: string) =>
  [...out.matchAll(/^(\w+) +(passed|failed|not-checked)/gm)].map(([, name, is]) => `${name} ${is}`);

describe('the same token by the signature alone, and by profiles that differ', () => {
  test.each<[string, string, number, Record<string, number>]>([
    ['a good one', livekit(), 0, { livekit: 0, general: 0 }],
    ['one that has expired', livekit({ exp: now - hours(1) }), 0, { livekit: 1, general: 1 }],
    ['one that expired half a minute ago', livekit({ exp: now - 30 }), 0, { livekit: 1, general: 0 }],
    ['one that expired five seconds ago', livekit({ exp: now - 5 }), 0, { livekit: 0, general: 0 }],
    ['one without an expiry', livekit({ exp: without }), 0, { livekit: 1 }],
    ['another algorithm of the family', livekit({}, { alg: 'HS512' }), 0, { livekit: 0, general: 0, daily: 1 }],
    ['what is critical and unknown', jitsi({}, { crit: ['x'], x: 1 }), 2, { jitsi: 0, general: 2, livekit: 1 }],
    ['without `typ`', jitsi({}, { typ: undefined as never }), 0, { jitsi: 1, general: 0 }],
    ['one that expired a second ago', jitsi({ exp: now - 1 }), 0, { jitsi: 1, general: 0 }],
    ['a list of audiences', jitsi({ aud: ['my_app'] }), 0, { jitsi: 1, general: 0 }],
  ])('%s', async (_, token, alone, profiles) => {
    expect((await verify(token)).code).toBe(alone);
    for (const [profile, code] of Object.entries(profiles)) {
      const audience = profile === 'jitsi' ? ['--audience', 'my_app'] : [];
      const { code: is, out } = await verify(token, '--profile', profile, ...audience);
      expect([profile, is, out]).toEqual([profile, code, out]);
      // What could not be checked prints nothing.
      const says = ['taken', 'refused'][code];
      expect(out.split('\n')[0]).toBe(says ? `By the profile ${profile}, the token is ${says}.` : '');
      expect(out).not.toContain(token.split('.')[2]);
    }
  });
});

test.each<[string, string, string]>([
  ['LiveKit', livekit(), 'livekit'],
  ['Jitsi', jitsi(), 'jitsi'],
  ['nobody known', jwt({ iss: 'https://id.example', sub: 'ada', exp: now + hours(1) }, {}, secret), 'general'],
])('the profile of its own platform: a token of %s', async (_, token, profile) => {
  const { code, out } = await verify(token, '--profile', 'auto');
  expect([code, out.split('\n')[0]]).toEqual([0, `By the profile ${profile}, the token is taken.`]);
});

test('a line is printed for each check that was made', async () => {
  const taken = await verify(livekit(), '--profile', 'livekit', '--issuer', apiKey);
  expect(outcomes(taken.out)).toEqual(['shape passed', 'time passed', 'issuer passed', 'signature passed']);
  const old = await verify(livekit({ exp: now - hours(1) }), '--profile', 'livekit');
  expect(outcomes(old.out)).toEqual(['shape passed', 'time failed']);
  expect(old.out).toContain('the SDK forgives ten seconds');
});

test.each<[string, string[], number]>([
  ['another issuer', ['--issuer', 'APIother'], 1],
  ['one of two issuers', ['--issuer', 'APIother', '--issuer', apiKey], 0],
  ['a later clock', ['--now', String(now + hours(2))], 1],
  ['another algorithm than asked for', ['--alg', 'HS512'], 1],
  ['the algorithm that was asked for', ['--alg', 'HS256'], 0],
])('%s', async (_, args, code) => {
  expect((await verify(livekit(), '--profile', 'livekit', ...args)).code).toBe(code);
});

test('a profile whose own leeway is not known forgives what it is told to', async () => {
  const token = jwt({ iss: 'https://id.example', sub: 'ada', exp: now - 20 }, {}, secret);
  expect((await verify(token, '--profile', 'general')).code).toBe(0);
  expect((await verify(token, '--profile', 'general', '--skew', '0')).code).toBe(1);
});

test('an audience is compared by the general profile as by that of Jitsi', async () => {
  const token = jwt({ iss: 'https://id.example', aud: ['call', 'chat'], exp: now + hours(1) }, {}, secret);
  expect((await verify(token, '--profile', 'general', '--audience', 'chat')).code).toBe(0);
  expect((await verify(token, '--profile', 'general', '--audience', 'mail')).code).toBe(1);
});

test('what only its own server takes for a token is one by its profile', async () => {
  const broken = livekit().replace(/(.{20})$/, '\n$1');
  expect((await verify(broken, '--profile', 'livekit')).code).toBe(0);
});

test.each([`Bearer ${livekit()}`, `"${livekit()}"`, `${livekit()}.e30`, ` ${livekit()}`])(
  'what stands beside a token is sent with it: %#',
  async (text) => {
    const { code, out } = await verify(text, '--profile', 'livekit');
    expect([code, outcomes(out)]).toEqual([1, ['shape failed']]);
    expect((await verify(text)).code).toBe(0);
  },
);

test('a key of another kind is the wrong key, and no verdict on the token', async () => {
  const token = rawJwt(
    { alg: 'RS256', typ: 'JWT' },
    { iss: 'https://id.example', exp: now + hours(1) },
    'c2lnbmF0dXJl',
  );
  const { code, complaints } = await verify(token, '--profile', 'general');
  expect([code, complaints]).toEqual([2, [expect.stringContaining('secret')]]);
});

test.each<[string, string[], RegExp]>([
  ['a profile that there is not', ['--profile', 'zoom'], /--profile takes one of auto, general, daily, .*not "zoom"/],
  ['an issuer without a profile', ['--issuer', 'x'], /--issuer is looked at with --profile only/],
  ['a clock without a profile', ['--now', '0'], /--now is looked at with --profile only/],
  ['seconds that are none', ['--profile', 'general', '--skew', 'ten'], /--skew takes seconds, 600 at most/],
  ['too many seconds', ['--profile', 'general', '--skew', '601'], /--skew takes seconds, 600 at most/],
])('%s is a usage error', async (_, args, says) => {
  const { code, complaints } = await verify(livekit(), ...args);
  expect([code, complaints.join()]).toEqual([2, expect.stringMatching(says)]);
});

test('no token in the text is no refusal', async () => {
  const { code, complaints } = await verify('hello', '--profile', 'livekit');
  expect([code, complaints]).toEqual([2, ['roomkey: there is no token in the text given']]);
});
