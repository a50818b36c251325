import { afterEach, describe, expect, test, vi } from 'vitest';
import { pageOf } from '../../test/builders/captures.ts';
import { agora007, opentokT1, sdJwt } from '../../test/builders/other-tokens.ts';
import { base64url, daily, jwt, now } from '../../test/builders/tokens.ts';
import { roomkey } from '../../test/doubles/fake-terminal.ts';
import { createGatherer } from '../inputs/gather.ts';
import { standard } from './audit/policy/policies.ts';
import { rules } from './audit/rules/index.ts';
import { contained, unitFailed } from './contain.ts';
import { decode } from './decode/decode.ts';
import type { Form } from './decode/forms/form.ts';
import { forms } from './decode/forms/index.ts';
import { diagnose } from './diagnose/diagnose.ts';
import { checkExpectations } from './expect/check-expectations.ts';
import { detect } from './find/detect.ts';
import { encodings } from './find/encodings/index.ts';
import { libraries } from './find/libraries/index.ts';
import { sources } from './find/sources/index.ts';
import { find, inspect } from './inspect.ts';
import type { Report, Subject } from './model/report.ts';
import type { Hit, Sighting } from './model/token.ts';
import { providers } from './recognise/providers/index.ts';
import type { Provider } from './recognise/providers/provider.ts';
import { formats } from './report/formats/index.ts';

const plain = jwt({ sub: 'u1', iat: now });

/** Quotes what it was reading, as `JSON.parse` does. */
const fault = (): never => {
  throw new TypeError(`Unexpected token in ${plain}`);
};

afterEach(() => {
  vi.restoreAllMocks();
});

const page = pageOf({
  url: `https://call.acme.com/standup?t=${daily.guest()}`,
  local: {
    '@@auth0spajs@@::n3wC1ient::default::openid': JSON.stringify({ body: { access_token: plain } }),
    agora: agora007(),
    wrapped: encodeURIComponent(JSON.stringify({ a: base64url(JSON.stringify({ token: daily.host() })) })),
    secret: `-----BEGIN PRIVATE KEY-----\n${'MIIEvQ'.repeat(20)}\n-----END PRIVATE KEY-----`,
  },
  session: { credential: sdJwt({ given_name: 'Ada' }), opentok: opentokT1() },
  cookies: [{ name: 'session', value: jwt({ sub: 'u2', iat: now }) }],
  frames: [`https://widget.example/?jwt=${jwt({ sub: 'u3', iat: now })}`],
});

function look(): { report: Report; sightings: Sighting[] } {
  const { sightings, problems } = find(page);
  return { sightings, report: inspect(sightings, { now, policy: standard, page: page.page, problems }) };
}

/** Everything but what the failed part would have brought stands as before, and the report says which part failed. */
function expectContained(kind: string, id: string, isOthers: (sighting: Sighting) => boolean, wasCalled: boolean) {
  const { report, sightings } = look();
  const tokens = sightings.map((one) => one.token);
  expect(tokens).toEqual(expect.arrayContaining(whole.sightings.filter(isOthers).map((one) => one.token)));
  const failures = report.problems.filter(({ code }) => code === 'unit-failed' || code === 'rule-failed');
  if (wasCalled) expect(failures.map(({ message }) => message).join()).toContain(`the ${kind} "${id}" (TypeError)`);
  else expect(failures).toEqual([]);
  expect(JSON.stringify(failures)).not.toContain(plain.slice(-20));
}

const sightingOf = (hit: Hit): Sighting => ({ ...(whole.sightings[0] as Sighting), ...hit });
const whole = look();

describe('a part that fails takes nothing else along', () => {
  test('the page of these tests holds nine secrets and no fault', () => {
    expect(whole.sightings.length).toBe(9);
    expect(whole.report.problems).toEqual([]);
  });

  test.each(forms.map((form) => [form.id, form] as const))('the form %s', (id, form) => {
    const spies: { mock: { calls: unknown[] } }[] = [vi.spyOn(form, 'read').mockImplementation(fault)];
    if (form.match) spies.push(vi.spyOn(form as Required<Form>, 'match').mockImplementation(fault));
    look();
    const wasCalled = spies.some((spy) => spy.mock.calls.length > 0);
    expectContained('form', id, (sighting) => sighting.form !== id, wasCalled);
  });

  test.each(encodings.map((encoding) => [encoding.id, encoding] as const))('the encoding %s', (id, encoding) => {
    const spy = vi.spyOn(encoding, 'peel').mockImplementation(fault);
    look();
    expectContained('encoding', id, (sighting) => !sighting.encodings.includes(id), spy.mock.calls.length > 0);
  });

  test.each(sources.map((source) => [source.id, source] as const))('the source %s', (id, source) => {
    vi.spyOn(source, 'snippets').mockImplementation(fault);
    expectContained('source', id, (sighting) => sighting.place.source !== id, true);
  });

  test.each(libraries.map((library) => [library.id, library] as const))('the library %s', (id, library) => {
    vi.spyOn(library, 'describe').mockImplementation(fault);
    expectContained('library', id, () => true, true);
  });

  test.each(providers.map((provider) => [provider.id, provider] as const))('the platform %s', (id, provider) => {
    vi.spyOn(provider, 'recognise').mockImplementation(fault);
    expectContained('provider', id, () => true, true);
  });

  test.each(['facts', 'times'] as const)('what a platform says of the %s of its tokens', (part) => {
    const opentok = providers.find(({ id }) => id === 'opentok') as Required<Provider>;
    vi.spyOn(opentok, part).mockImplementation(fault);
    expectContained('provider', 'opentok', () => true, true);
    expect(look().report.subjects.find(({ token }) => token.form === 'opentok-t1')?.provider?.id).toBe('opentok');
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))('the rule %s', (id, rule) => {
    vi.spyOn(rule, 'check').mockImplementation(fault);
    if (rule.judges === 'token') vi.spyOn(rule, 'applies').mockImplementation(fault);
    expectContained('rule', id, () => true, true);
    const others = whole.report.subjects.flatMap(({ findings }) => findings).filter(({ rule: of }) => of !== id);
    const left = look().report.subjects.flatMap(({ findings }) => findings);
    // Rules silence one another, so there may be more.
    expect(left.length).toBeGreaterThanOrEqual(others.length);
  });
});

test('a cause that fails is said to, and the other causes stand', () => {
  const page = { now, pageUrl: null, frames: [] };
  const expired = daily.guest({ exp: now - 9999, r: undefined as never });
  const [subject] = inspect(detect(expired).hits.map(sightingOf), { now, policy: standard }).subjects as [Subject];
  const before = diagnose(subject, page);
  expect(before.length).toBeGreaterThan(0);
  const dailyCo = providers.find(({ id }) => id === 'daily') as Provider;
  vi.spyOn(dailyCo, 'joinProblems').mockImplementation(fault);
  const after = diagnose(subject, page);
  expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(['unit-failed', 'expired']));
  expect(after.find(({ id }) => id === 'unit-failed')?.says).toContain('the cause "platform" (TypeError)');
});

test('an expectation that cannot be checked has not held, and the others are checked', () => {
  const { report } = look();
  const results = checkExpectations(report, {
    expect: [
      {
        name: 'odd',
        get where() {
          return fault();
        },
      } as never,
      { name: 'one', maxSeverity: 'critical' } as never,
    ],
  });
  expect(results.map(({ name, held }) => [name, held])).toEqual([
    ['odd', false],
    ['one', true],
  ]);
  expect(results[0]?.says).toContain('the expectation "odd" (TypeError)');
});

test('a reader that fails is named, and what it had read counts', async () => {
  const gatherer = createGatherer();
  const failure = await gatherer.add(
    {
      name: 'a.har',
      kind: 'har',
      bytes: 1,
      window: null,
      failure: null,
      async read(_, emit) {
        emit(page);
        fault();
      },
    },
    now,
  );
  const { sightings, inputs } = gatherer.finish();
  expect(failure).toBeNull();
  expect(sightings).toHaveLength(9);
  expect(inputs[0]?.problems).toMatchObject([{ code: 'unit-failed', subject: 'reader har in a.har' }]);
});

test('a format that fails is complained of, and no result is claimed', async () => {
  const json = formats.find(({ id }) => id === 'json') as (typeof formats)[number];
  vi.spyOn(json, 'write').mockImplementation(fault);
  const args = ['scan', '--format', 'json', '-'];
  const { code, out, complaints } = await roomkey(args, daily.host({ exp: now + 90 * 86_400 }));
  expect([code, out]).toEqual([2, '']);
  expect(complaints.join()).toContain('the format "json" (TypeError)');
});

test('the place is named along with the part, once for all its places', () => {
  const jws = forms.find(({ id }) => id === 'jws') as Required<Form>;
  vi.spyOn(jws, 'match').mockImplementation(fault);
  expect(find(page).problems.map(({ code, subject }) => [code, subject])).toEqual([
    ['unit-failed', 'form jws in page URL ?t'],
  ]);
});

test('detection names a form that failed, so that nobody takes its silence for an all-clear', () => {
  const broken = { ...(forms[0] as (typeof forms)[number]), match: fault };
  const { hits, problems } = detect(`${daily.guest()} ${daily.host()}`, { forms: [broken, ...forms.slice(1)] });
  expect(hits.map(({ token }) => token)).toEqual([daily.guest(), daily.host()]);
  expect(problems).toMatchObject([{ code: 'unit-failed', subject: 'form sd-jwt' }]);
});

test('a token whose form fails is listed unread', () => {
  const broken = { ...(forms.find(({ id }) => id === 'jws') as (typeof forms)[number]), read: fault };
  const token = decode(plain, 'jws', [broken]);
  expect(token).toMatchObject({ text: plain, form: 'jws', header: null, claims: null });
  expect(token.problem).toMatchObject({ code: 'unit-failed', subject: 'form jws' });
  expect(token.problem?.message).not.toContain(plain.slice(-20));
});

test('an error is told by its name only, and only when it has an ordinary one', () => {
  const odd = Object.assign(new Error('x'), { name: `<b>${plain}` });
  for (const error of [odd, plain, null, { name: 'x' }, { toString: 1 }]) {
    expect(unitFailed('form', 'jws', error).message).toBe(
      'A part of Roomkey failed: the form "jws". Tokens of this form may be missing, or stand there unread. Everything else stands.',
    );
  }
  const told: string[] = [];
  expect(
    contained(
      'view',
      'claims',
      7,
      ({ message }) => told.push(message),
      () => 8,
    ),
  ).toBe(8);
  expect(told).toEqual([]);
});
