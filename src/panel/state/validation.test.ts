import { expect, test, vi } from 'vitest';
import { daily, jwt, now } from '../../../test/builders/tokens.ts';
import { policies } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import type { Subject } from '../../engine/model/report.ts';
import { ask } from '../../introspection/ask.ts';
import type { BackendHost, BackendSettings } from '../host.ts';
import { createValidation } from './validation.ts';

function subjectsOf(...tokens: string[]): Subject[] {
  const texts = tokens.map((text, i) => ({ name: `text ${i}`, text }));
  const capture = { readAt: now, page: null, frames: [], stores: [], cookies: [], texts, problems: [] };
  const { subjects } = inspect(find(capture).sightings, { now, policy: policies.standard });
  return tokens.map((text) => subjects.find(({ token }) => token.text === text) as Subject);
}

const general: BackendSettings = {
  id: 'b1',
  url: 'https://backend.example/introspect',
  sites: [],
  providers: [],
  header: null,
};

interface Overrides extends Partial<BackendHost> {
  fetch?: typeof fetch;
}

function setUp(
  { fetch = async () => Response.json({ active: true }), ...overrides }: Overrides = {},
  backends: BackendSettings[] = [general],
  isWhole = true,
) {
  const host: BackendHost = {
    hasAccess: async () => true,
    ask: (backend, request, signal) => ask(backend, request, { fetch, signal }),
    secrets: { load: async () => ({ b1: 'Bearer secret-header' }), save: async () => undefined },
    ...overrides,
  };
  const list = { current: backends };
  const validation = createValidation({
    host,
    backends: () => list.current,
    isWhole: () => isWhole,
    pageOrigin: () => 'https://call.example',
    roomOf: () => 'standup',
    now: () => now,
  });
  return { validation, list };
}

test('asks nothing by itself, and once when told to', async () => {
  const fetch = vi.fn(async () => Response.json({ active: false }));
  const { validation } = setUp({ fetch });
  const [guest] = subjectsOf(daily.guest()) as [Subject];
  expect(fetch).not.toHaveBeenCalled();
  const asked = validation.validate(guest);
  expect(validation.validities.value.get(guest.token.id)).toEqual({ kind: 'asking', by: 'backend.example' });
  await Promise.all([asked, validation.validate(guest)]);
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(validation.validities.value.get(guest.token.id)).toMatchObject({
    kind: 'reply',
    at: now,
    reply: { active: false },
  });
});

test('sends the token, the platform and the room of the page, and the header’s secret', async () => {
  let sent: RequestInit = {};
  const { validation } = setUp(
    {
      fetch: async (_, init) => {
        sent = init ?? {};
        return Response.json({ active: true });
      },
    },
    [{ ...general, header: 'authorization' }],
  );
  const [guest] = subjectsOf(daily.guest()) as [Subject];
  await validation.validate(guest);
  expect(new URLSearchParams(String(sent.body)).get('room')).toBe('standup');
  expect(new URLSearchParams(String(sent.body)).get('provider')).toBe('daily');
  expect(sent.headers).toMatchObject({ authorization: 'Bearer secret-header' });
});

test('chooses the backend of the platform before the one of the page before the general one', () => {
  const forDaily = { ...general, id: 'b2', providers: ['daily'] };
  const forSite = { ...general, id: 'b3', sites: ['https://call.example'] };
  const elsewhere = { ...general, id: 'b4', sites: ['https://other.example'], providers: ['daily'] };
  const { validation } = setUp({}, [general, forSite, elsewhere, forDaily]);
  const [guest, other] = subjectsOf(daily.guest(), jwt({ hello: 'world' })) as [Subject, Subject];
  expect(validation.backendFor(guest)?.id).toBe('b2');
  expect(validation.backendFor(other)?.id).toBe('b3');
  expect(setUp({}, [elsewhere]).validation.backendFor(other)).toBeNull();
});

test.each([
  [
    'access was denied or withdrawn',
    { hasAccess: (): Promise<boolean> => Promise.resolve(false) },
    'access-denied',
    general,
  ],
  [
    'the header’s secret is forgotten',
    { secrets: { load: async () => ({}), save: async () => undefined } },
    'unauthorized',
    { ...general, header: 'authorization' },
  ],
  [
    'the surroundings fail',
    { hasAccess: (): Promise<boolean> => Promise.reject(new Error('gone')) },
    'unreachable',
    general,
  ],
  ['the URL is not secure', {}, 'url-insecure', { ...general, url: 'http://backend.example/' }],
] as const)('says so when %s', async (_, overrides, code, backend) => {
  const { validation } = setUp(overrides, [backend as BackendSettings]);
  const [guest] = subjectsOf(daily.guest()) as [Subject];
  await validation.validate(guest);
  expect(validation.validities.value.get(guest.token.id)).toMatchObject({ kind: 'fault', fault: { code } });
});

const silent: typeof fetch = (_, init) =>
  new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));

test('a backend removed meanwhile is told; a cancelled question leaves nothing; a closed panel neither', async () => {
  const [guest] = subjectsOf(daily.guest()) as [Subject];
  for (const [end, left] of [
    [(v: ReturnType<typeof setUp>['validation']) => v.forgetBackend('b1', general.url), 'fault'],
    [(v: ReturnType<typeof setUp>['validation']) => v.cancel(), undefined],
    [(v: ReturnType<typeof setUp>['validation']) => v.close(), undefined],
  ] as const) {
    const { validation } = setUp({ fetch: silent });
    const asked = validation.validate(guest);
    await Promise.resolve();
    end(validation);
    await asked;
    expect(validation.validities.value.get(guest.token.id)?.kind).toBe(left);
  }
});

test('asks about all tokens, a few at once, and stops when told to', async () => {
  const subjects = subjectsOf(...Array.from({ length: 12 }, (_, i) => daily.guest({ ud: `user-${i}` })));
  let running = 0;
  let most = 0;
  const { validation } = setUp({
    fetch: async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      return Response.json({ active: true });
    },
  });
  await validation.validateAll(subjects);
  expect(validation.validities.value.size).toBe(12);
  expect(most).toBe(4);

  const fetch = vi.fn(silent);
  const stopped = setUp({ fetch }).validation;
  const all = stopped.validateAll(subjects);
  await new Promise((resolve) => setTimeout(resolve, 5));
  stopped.cancel();
  await all;
  expect(fetch).toHaveBeenCalledTimes(4);
  expect(stopped.validities.value.size).toBe(0);
});

test('tokens that are masked are not sent', async () => {
  const fetch = vi.fn(async () => Response.json({ active: true }));
  const { validation } = setUp({ fetch }, [general], false);
  const [guest] = subjectsOf(daily.guest()) as [Subject];
  await validation.validate(guest);
  await validation.validateAll([guest]);
  expect(fetch).not.toHaveBeenCalled();
});

test('gives up one token and leaves the others', async () => {
  const [one, other] = subjectsOf(daily.guest({ ud: 'a' }), daily.guest({ ud: 'b' })) as [Subject, Subject];
  const { validation } = setUp({ fetch: silent });
  const asked = validation.validateAll([one, other]);
  await Promise.resolve();
  validation.cancel(one.token.id);
  await vi.waitFor(() => expect([...validation.validities.value.keys()]).toEqual([other.token.id]));
  validation.cancel();
  await asked;
});

test('asks for the room that the user names instead of the one of the page', async () => {
  let body = '';
  const { validation } = setUp({
    fetch: async (_, init) => {
      body = String(init?.body);
      return Response.json({ active: true });
    },
  });
  const [guest] = subjectsOf(daily.guest()) as [Subject];
  await validation.validate(guest, 'retro');
  expect(new URLSearchParams(body).get('room')).toBe('retro');
});

test('what a key in hand told stands beside the answer, until the panel closes', async () => {
  const { validation } = setUp();
  const [guest] = subjectsOf(daily.guest()) as [Subject];
  validation.keepLocal(guest.token.id, { outcome: 'failed', reason: 'It does not match.' });
  await validation.validate(guest);
  expect(validation.localChecks.value.get(guest.token.id)).toMatchObject({ outcome: 'failed', at: now });
  expect(validation.validities.value.get(guest.token.id)?.kind).toBe('reply');
  validation.close();
  expect([validation.localChecks.value.size, validation.validities.value.size]).toEqual([0, 0]);
});

test('an answer of a changed backend no longer counts', async () => {
  const { validation } = setUp();
  const [guest] = subjectsOf(daily.guest()) as [Subject];
  await validation.validate(guest);
  validation.forgetBackend('b1', general.url);
  expect(validation.validities.value.size).toBe(0);
});

test.each([
  ['another id', { jti: 'b' }, '`jti` is'],
  ['another end', { exp: now + 7200 }, '`exp` is'],
  ['other times', { jti: 'a', iat: now - 60, nbf: now - 60 }, '`iat` and `nbf` are'],
])('a reply with %s than the token is none about it', async (_, members, differ) => {
  const asked = jwt({ jti: 'a', iat: now, nbf: now, exp: now + 60 });
  const answering = (reply: object) => setUp({ fetch: async () => Response.json(reply) }).validation;
  const [subject] = subjectsOf(asked) as [Subject];
  const told = async (reply: object) => {
    const validation = answering(reply);
    await validation.validate(subject);
    return validation.validities.value.get(subject.token.id);
  };
  expect(await told({ active: true, ...members })).toMatchObject({
    kind: 'fault',
    fault: {
      code: 'contradictory',
      message: `backend.example: The reply is not about this token: it calls one active whose ${differ} not what the token says.`,
    },
  });
  expect(await told({ active: false, ...members })).toMatchObject({ kind: 'reply' });
  expect(await told({ active: true, jti: 'a', exp: now + 60.4, sub: 'told otherwise' })).toMatchObject({
    kind: 'reply',
  });
});
