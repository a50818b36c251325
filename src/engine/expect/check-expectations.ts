import { contained } from '../contain.ts';
import { goneSince } from '../model/presence.ts';
import type { Report, Severity, Subject } from '../model/report.ts';
import { isAtLeast } from '../model/severity-order.ts';
import type { Sighting } from '../model/token.ts';
import type { Json } from '../text/json.ts';
import { isLike } from '../text/like.ts';
import type { Bounds, Expectation, Expectations, Match, Wanted } from './expectations.ts';

/** Whether one expectation held, and a sentence that says what was expected and what was found. */
export interface ExpectationResult {
  name: string;
  /** Null where it cannot be said: nothing was looked at, or no token is there, that it speaks of. Not as expected either. */
  held: boolean | null;
  says: string;
}

/**
 * Compares a report with what was expected of it. Pure, and never throws; one result for each expectation, in order. One
 * that fails to be checked has not held.
 */
export function checkExpectations(report: Report, { expect }: Expectations): ExpectationResult[] {
  return expect.map((one) => {
    const failed = { held: false, says: '' };
    const result = contained(
      'expectation',
      one.name.slice(0, 60),
      failed,
      ({ message }) => {
        failed.says = message;
      },
      () => check(report, one),
    );
    return { name: one.name, ...result };
  });
}

function check(report: Report, expectation: Expectation): Omit<ExpectationResult, 'name'> {
  const { on, where, none, count, tokens, every, have, atLeast, maxSeverity } = expectation;
  if (on !== undefined) return { held: null, says: `not checked: no page like ${on} was looked at.` };
  const scope = inScope(report, where);
  const place = where ? ` ${placeWords(where)}` : '';
  const failures: string[] = [];
  const unchecked: string[] = [];
  const held: string[] = [];

  if (none) {
    const found = scope.filter(({ subject }) => matches(subject, none));
    const words = `no ${tokenWords(none)}${place}`;
    if (found.length > 0) failures.push(`expected ${words}, found ${listed(found)}`);
    else held.push(words);
  }
  if (count !== undefined) {
    const found = scope.filter(({ subject }) => matches(subject, tokens ?? {}));
    const words = `${countWords(count)} ${tokenWords(tokens ?? {}, count !== 1)}${place}`;
    if (!within(found.length, count)) failures.push(`expected ${words}, found ${listed(found)}`);
    else held.push(words);
  }
  if (have) {
    const concerned = scope.filter(({ subject }) => matches(subject, every ?? {}));
    const wrong = concerned.flatMap(({ subject, sighting }) => {
      const misses = Object.entries(have).filter(([path, wanted]) => !fits(valueAt(subject, path), wanted));
      const says = misses.map(([path]) => `${path} is ${valueWords(valueAt(subject, path))}`);
      return misses.length > 0 ? [`${says.join(' and ')} in ${describe(subject, sighting)}`] : [];
    });
    const words = `every ${tokenWords(every ?? {})}${place} to have ${haveWords(have)}`;
    const number = concerned.length === 0 ? 'there is none' : `${concerned.length} seen`;
    if (wrong.length > 0) failures.push(`expected ${words}, but ${some(wrong)}`);
    else if (concerned.length < (atLeast ?? 0))
      failures.push(
        `expected at least ${atLeast} ${tokenWords(every ?? {}, atLeast !== 1)}${place}, found ${listed(concerned)}`,
      );
    else if (concerned.length === 0 && atLeast === undefined)
      unchecked.push(`no ${tokenWords(every ?? {})}${place} was seen`);
    else held.push(`${words} (${number})`);
  }
  if (maxSeverity) {
    const worse = findingsIn(report, scope, where).filter(({ severity }) => !isAtLeast(maxSeverity, severity));
    const words = `nothing worse than ${maxSeverity}${place}`;
    if (worse.length > 0) failures.push(`expected ${words}, found ${some(worse.map(({ says }) => says))}`);
    else held.push(words);
  }
  if (failures.length > 0) return { held: false, says: `${failures.join('; ')}.` };
  if (unchecked.length > 0) return { held: null, says: `not checked: ${unchecked.join('; ')}.` };
  return { held: true, says: `As expected: ${held.join('; ')}.` };
}

interface Scoped {
  subject: Subject;
  /** The first place of the token that is in scope. */
  sighting: Sighting | undefined;
}

/** Tokens that are in a place that matches, with that place. What is gone is nowhere. */
function inScope(report: Report, where: Match | undefined): Scoped[] {
  return report.subjects.flatMap((subject) => {
    const there = presentIn(subject);
    if (there.length === 0) return [];
    if (!where) return [{ subject, sighting: there[0] }];
    const sighting = there.find((one) =>
      Object.entries(where).every(([name, wanted]) => fits(placeValue(one, name), wanted)),
    );
    return sighting ? [{ subject, sighting }] : [];
  });
}

/** Where a token is: nowhere once it is gone. */
function presentIn(subject: Subject): Sighting[] {
  return goneSince(subject) === null ? subject.sightings.filter(({ goneAt }) => goneAt === null) : [];
}

function placeValue({ place, input }: Sighting, name: string): Json {
  if (name === 'origin') return place.origin;
  if (name === 'source') return place.source;
  if (name === 'label') return place.label;
  if (name === 'key') return place.key;
  if (name === 'url') return place.url;
  return input ?? null;
}

function findingsIn(report: Report, scope: Scoped[], where: Match | undefined): { severity: Severity; says: string }[] {
  const own = scope.flatMap(({ subject, sighting }) =>
    subject.findings
      .filter(({ muted }) => !muted)
      .map(({ rule, severity }) => ({ severity, says: `${rule} (${severity}) in ${describe(subject, sighting)}` })),
  );
  const concerned = new Set(scope.map(({ subject }) => subject.token.id));
  const common = report.findings
    .filter(({ muted, tokens }) => !muted && (!where || tokens?.some((id) => concerned.has(id))))
    .map(({ rule, severity, title }) => ({ severity, says: `${rule} (${severity}): ${title}` }));
  return [...own, ...common];
}

function matches(subject: Subject, match: Match): boolean {
  return Object.entries(match).every(([path, wanted]) => fits(valueAt(subject, path), wanted));
}

function fits(value: Json, wanted: Wanted): boolean {
  if (Array.isArray(wanted)) return wanted.some((one) => fits(value, one));
  if (wanted === null || typeof wanted !== 'object') return Object.is(value, wanted);
  if ('not' in wanted) return !fits(value, wanted.not);
  if ('like' in wanted) return typeof value === 'string' && isLike(value, wanted.like);
  return typeof value === 'number' && within(value, wanted);
}

function within(value: number, bounds: number | Bounds): boolean {
  if (typeof bounds === 'number') return value === bounds;
  return value >= (bounds.min ?? Number.NEGATIVE_INFINITY) && value <= (bounds.max ?? Number.POSITIVE_INFINITY);
}

/** A member of a token by its name in reports: `role`, `privileges.record`, `times.lifetimeSeconds`, `claims.aud`. */
function valueAt(subject: Subject, path: string): Json {
  const { token, provider, facts, times } = subject;
  if (path === 'provider') return provider?.id ?? null;
  if (path === 'form') return token.form;
  if (path === 'status') return times.status;
  const [first = '', ...rest] = path.split('.');
  if (first === 'privileges') return privilege(subject, rest.join('.'));
  if (first === 'times') {
    const { notSeconds: _, ...plain } = times;
    return memberAt(plain, rest);
  }
  if (first === 'claims') return memberAt(token.claims, rest);
  if (first === 'header') return memberAt(token.header, rest);
  const { privileges: _, wildcards: __, ...plain } = facts;
  return memberAt(plain, [first, ...rest]);
}

function privilege({ facts }: Subject, name: string): Json {
  const grants: Record<string, { allowed: boolean | null }> = facts.privileges;
  return Object.hasOwn(grants, name) ? (grants[name]?.allowed ?? null) : null;
}

function memberAt(root: Json, path: readonly string[]): Json {
  let value: Json = root;
  for (const [index, name] of path.entries()) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
    // Claim names may hold dots themselves: `https://call.example/roles`.
    const rest = path.slice(index).join('.');
    if (Object.hasOwn(value, rest)) return value[rest] ?? null;
    if (!Object.hasOwn(value, name)) return null;
    value = value[name] ?? null;
  }
  return value;
}

/** "host token of daily with room standup". */
function tokenWords(match: Match, plural = false): string {
  const { role, provider, room, ...others } = match;
  const noun = plural ? 'tokens' : 'token';
  const parts = [
    role === undefined ? '' : `${wantedWords(role)} `,
    noun,
    provider === undefined ? '' : ` of ${wantedWords(provider)}`,
    room === undefined ? '' : ` for room ${wantedWords(room)}`,
    Object.keys(others).length === 0 ? '' : ` with ${haveWords(others)}`,
  ];
  return parts.join('');
}

function haveWords(match: Match): string {
  return Object.entries(match)
    .map(([path, wanted]) => `${path} ${wantedWords(wanted)}`)
    .join(' and ');
}

function placeWords(where: Match): string {
  return Object.entries(where)
    .map(([name, wanted]) => (name === 'origin' ? `on ${wantedWords(wanted)}` : `in ${name} ${wantedWords(wanted)}`))
    .join(' ');
}

function wantedWords(wanted: Wanted): string {
  if (Array.isArray(wanted)) return wanted.map(wantedWords).join(' or ');
  if (wanted === null || typeof wanted !== 'object') return valueWords(wanted);
  if ('not' in wanted) return `not ${wantedWords(wanted.not)}`;
  if ('like' in wanted) return `like ${wanted.like}`;
  const { min, max } = wanted;
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
}

function countWords(count: number | Bounds): string {
  return typeof count === 'number' ? `exactly ${count}` : wantedWords(count);
}

function valueWords(value: Json): string {
  if (value === null) return 'not stated';
  return typeof value === 'object' ? JSON.stringify(value).slice(0, 80) : String(value).slice(0, 80);
}

/** `localStorage["auth"]: Daily, room standup, owner`. */
function describe({ provider, facts, token }: Subject, sighting: Sighting | undefined): string {
  const place = sighting ? `${sighting.input ? `${sighting.input}, ` : ''}${sighting.place.label}` : 'no known place';
  const about = [
    provider?.name ?? token.form,
    facts.room === null ? null : `room ${facts.room}`,
    facts.vendorRole ?? (facts.role === 'unknown' ? null : facts.role),
  ];
  return `${place}: ${about.filter((word) => word !== null).join(', ')}`;
}

function listed(found: Scoped[]): string {
  if (found.length === 0) return 'none';
  const words = found.map(({ subject, sighting }) => `in ${describe(subject, sighting)}`);
  return found.length === 1 ? `one ${words[0]}` : `${found.length}: ${some(words)}`;
}

/** The first few, and how many more. */
function some(words: readonly string[]): string {
  const shown = words.slice(0, 5).join('; ');
  return words.length > 5 ? `${shown}; and ${words.length - 5} more` : shown;
}

/** Expectations that hold for a report as it is, to start from: "expect what I see". */
export function expectWhatIsSeen(report: Report): Expectations {
  const there = report.subjects.flatMap(presentIn);
  const origins = [...new Set(there.map(({ place }) => place.origin))];
  const expect = origins.flatMap((origin): Expectation[] => {
    const where: Match | undefined = origin === null ? undefined : { origin };
    const scope = inScope(report, { origin }).map(({ subject }) => subject);
    const place = origin === null ? 'elsewhere' : `on ${origin}`;
    const kinds = new Map<string, { match: Match; count: number }>();
    for (const { provider, facts } of scope) {
      if (!provider) continue;
      const match: Match = { provider: provider.id, room: facts.room, role: facts.role };
      const known = kinds.get(JSON.stringify(match)) ?? { match, count: 0 };
      kinds.set(JSON.stringify(match), { match, count: known.count + 1 });
    }
    const counts = [...kinds.values()].map(({ match, count }) => ({
      name: `${count} ${tokenWords(match, count !== 1)} ${place}`,
      ...(where ? { where } : {}),
      count,
      tokens: match,
    }));
    const hosts = scope.some(({ facts }) => facts.role === 'host' || facts.role === 'server');
    if (hosts || !where) return counts;
    return [...counts, { name: `no host token ${place}`, where, none: { role: ['host', 'server'] } }];
  });
  return { expect };
}
