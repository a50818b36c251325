import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dailyClaims, dailyDomain, dailyToken } from '../../../test/builders/mint/daily.ts';
import { jaasAppId, jaasClaims, jaasToken } from '../../../test/builders/mint/jaas.ts';
import { jitsiClaims, jitsiToken } from '../../../test/builders/mint/jitsi.ts';
import { opentokClaims, opentok as opentokMinted } from '../../../test/builders/mint/opentok.ts';
import { sessionId, vonageClaims } from '../../../test/builders/mint/vonage.ts';
import { days, hours, jwt, minutes, now, unsecuredJwt } from '../../../test/builders/tokens.ts';
import { standard } from '../audit/policy/policies.ts';
import { decode } from '../decode/decode.ts';
import { detect } from '../find/detect.ts';
import { find } from '../find/find.ts';
import { inspect, unknownFacts } from '../inspect.ts';
import { emptyCapture } from '../model/capture.ts';
import type { Subject } from '../model/report.ts';
import type { FormId } from '../model/token.ts';
import { providers } from '../recognise/providers/index.ts';
import { recognise } from '../recognise/recognise.ts';
import { readTimes } from '../recognise/times.ts';
import { inferUse } from '../recognise/token-use.ts';
import type { Json, JsonObject } from '../text/json.ts';
import { type Cause, diagnose, roomBeingJoined } from './diagnose.ts';

function subjectOf(text: string, form: FormId = 'jws'): Subject {
  const token = decode(text, form);
  const [best] = recognise(token);
  const facts = best?.provider.facts(token) ?? unknownFacts;
  return {
    token,
    sightings: [],
    provider: best ? { id: best.provider.id, name: best.provider.name, ...best.recognition } : null,
    facts: { ...facts, use: inferUse({ token, facts, sightings: [] }) },
    times: readTimes(token, best?.provider ?? null, now),
    findings: [],
  };
}

const causes = (token: string, pageUrl: string | null = null, frames: string[] = []): Cause[] =>
  diagnose(subjectOf(token), { now, pageUrl, frames: frames.map((url) => ({ url })) });
const ids = (...args: Parameters<typeof causes>) => causes(...args).map(({ id }) => id);
const first = (...args: Parameters<typeof causes>) => causes(...args)[0];

test('an ordinary token explains nothing', () => {
  expect(causes(dailyToken({ u: 'Ada', o: true }), 'https://acme.daily.co/standup')).toEqual([]);
  expect(causes(jitsiToken({ context: { user: { name: 'Ada' } } }), 'https://meet.example.com/StandUp#jwt=x')).toEqual(
    [],
  );
  expect(causes(jaasToken(), `https://8x8.vc/${jaasAppId}/standup`)).toEqual([]);
  expect(causes(vonageClaims(), 'https://calls.example/room/standup')).toEqual([]);
  expect(causes(opentokClaims())).toEqual([]);
});

test('expiry comes first, with how long ago and how to mint anew', () => {
  const cause = first(dailyToken({ exp: now - minutes(90), r: 'other' }), 'https://acme.daily.co/standup');
  expect(cause).toMatchObject({ id: 'expired', likelihood: 'certain', at: 'claims.exp' });
  expect(cause?.says).toContain('1 hour 30 minutes ago');
});

test('a token for later, and clocks that differ', () => {
  expect(first(dailyToken({ nbf: now + minutes(20) }))).toMatchObject({ id: 'not-yet-valid', at: 'claims.nbf' });
  expect(first(dailyToken({ nbf: now + 5 }))).toMatchObject({ id: 'not-yet-valid', likelihood: 'likely' });
  expect(first(dailyToken({ iat: now + minutes(10) }))).toMatchObject({ id: 'clocks-differ', likelihood: 'likely' });
  expect(ids(dailyToken({ exp: now + 10 }))).toContain('expires-at-once');
  expect(ids(dailyToken({ nbf: now + hours(2), exp: now + hours(1) }))).toContain('not-yet-valid');
});

test('times written wrongly', () => {
  expect(first(jitsiToken({ exp: String(now + hours(1)) }))).toMatchObject({
    id: 'time-not-a-number',
    at: 'claims.exp',
  });
  expect(first(dailyToken({ exp: (now + hours(1)) * 1000 }))).toMatchObject({ id: 'time-in-milliseconds' });
  expect(first(dailyToken({ nbf: now * 1000 }))).toMatchObject({
    id: 'time-in-milliseconds',
    likelihood: 'certain',
    at: 'claims.nbf',
  });
  expect(first(dailyToken({ exp: 3600 }))).toMatchObject({ id: 'time-relative', likelihood: 'certain' });
});

test('the room of a call page that is not the token’s', () => {
  expect(first(dailyToken(), 'https://calls.example/', ['https://acme.daily.co/retro?t=x'])).toMatchObject({
    id: 'room-differs',
    likelihood: 'certain',
    at: 'claims.r',
  });
  expect(first(jitsiToken(), 'https://calls.example/?room=retro')).toMatchObject({
    id: 'room-differs',
    likelihood: 'likely',
  });
});

test('ids are compared where the platform itself puts rooms, and nowhere else', () => {
  const token = dailyToken({ r: 'Xb3LkT9pQm2Vz8Rn4YwA' });
  expect(ids(token, 'https://acme.daily.co/9aLkT2pQm5Vz8Rn4YwAb')).toEqual(['room-differs']);
  expect(ids(token, 'https://calls.example/?room=9aLkT2pQm5Vz8Rn4YwAb')).toEqual([]);
});

test('a room that no pattern of the token matches', () => {
  const token = jitsiToken({ room: 'standup%-%d+', context: { user: {}, room: { regex: true } } });
  expect(ids(token, 'https://meet.example.com/standup-7#jwt=x')).toEqual([]);
  expect(first(token, 'https://meet.example.com/retro#jwt=x')?.says).toContain('only rooms like "standup%-%d+"');
});

test('no room is compared where none can be told', () => {
  expect(ids(dailyToken({ r: 'standup' }), 'https://calls.example/c/7f3a')).toEqual([]);
  expect(ids(dailyToken(), 'https://acme.daily.co/standup', ['https://acme.daily.co/retro'])).toEqual([]);
  expect(ids(dailyToken({ r: undefined as never }), 'https://acme.daily.co/retro')).toEqual([]);
  expect(ids(jitsiToken({ room: '*', context: {} }), 'https://meet.example.com/retro#jwt=x')).toEqual([]);
  expect(ids(vonageClaims(), 'https://calls.example/?room=retro')).toEqual([]);
});

test('the room being joined is the one the token opens, else the one named first', () => {
  const joining = (token: string, pageUrl: string | null, ...frames: string[]) =>
    roomBeingJoined(subjectOf(token), { pageUrl, frames: frames.map((url) => ({ url })) });
  expect(joining(dailyToken({ r: 'standup' }), 'https://acme.daily.co/retro')).toBe('retro');
  expect(joining(dailyToken({ r: 'standup' }), 'https://acme.daily.co/standup', 'https://acme.daily.co/retro')).toBe(
    'standup',
  );
  expect(joining(jitsiToken(), 'https://meet.example.com/standup#jwt=x')).toBe('standup');
  expect(joining(jitsiToken(), 'https://meet.example.com/Acme/standup#jwt=x')).toBe('acme/standup');
  expect(joining(dailyToken(), 'https://calls.example/')).toBeNull();
  expect(joining(vonageClaims(), 'https://calls.example/?room=retro')).toBeNull();
  expect(joining(jwt({ hello: 1 }), null)).toBeNull();
});

test('names the platform does not read', () => {
  const { room: _, ...noRoom } = { room: '', aud: 'a', iss: 'a', sub: 's', exp: now + hours(1) };
  const renamed = causes(jitsiClaims({ ...noRoom, roomName: 'standup', context: { user: {}, features: {} } }));
  expect(renamed[0]).toMatchObject({ id: 'claim-missing', at: 'claims.room' });
  expect(renamed).toContainEqual(
    expect.objectContaining({ id: 'misspelt', at: 'claims.roomName', fix: 'Use `room` instead of `roomName`.' }),
  );
  expect(ids(jitsiToken({ moderator: true, context: { user: { name: 'Ada' } } }))).toEqual(['misspelt']);
  expect(first(dailyClaims({ d: dailyDomain, iat: now, exp: now + 60, r: 'a', is_owner: true }))).toMatchObject({
    id: 'misspelt',
    at: 'claims.is_owner',
    fix: 'Use `o` instead of `is_owner`.',
  });
  expect(first(jitsiToken({ context: { user: { moderatr: true } } }))).toMatchObject({
    at: 'claims.context.user.moderatr',
  });
  expect(first(vonageClaims({ conection_data: 'x' }))).toMatchObject({
    fix: expect.stringContaining('`connection_data`'),
  });
});

test('names of the application’s own are left alone', () => {
  expect(ids(dailyToken({ x: 1, theme: 'dark', team: 'blue' }))).toEqual([]);
  expect(ids(jitsiToken({ tenantId: 4, context: { user: { name: 'Ada', department: 'x' }, meeting: 7 } }))).toEqual([]);
});

test('values of the wrong type', () => {
  expect(first(jitsiToken({ context: { user: { moderator: 'yes' } } }))).toMatchObject({
    id: 'mistyped',
    at: 'claims.context.user.moderator',
    likelihood: 'possible',
  });
  const owner = first(dailyToken({ o: 'true' }));
  expect(owner).toMatchObject({ id: 'mistyped', at: 'claims.o' });
  expect(owner?.fix).toBe('Write `o` as true or false, without quotes.');
  expect(first(jitsiToken({ room: 42 }))?.id).toMatch(/claim-missing|mistyped|unknown-platform/);
  expect(first(jitsiToken({ context: { user: { name: null } } }))).toMatchObject({ at: 'claims.context.user.name' });
  expect(first(vonageClaims({ role: 'presenter' }))).toMatchObject({ id: 'unknown-value', at: 'claims.role' });
});

test('claims that must be there', () => {
  expect(
    first(jaasClaims({ aud: 'jitsi', iss: 'chat', sub: jaasAppId, exp: now + 600, context: { features: {} } })),
  ).toMatchObject({
    id: 'claim-missing',
    likelihood: 'certain',
    at: 'claims.room',
  });
  expect(ids(jaasToken({ context: { user: {} } }))).toContain('claim-missing');
  expect(first(jaasToken({}, { kid: 'abc' }))).toMatchObject({ at: 'header.kid', likelihood: 'certain' });
  expect(first(jaasToken({}, { kid: 'vpaas-magic-cookie-ffff/1' }))).toMatchObject({
    at: 'claims.sub',
    likelihood: 'certain',
  });
});

test('the wrong algorithm, and none', () => {
  expect(
    first(
      dailyClaims({ r: 'a', d: dailyDomain, iat: now, exp: now + 600 }).replace(/^[^.]+/, () =>
        head({ alg: 'HS512', typ: 'JWT' }),
      ),
    ),
  ).toMatchObject({
    id: 'wrong-algorithm',
    at: 'header.alg',
  });
  expect(first(unsecuredJwt({ r: 'a', d: dailyDomain, iat: now, exp: now + 600 }))).toMatchObject({ id: 'unsigned' });
  expect(first(jitsiToken().replace(/^[^.]+/, () => head({ alg: 'HS256' })))).toMatchObject({
    at: 'header.typ',
    likelihood: 'certain',
  });
});

const head = (header: JsonObject) => Buffer.from(JSON.stringify(header)).toString('base64url');

test('the wrong product', async () => {
  const server = (await opentokMinted.server?.()) ?? '';
  expect(ids(server)).toEqual(['server-credential']);
  expect(ids(jaasToken({ admin: true }))).toEqual(['server-credential']);
  expect(ids(jwt({ hello: 'world' }))).toEqual(['unknown-platform']);
  expect(ids(vonageClaims(), 'https://acme.daily.co/standup')).toEqual(['wrong-platform']);
  expect(ids(jaasToken(), 'https://8x8.vc/vpaas-magic-cookie-ffff/standup')).toEqual(['platform']);
});

test('a call of its own in a frame is no call of the other platform beside it', () => {
  const own = `https://meet.example.com/standup?jwt=${jitsiToken()}`;
  const page = { ...emptyCapture(now), frames: [own, 'https://acme.daily.co/retro'].map(frameAt) };
  const [subject] = inspect(find(page).sightings, { now, policy: standard }).subjects;
  const { frames } = page;
  expect(subject && diagnose(subject, { now, pageUrl: null, frames }).map(({ id }) => id)).not.toContain(
    'wrong-platform',
  );
  const kept = subject && {
    ...subject,
    sightings: subject.sightings.map((one) => ({ ...one, goneAt: now })),
  };
  expect(kept && diagnose(kept, { now, pageUrl: null, frames }).map(({ id }) => id)).toContain('wrong-platform');
});

const frameAt = (url: string) => ({ url, origin: new URL(url).origin, parentUrl: null, loadedAt: now });

test('the vendor’s limits', () => {
  expect(ids(vonageClaims({ exp: now + days(31) }))).toEqual(['lifetime-outside-limits']);
  expect(ids(vonageClaims({ connection_data: 'x'.repeat(1001) }))).toEqual(['too-long']);
  expect(ids(dailyToken({ ud: 'x'.repeat(37) }))).toEqual(['too-long']);
  expect(ids(vonageClaims({ session_id: sessionId('bbbbbbbb-bbbb-cccc-dddd-0123456789ab') }))).toEqual(['platform']);
});

test('ordinary hosts and guests of every platform have no reason to fail', async () => {
  const folder = join(import.meta.dirname, '../../../test/builders/mint');
  const files = readdirSync(folder).filter((file) => /^[^.]+\.ts$/.test(file) && file !== 'identity.ts');
  let asked = 0;
  for (const file of files) {
    const exported = Object.values((await import(join(folder, file))) as Record<string, unknown>);
    for (const minted of exported as Record<string, unknown>[]) {
      for (const name of ['guest', 'host', 'viewer']) {
        const mint = typeof minted === 'object' ? minted?.[name] : null;
        if (typeof mint !== 'function') continue;
        const [hit] = detect(String(await mint())).hits;
        if (!hit) continue;
        const subject = subjectOf(hit.token, hit.form);
        const { issuedAt, notBefore } = subject.times;
        const found = diagnose(subject, {
          now: Math.max(now, issuedAt ?? 0, notBefore ?? 0) + 1,
          pageUrl: null,
          frames: [],
        });
        // Nobody joins with what its vendor has retired, and Mux has closed the service.
        const provider = providers.find(({ id }) => id === subject.provider?.id);
        const isOver = file === 'mux.ts' || (provider?.legacy?.(subject.token) ?? null) !== null;
        expect([file, name, isOver ? [] : found]).toEqual([file, name, []]);
        asked += 1;
      }
    }
  }
  expect(asked).toBeGreaterThan(30);
});

test('a damaged token says so before anything else', () => {
  expect(first(`${dailyToken().slice(0, 60)}.x.y`)).toMatchObject({ id: 'damaged', likelihood: 'certain' });
});

test('claims without end are judged in bounds', () => {
  let nested: Json = 'end';
  for (let depth = 0; depth < 100_000; depth += 1) nested = { user: nested };
  const large = 'x'.repeat(10_000_000);
  const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`member${index}.${index}`, index]));
  for (const { id, provider } of providers.map((provider) => ({ id: provider.id, provider }))) {
    const subject = subjectOf(dailyToken());
    for (const value of [nested, large, many]) {
      const claims = Object.fromEntries(
        [...Object.keys(provider.claims), large, '__proto__'].map((name) => [name, value]),
      );
      const token = { ...subject.token, claims };
      const found = diagnose(
        { ...subject, token, provider: { id, name: id, confidence: 'certain', because: '' } },
        { now, pageUrl: 'https://x.example/', frames: [] },
      );
      expect(found.length).toBeLessThanOrEqual(20);
      for (const { says, at } of found) expect(says.length + (at?.length ?? 0)).toBeLessThan(1000);
    }
  }
});

test('any claims at any address: no exception, causes in order, one sentence each', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.string({ maxLength: 40 }),
    fc.double(),
    fc.constant('\ud800'),
  ) as fc.Arbitrary<never>;
  const names = [
    'r',
    'd',
    'o',
    'p',
    'exp',
    'nbf',
    'iat',
    'room',
    'iss',
    'aud',
    'sub',
    'context',
    'session_id',
    'role',
    'scope',
    'ist',
    'application_id',
    '__proto__',
  ];
  const claims = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 12 })), value, {
    maxKeys: 10,
  });
  const rank = ['certain', 'likely', 'possible'];
  fc.assert(
    fc.property(
      claims,
      fc.oneof(fc.webUrl(), fc.string(), fc.constant('https://acme.daily.co/%E0%A4%A')),
      (payload, url) => {
        const payloadText = JSON.stringify(payload);
        const found = causes(
          `${head({ alg: 'HS256', typ: 'JWT' })}.${Buffer.from(payloadText).toString('base64url')}.c2ln`,
          url,
          [url],
        );
        expect(found.map(({ likelihood }) => rank.indexOf(likelihood))).toEqual(
          found.map(({ likelihood }) => rank.indexOf(likelihood)).sort((a, b) => a - b),
        );
        for (const { says, fix, at } of found) {
          expect(says).toMatch(/^\S[\s\S]*[.…]$/);
          expect(fix).toMatch(/^\S[\s\S]*[.]$/);
          expect(says.length).toBeLessThan(600);
          expect(at === null || /^(claims|header)\./.test(at)).toBe(true);
        }
      },
    ),
    { seed: 20_261_126, numRuns: 500 },
  );
});
