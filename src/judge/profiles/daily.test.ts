import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dailyDomain } from '../../../test/builders/mint/daily.ts';
import { hours, jwt, now } from '../../../test/builders/tokens.ts';
import { type Fault, startDailyApi } from '../../../test/doubles/daily-api.ts';
import { outcomes, type StartedProxy, startTestProxy } from '../../../test/doubles/proxy-client.ts';
import type { JsonObject } from '../../engine/text/json.ts';

const apiKey = 'a-daily-api-key-of-the-profile-0123456789';
const otherKey = 'another-key-of-the-same-domain-0123456789';
const stranger = 'a-key-of-nobody-that-is-known-0123456789';

let daily: Awaited<ReturnType<typeof startDailyApi>>;
let proxy: StartedProxy;

beforeAll(async () => {
  daily = await startDailyApi({ apiKey, domainId: dailyDomain, now: () => now, moreKeys: [otherKey] });
  proxy = await startTestProxy(
    { keys: [{ provider: 'daily', secret: apiKey, upstream: daily.url }] },
    { sleep: () => Promise.resolve() },
  );
});
afterAll(() => Promise.all([proxy.close(), daily.close()]));
beforeEach(() => {
  daily.state.fault = 'none';
  daily.state.requests = 0;
  daily.state.says = {};
});

const token = (claims: JsonObject = {}, key = apiKey, header: JsonObject = {}) =>
  jwt({ r: 'standup', d: dailyDomain, o: true, u: 'Ada', iat: now - 60, exp: now + hours(1), ...claims }, header, key);
const vendorReason = async (text: string) =>
  (await proxy.ask(text)).roomkey?.checks.find(({ name }) => name === 'vendor')?.reason;

test('what Daily reads in the token is handed on', async () => {
  const reply = await proxy.ask(token({ er: 'cloud', ejt: true }), { room: 'standup' });
  expect(reply).toMatchObject({
    active: true,
    roomkey: {
      profile: 'daily',
      vendor: {
        room_name: 'standup',
        is_owner: true,
        user_name: 'Ada',
        exp: now + hours(1),
        enable_recording: 'cloud',
        eject_at_token_exp: true,
      },
    },
  });
  expect(await vendorReason(token())).toContain('accepts the token for the room "standup", as an owner.');
});

test.each([
  ['room', { room_name: 'retro' }],
  ['rights', { is_owner: false }],
  ['end', { exp: now + 5 }],
] as [string, JsonObject][])('an answer with another %s is for another token', async (_, says) => {
  daily.state.says = says;
  const reply = await proxy.ask(token());
  expect([reply.active, outcomes(reply).vendor]).toEqual([false, 'failed']);
});

test('neither key nor token comes back in a property', async () => {
  const text = token({ r: undefined as never, u: undefined as never });
  for (const leak of [apiKey, text.split('.')[1] ?? '', `x${apiKey.slice(3, 20)}`]) {
    daily.state.says = { room_name: leak, user_name: leak, permissions: { canSend: [leak, 'video'] } };
    const told = JSON.stringify(await proxy.ask(text));
    expect(told).not.toContain(leak.slice(1, 14));
  }
});

describe('a signature by another key than ours', () => {
  test('is asked about, as a domain may have several', async () => {
    const reply = await proxy.ask(token({}, otherKey), { room: 'standup' });
    expect(reply).toMatchObject({ active: true, roomkey: { vendor: { room_name: 'standup' } } });
    expect(outcomes(reply)).toMatchObject({ signature: 'not-checked', vendor: 'passed', room: 'passed' });
    expect(await proxy.ask(token({}, otherKey), { room: 'retro' })).toMatchObject({ active: false });
  });

  test('is asked about once while the answer is remembered', async () => {
    const remembering = await startTestProxy({
      keys: [{ provider: 'daily', secret: apiKey, upstream: daily.url }],
      cacheSeconds: 60,
    });
    for (const key of [otherKey, stranger]) {
      daily.state.requests = 0;
      for (let at = 0; at < 3; at += 1) await remembering.ask(token({}, key));
      expect(daily.state.requests).toBe(1);
    }
    await remembering.close();
  });

  test('that Daily does not know either is refused', async () => {
    const reply = await proxy.ask(token({}, stranger));
    expect([reply.active, outcomes(reply).signature, outcomes(reply).vendor]).toEqual([false, 'failed', 'failed']);
  });

  test('counts for nothing while Daily cannot be asked', async () => {
    for (const fault of ['down', 'forbidden', 'not-json'] as const) {
      daily.state.fault = fault;
      expect(await proxy.ask(token({}, otherKey))).toMatchObject({ active: false });
    }
    const unasked = await startTestProxy({ keys: [{ provider: 'daily', secret: apiKey, askVendor: false }] });
    expect(await unasked.ask(token({}, otherKey))).toMatchObject({ active: false });
    await unasked.close();
  });

  test('is not asked about where it was made by an algorithm that Daily does not use, or is for another domain', async () => {
    expect(await proxy.ask(token({}, otherKey, { alg: 'HS512' }))).toMatchObject({ active: false });
    const pinned = await startTestProxy({
      keys: [
        { provider: 'daily', secret: apiKey, upstream: daily.url, issuer: ['30f866c3-0000-0000-0000-ff58322d09c5'] },
      ],
    });
    expect(await pinned.ask(token({}, otherKey))).toMatchObject({ active: false });
    expect(daily.state.requests).toBe(0);
    await pinned.close();
  });

  test('of several configured domains the one that knows it answers', async () => {
    const both = await startTestProxy({
      keys: [
        { provider: 'daily', secret: stranger, upstream: daily.url },
        { provider: 'daily', secret: apiKey, upstream: daily.url },
      ],
    });
    expect(await both.ask(token({}, otherKey))).toMatchObject({ active: true });
    await both.close();
  });
});

test.each([
  ['forbidden', /knows the API key and does not let it look at this token/],
  ['header', /could not read the API key/],
  ['json-parsing', /not in Daily’s words/],
  ['gateway', /403, but not in Daily’s words/],
  ['server-error', /answered 500/],
  ['limited', /limiting requests/],
] as [Fault, RegExp][])('a Daily that answers %s says nothing of the token', async (fault, reason) => {
  daily.state.fault = fault;
  const reply = await proxy.ask(token());
  expect([reply.active, outcomes(reply).signature, outcomes(reply).vendor]).toEqual([false, 'passed', 'not-checked']);
  expect(await vendorReason(token())).toMatch(reason);
});

test.each(['', '/v2', '/v1/rooms'])('an upstream that ends in %j by mistake is not the token’s fault', async (end) => {
  const upstream = `${new URL(daily.url).origin}${end}`;
  const mistyped = await startTestProxy({ keys: [{ provider: 'daily', secret: apiKey, upstream }] });
  const reply = await mistyped.ask(token());
  expect([reply.active, outcomes(reply).vendor]).toEqual([false, 'not-checked']);
  expect(reply.roomkey?.checks.at(-1)?.reason).toMatch(/nothing at this address \(404\): is `upstream` right\?/);
  await mistyped.close();
});

test.each([
  ['for another domain', { d: '30f866c3-0000-0000-0000-ff58322d09c5' }, /token is for another domain/],
  ['that Daily’s clock finds expired', { exp: now - 30 }, /token is expired/],
  ['that Daily’s clock finds early', { nbf: now + 30 }, /token is not valid yet/],
] as [string, JsonObject, RegExp][])('a token %s is refused in Daily’s words', async (_, claims, reason) => {
  const reply = await proxy.ask(token(claims));
  expect([reply.active, outcomes(reply).vendor]).toEqual([false, 'failed']);
  expect(await vendorReason(token(claims))).toMatch(reason);
});

test('a token without a domain is no token of Daily’s', async () => {
  const reply = await proxy.ask(token({ d: '', o: true, ss: true }), { provider: 'daily' });
  expect(reply.active).toBe(false);
  expect(daily.state.requests).toBe(0);
});
