import { decode } from '../../src/engine/decode/decode.ts';
import { detect } from '../../src/engine/find/detect.ts';
import type { Severity } from '../../src/engine/model/report.ts';
import type { Token } from '../../src/engine/model/token.ts';
import { providers } from '../../src/engine/recognise/providers/index.ts';
import type { Provider } from '../../src/engine/recognise/providers/provider.ts';
import { recognise } from '../../src/engine/recognise/recognise.ts';
import { meaningOf } from '../../src/engine/recognise/registered-claims.ts';
import type { Json, JsonObject } from '../../src/engine/text/json.ts';
import type { Minted } from '../builders/mint/minted.ts';
import { now } from '../builders/tokens.ts';
import { judge } from './rule.ts';

/** What one platform's own test brings, and what is checked of every platform with it. */
export interface ProviderCases {
  /** Three or more, by what each shows. The page of platforms says of recognition and roles what the engine says of these. */
  tokens: Minted;
  /** Names of those that the vendor's SDK or service makes when used as documented: they raise nothing above low. */
  ordinary?: readonly string[];
  /** What they raise nonetheless, by name: rules. */
  raises?: Readonly<Record<string, readonly string[]>>;
  /** What they raise on some runs only, by name: rules, and say why. */
  mayRaise?: Readonly<Record<string, readonly string[]>>;
}

/** The cases of all platforms whose tests were loaded. */
export const platforms = new Map<string, ProviderCases>();

// The script that writes the page of platforms loads their tests without a test runner, for the tokens.
const vitest = process.env.ROOMKEY_TABLES_ONLY ? null : await import('vitest');
const silent = Object.assign(() => {}, { each: () => () => {} });
export const test = vitest?.test ?? (silent as unknown as typeof import('vitest').test);
export const expect = vitest?.expect ?? (silent as unknown as typeof import('vitest').expect);

/** The token as the engine finds it under a name that speaks of tokens. */
export function found(text: string): Token {
  const [hit] = detect(text, { key: 'token' }).hits;
  if (!hit) throw new Error(`no token found in ${text}`);
  return decode(hit.token, hit.form);
}

export const ranking = (token: Token, among?: readonly Provider[]) =>
  recognise(token, among).map(({ provider, recognition }) => ({ id: provider.id, ...recognition }));

/** The list of platforms in many orders, the same ones in every run, so that a failing order can be seen again. */
export const orders = createOrders(createRandom(20_261_120));

const above: readonly Severity[] = ['critical', 'high', 'medium'];

/** Runs what holds for every platform, with this platform's tokens. */
export function providerCases(provider: Provider, cases: ProviderCases): void {
  const { tokens, ordinary = [], raises = {}, mayRaise = {} } = cases;
  platforms.set(provider.id, cases);
  if (!vitest) return;
  const minted = mintedOnce(tokens);

  test('its tokens are recognised as its own first, by evidence and not by name or order', async () => {
    expect(Object.keys(tokens).length).toBeGreaterThan(2);
    for (const { name, token } of await minted()) {
      const [first, second] = ranking(token);
      expect([name, first?.id]).toEqual([name, provider.id]);
      const level = [first, second].map((one) => `${one?.confidence} ${one?.strength}`);
      expect([name, level[0] === level[1]]).toEqual([name, false]);
    }
  });

  test('the order of the list changes nothing', { timeout: 60_000 }, async () => {
    for (const { name, token } of await minted()) {
      const usual = ranking(token);
      for (const order of orders) expect([name, ranking(token, order)]).toEqual([name, usual]);
    }
  });

  test('recognition comes with its reason, and facts with a reason for the role and every right', async () => {
    for (const { name, token } of await minted()) {
      const { roleBecause, privileges } = provider.facts(token);
      const reasons = [provider.recognise(token)?.because, roleBecause];
      for (const grant of Object.values(privileges)) reasons.push(grant.because);
      expect([name, reasons.filter((reason) => !reason?.trim())]).toEqual([name, []]);
    }
  });

  test('every claim that decides is explained', async () => {
    for (const { name, token } of await minted()) {
      const { roleClaim, roomClaim, privileges } = provider.facts(token);
      const paths = [roleClaim, roomClaim, ...Object.values(privileges).map(({ claim }) => claim)];
      const missing = paths.filter((path) => path && !meaningOf(provider, path) && !explainedBelow(provider, path));
      expect([name, missing]).toEqual([name, []]);
    }
  });

  test('no claim of any type makes a platform throw', { timeout: 60_000 }, async () => {
    for (const { token } of await minted()) {
      askEverything({ ...token, claims: null });
      askEverything({ ...token, claims: {}, header: null });
      for (const value of hostile) {
        for (const claims of replaced(token.claims ?? {}, value)) askEverything({ ...token, claims });
        for (const header of replaced(token.header ?? {}, value)) askEverything({ ...token, header });
      }
    }
  });

  if (ordinary.length > 0)
    test.each(ordinary)('%s, as documented, raises nothing above low but what is said here', async (name) => {
      const texts = [await mintOf(tokens, name)];
      // Vendors' SDKs read the real clock, so each token is judged half a minute after it says it was made.
      const times = judge({ texts }).subjects[0]?.times;
      const report = judge({ texts, at: (times?.issuedAt ?? times?.notBefore ?? now) + 30 });
      expect(report.subjects).toHaveLength(1);
      const raised = report.subjects.flatMap(({ findings }) => findings.filter((one) => above.includes(one.severity)));
      const rules = raised.map(({ rule }) => rule).filter((rule) => !mayRaise[name]?.includes(rule));
      expect(rules).toEqual(raises[name] ?? []);
    });
}

/** Tokens under names that begin alike, for a platform with several forms. */
export function renamed(minted: Minted, prefix: string): Minted {
  return Object.fromEntries(Object.entries(minted).map(([name, mint]) => [`${prefix} ${name}`, mint]));
}

function mintOf(tokens: Minted, name: string): string | Promise<string> {
  const mint = tokens[name];
  if (!mint) throw new Error(`no such token: ${name}`);
  return mint();
}

function mintedOnce(tokens: Minted): () => Promise<{ name: string; token: Token }[]> {
  let all: Promise<{ name: string; token: Token }[]> | null = null;
  const mint = ([name, make]: [string, Minted[string]]) =>
    Promise.resolve(make()).then((text) => ({ name, token: found(text) }));
  return () => {
    all ??= Promise.all(Object.entries(tokens).map(mint));
    return all;
  };
}

/** The same numbers in every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function createOrders(random: () => number): (readonly Provider[])[] {
  return [providers, [...providers].reverse(), ...Array.from({ length: 25 }, () => shuffled(providers, random))];
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
  }
  return copy;
}

/** An object that decides as a whole is explained by its members. */
function explainedBelow(provider: Provider, path: string): boolean {
  return Object.keys(provider.claims).some((known) => known.startsWith(`${path}.`));
}

const hostile: Json[] = [
  null,
  true,
  -1,
  1e308,
  '',
  ' ',
  '\ud800',
  '*',
  'constructor',
  '__proto__',
  'x'.repeat(100_000),
  [],
  [null, 1, {}, ['a']],
  {},
  JSON.parse('{"__proto__":{"a":1},"constructor":null,"toString":"x","length":-1}') as Json,
  nested(5000),
];

function nested(depth: number): Json {
  let value: Json = 'end';
  for (let level = 0; level < depth; level += 1) value = { user: value };
  return value;
}

/** Copies of an object with each member, and each member of a member, replaced by a value. */
function* replaced(object: JsonObject, value: Json): Generator<JsonObject> {
  for (const [name, member] of Object.entries(object)) {
    yield { ...object, [name]: value };
    if (typeof member !== 'object' || member === null || Array.isArray(member)) continue;
    for (const inner of replaced(member, value)) yield { ...object, [name]: inner };
  }
}

export const addresses = [
  'about:blank',
  'data:,x',
  'https://a.daily.co/%E0%A4%A',
  'https://x/join?room=%ff&token=',
].map((url) => new URL(url));

/** Asks every platform that takes the token everything it can answer. */
export function askEverything(token: Token): void {
  for (const { provider } of recognise(token)) {
    const { privileges } = provider.facts(token);
    const long = Object.values(privileges).find(({ because }) => because.length > 1000);
    if (long) throw new Error(`${provider.id} repeats a claim without end: ${long.because.slice(0, 200)}`);
    provider.times?.(token);
    provider.joinProblems?.(token, addresses, null);
    provider.joinProblems?.(token, addresses, 'acme/standup');
    provider.serverRights?.(token);
    provider.hostOnlyRights?.(token);
    provider.expiryEjects?.(token);
    provider.legacy?.(token);
  }
}
