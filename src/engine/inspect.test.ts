import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageOf, pageUrl } from '../../test/builders/captures.ts';
import { dailyHost, dailyToken, livekitToken } from '../../test/builders/join-tokens.ts';
import { hours, jwt, minutes, now } from '../../test/builders/tokens.ts';
import { isWhole } from '../../test/sampled.ts';
import { type Policy, policies, standard } from './audit/policy/policies.ts';
import { rules } from './audit/rules/index.ts';
import type { Rule, TokenRule } from './audit/rules/rule.ts';
import { createInspector, find, type InspectOptions, inspect } from './inspect.ts';
import type { Page } from './model/capture.ts';
import type { FoundKey } from './model/report.ts';
import type { Sighting } from './model/token.ts';

const bound = jwt({ sub: 'ada', iss: 'https://login.acme.com', cnf: { jkt: 'x'.repeat(43) }, exp: now + hours(1) });
const ath = createHash('sha256').update(bound).digest('base64url');

/** Tokens that rules compare with each other, and tokens whose findings depend on the clock, the page or the user. */
const pool = [
  dailyToken({ ud: 'ada', exp: now + minutes(20) }),
  dailyToken({ ud: 'ada', exp: now + minutes(40) }),
  dailyHost({ exp: undefined }),
  livekitToken({ roomAdmin: true }, { sub: 'bob' }),
  jwt({ sub: 'ada', jti: 'one', iss: 'https://login.acme.com', exp: now + minutes(3) }),
  jwt({ sub: 'bob', jti: 'one', iss: 'https://login.acme.com', iat: now + minutes(5) }),
  jwt({ sub: 'ada', scope: 'openid', aud: 'https://api.acme.com', exp: now - minutes(5) }),
  jwt({ sub: 'ada', typ: 'Refresh', exp: now + hours(200) }),
  bound,
  jwt({ ath, htm: 'GET', htu: 'https://api.acme.com/', jti: 'p', iat: now }, { typ: 'dpop+jwt' }),
  jwt({ role: 'service_role', iss: 'supabase', exp: now + hours(10_000) }),
  dailyToken().slice(0, 60),
];

const someToken = fc.nat(pool.length - 1);
const entries = fc.dictionary(fc.constantFrom('auth', 'jwt', 'refresh_token', 'id_token'), someToken, { maxKeys: 4 });

interface Look {
  local: Record<string, number>;
  session: Record<string, number>;
  cookies: { name: string; token: number; wide: boolean; lasts: boolean }[];
  frames: number[];
  inPage: number | null;
  goneFrom: number;
  clock: number;
  policy: Policy;
  pageMark: 'guest' | 'host' | null;
  hasLoggedOut: boolean;
  hasKey: boolean;
}

const twisted: Policy = {
  ...standard,
  name: 'twisted',
  off: ['jti-reused'],
  origins: { 'https://call.acme.com': { off: ['script-readable'], severities: { 'exp-missing': 'low' } } },
  mutes: [{ rule: '*', token: null, place: null, origin: 'https://media.acme.com', reason: 'known' }],
};

const look: fc.Arbitrary<Look> = fc.record({
  local: entries,
  session: entries,
  cookies: fc.array(
    fc.record({ name: fc.constantFrom('sid', 'jwt'), token: someToken, wide: fc.boolean(), lasts: fc.boolean() }),
    { maxLength: 3 },
  ),
  frames: fc.array(someToken, { maxLength: 2 }),
  inPage: fc.option(someToken),
  goneFrom: fc.nat(12),
  clock: fc.constantFrom(0, 0, 1, 30, 61, minutes(3), minutes(21), hours(3), -minutes(4)),
  policy: fc.constantFrom(standard, standard, ...Object.values(policies), twisted),
  pageMark: fc.constantFrom(null, null, 'guest' as const, 'host' as const),
  hasLoggedOut: fc.boolean(),
  hasKey: fc.boolean(),
});

/** The same sighting stays the same object from look to look, as for a caller who keeps what it knows. */
function createKept() {
  const kept = new Map<string, Sighting>();
  return (sighting: Sighting): Sighting => {
    const key = JSON.stringify(sighting);
    if (!kept.has(key)) kept.set(key, sighting);
    return kept.get(key) as Sighting;
  };
}

const tokenAt = (index: number) => pool[index] ?? '';
const named = (list: Record<string, number>) =>
  Object.fromEntries(Object.entries(list).map(([key, index]) => [key, tokenAt(index)]));

function captureOf({ local, session, cookies, frames, inPage }: Look) {
  return pageOf({
    url: inPage === null ? pageUrl : `${pageUrl}?t=${tokenAt(inPage)}`,
    scripts: ['https://cdn.other.net'],
    local: named(local),
    session: named(session),
    cookies: cookies.map(({ name, token, wide, lasts }) => ({
      name,
      value: tokenAt(token),
      httpOnly: false,
      ...(wide ? { hostOnly: false, domain: 'acme.com' } : {}),
      ...(lasts ? { session: false, expiresAt: now + hours(300) } : {}),
    })),
    frames: frames.map((index) => `https://media.acme.com/?t=${tokenAt(index)}`),
  });
}

const weak: FoundKey = { kind: 'known', says: 'the key is "secret"' };

describe('inspecting again', () => {
  test('says what inspecting all at once says, whatever came before', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(look, { minLength: 2, maxLength: 7 }), (looks) => {
        const inspectAgain = createInspector();
        const kept = createKept();
        let clock = now;
        for (const one of looks) {
          clock += one.clock;
          const picture = captureOf(one);
          const sightings = find(picture)
            .sightings.map((sighting, index) => (index >= one.goneFrom ? { ...sighting, goneAt: now } : sighting))
            .map(kept);
          const options: InspectOptions = {
            now: clock,
            policy: one.policy,
            page: picture.page,
            pageMark: one.pageMark,
            loggedOut: one.hasLoggedOut ? { origin: 'https://call.acme.com', at: clock } : null,
            keys: new Map(
              one.hasKey ? inspect(sightings, { now, policy: standard }).subjects.map((s) => [s.token.id, weak]) : [],
            ),
          };
          expect(inspectAgain(sightings, options)).toEqual(inspect(sightings, options));
        }
      }),
      { seed: 20_261_126, numRuns: isWhole ? 300 : 20 },
    );
  });

  test('keeps the subjects that did not change', () => {
    const inspectAgain = createInspector();
    const kept = createKept();
    const see = (local: Record<string, string>, at = now) =>
      inspectAgain(find(pageOf({ local })).sightings.map(kept), { now: at, policy: standard });
    const [first] = see({ a: dailyToken() }).subjects;
    const two = see({ a: dailyToken(), b: livekitToken() });
    expect(two.subjects.find(({ token }) => token.id === first?.token.id)).toBe(first);
    expect(see({ a: dailyToken() }).subjects).toEqual([first]);
    expect(see({ a: dailyToken() }, now + 1).subjects[0]).toBe(first);
  });

  test('asks only the rules that looked at what changed', () => {
    const asked: string[] = [];
    const asking = (id: string, look: (context: Parameters<TokenRule['check']>[1]) => unknown): Rule => ({
      ...(rules.find((rule): rule is TokenRule => rule.judges === 'token') as TokenRule),
      id,
      applies: (_, context) => {
        asked.push(id);
        look(context);
        return false;
      },
    });
    const inspectAgain = createInspector([
      asking('clock', (context) => context.now),
      asking('page', (context) => context.page),
      asking('others', (context) => context.subjects),
      asking('itself', () => null),
    ]);
    const kept = createKept();
    const see = (keys: string[], at: number, url = pageUrl) => {
      asked.length = 0;
      const local = Object.fromEntries(keys.map((key) => [key, jwt({ sub: key, exp: now + hours(9) })]));
      const picture = pageOf({ url, local });
      inspectAgain(find(pageOf({ local })).sightings.map(kept), { now: at, policy: standard, page: picture.page });
      return [...asked].sort();
    };
    expect(see(['a'], now)).toEqual(['clock', 'itself', 'others', 'page']);
    expect(see(['a'], now)).toEqual([]);
    expect(see(['a'], now + 5)).toEqual(['clock']);
    expect(see(['a'], now + 5, `${pageUrl}#2`)).toEqual(['page']);
    expect(see(['a', 'b'], now + 5, `${pageUrl}#2`)).toEqual(['clock', 'itself', 'others', 'others', 'page']);
  });
});

describe('what is gone', () => {
  const judged = (gone: string[], there: string[]) => {
    const local = Object.fromEntries([...gone, ...there].map((text, index) => [`k${index}`, text]));
    const sightings = find(pageOf({ local })).sightings.map((sighting) =>
      gone.includes(sighting.token) ? { ...sighting, goneAt: now } : sighting,
    );
    return inspect(sightings, { now, policy: standard });
  };

  test('counts in no number but its own', () => {
    const { summary, subjects } = judged([dailyHost({ exp: undefined }), livekitToken()], [dailyToken()]);
    const alone = judged([], [dailyToken()]).summary;
    expect(subjects).toHaveLength(3);
    expect(summary).toEqual({ ...alone, gone: 2 });
  });

  test('is compared with nothing', () => {
    const twin = (sub: string) => jwt({ sub, jti: 'one', iss: 'https://login.acme.com', exp: now + hours(1) });
    expect(judged([], [twin('ada'), twin('bob')]).findings.map(({ rule }) => rule)).toContain('jti-reused');
    expect(judged([twin('ada')], [twin('bob')]).findings).toEqual([]);
  });

  test('is not judged by the page that is there now', () => {
    const [elsewhere, here] = ['https://call.acme.com/host', 'https://call.acme.com/guest'].map(
      (url) => ({ url, title: '', scriptOrigins: null, loadedAt: now }) satisfies Page,
    );
    const there = find(pageOf({ local: { auth: dailyHost() } })).sightings;
    const gone = there.map((sighting) => ({ ...sighting, goneAt: now }));
    const rulesOn = (sightings: Sighting[], page: Page | undefined, pageMark: 'guest' | null = null) =>
      inspect(sightings, { now, policy: standard, page: page ?? null, pageMark }).subjects.flatMap(({ findings }) =>
        findings.map(({ rule }) => rule),
      );
    expect(rulesOn(there, here)).toContain('video-host-on-guest-page');
    expect(rulesOn(gone, here)).toEqual(rulesOn(gone, elsewhere));
    expect(rulesOn(gone, elsewhere, 'guest')).toEqual(rulesOn(gone, elsewhere));
    expect(rulesOn(gone, here)).not.toContain('video-host-on-guest-page');
  });

  test('is named by what follows it', () => {
    const at = (text: string, seenAt: number, goneAt: number | null): Sighting[] =>
      find(pageOf({ local: { auth: text } })).sightings.map((sighting) => ({ ...sighting, seenAt, goneAt }));
    const [before, after] = [dailyToken({ ud: 'one' }), dailyToken({ ud: 'two' })];
    const { subjects } = inspect([...at(before, now - 9, now - 2), ...at(after, now - 2, null)], {
      now,
      policy: standard,
    });
    const [first, second] = [before, after].map((text) => subjects.find(({ token }) => token.text === text));
    expect(first).toMatchObject({ replacedBy: second?.token.id });
    expect(second).toMatchObject({ replaces: first?.token.id });
    expect(first).not.toHaveProperty('replaces');
    expect(second).not.toHaveProperty('replacedBy');
    // Nor is it named any longer once it is forgotten.
    const [again, there] = [createInspector(), at(after, now - 2, null)];
    again([...there, ...at(before, now - 9, now - 2)], { now, policy: standard });
    expect(again(there, { now, policy: standard }).subjects[0]).not.toHaveProperty('replaces');
  });
});

describe('a text that one key calls a session and another a secret', () => {
  const text = 'abcdefghijklmnop1234567890ABCDEF';
  const names = ['refresh_token', 'access_token', 'API_SECRET', 'client_secret', 'note'];
  const under = (keys: string[]) =>
    find(pageOf({ local: Object.fromEntries(keys.map((key) => [key, text])) })).sightings;
  const rulesOf = (sightings: readonly Sighting[]) =>
    inspect(sightings, { now, policy: standard }).subjects.flatMap(({ findings }) => findings.map(({ rule }) => rule));

  test('is judged as both, whichever was found first', () => {
    expect(rulesOf(under(['API_SECRET', 'refresh_token']))).toContain('secret-in-page');
    expect(rulesOf(under(['refresh_token', 'API_SECRET']))).toContain('secret-in-page');
  });

  test('is read anew when what is known of it changes', () => {
    const looks = fc.array(fc.shuffledSubarray(names), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(looks, (list) => {
        const again = createInspector();
        for (const keys of list) {
          const sightings = under(keys);
          expect(again(sightings, { now, policy: standard })).toEqual(inspect(sightings, { now, policy: standard }));
        }
      }),
      { numRuns: 50 },
    );
  });
});
