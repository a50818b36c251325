import { contained } from '../contain.ts';
import type { Report, Severity, Subject } from '../model/report.ts';
import { isAtLeast } from '../model/severity-order.ts';
import type { Sighting } from '../model/token.ts';
import type { Expectation, Expectations } from './expectations.ts';
import { patternsOf } from './page-patterns.ts';
import { createScopes, type Scope, type Scoped } from './scope.ts';
import { fits, matches, valueAt, within } from './wanted.ts';
import { countWords, haveWords, pageWords, placeWords, tokenWords, unlookedWords, valueWords } from './wanted-words.ts';

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
export function checkExpectations(report: Report, expectations: Expectations): ExpectationResult[] {
  const scopeOf = createScopes(report);
  return expectations.expect.map((one) => {
    const failed = { held: false, says: '' };
    const result = contained(
      'expectation',
      one.name.slice(0, 60),
      failed,
      ({ message }) => {
        failed.says = message;
      },
      () => {
        const patterns = one.on === undefined ? null : patternsOf(one.on, expectations);
        const scope = scopeOf(one, patterns);
        return check(report, one, scope, patterns);
      },
    );
    return { name: one.name, ...result };
  });
}

/** What came of the parts of one expectation, in words. */
interface Outcome {
  failures: string[];
  unchecked: string[];
  held: string[];
}

function check(
  report: Report,
  expectation: Expectation,
  scope: Scope,
  patterns: readonly string[] | null,
): Omit<ExpectationResult, 'name'> {
  const isLookedAt = scope.looked === 'wholly' || scope.looked === 'partly' || scope.tokens.length > 0;
  if (!isLookedAt) return { held: null, says: `not checked: ${unlookedWords(scope.looked, expectation, patterns)}.` };
  const place = `${placeWords(expectation.where)}${pageWords(expectation.on)}`;
  const outcome: Outcome = { failures: [], unchecked: [], held: [] };
  checkNone(expectation, scope.tokens, place, outcome);
  checkCount(expectation, scope.tokens, place, outcome);
  checkEvery(expectation, scope.tokens, place, outcome);
  checkSeverity(report, expectation, scope.tokens, place, outcome);
  const { failures, unchecked, held } = outcome;
  if (failures.length > 0) return { held: false, says: `${failures.join('; ')}.` };
  if (scope.looked === 'partly') unchecked.push(unlookedWords(scope.looked, expectation, patterns));
  if (unchecked.length > 0) return { held: null, says: `not checked: ${unchecked.join('; ')}.` };
  return { held: true, says: `As expected: ${held.join('; ')}.` };
}

function checkNone({ none }: Expectation, scope: Scoped[], place: string, { failures, held }: Outcome): void {
  if (!none) return;
  const found = scope.filter(({ subject }) => matches(subject, none));
  const words = `no ${tokenWords(none)}${place}`;
  if (found.length > 0) failures.push(`expected ${words}, found ${listed(found)}`);
  else held.push(words);
}

function checkCount(
  { count, tokens = {} }: Expectation,
  scope: Scoped[],
  place: string,
  { failures, held }: Outcome,
): void {
  if (count === undefined) return;
  const found = scope.filter(({ subject }) => matches(subject, tokens));
  const words = `${countWords(count)} ${tokenWords(tokens, count !== 1)}${place}`;
  if (!within(found.length, count)) failures.push(`expected ${words}, found ${listed(found)}`);
  else held.push(words);
}

function checkEvery(
  { every = {}, have, atLeast }: Expectation,
  scope: Scoped[],
  place: string,
  { failures, unchecked, held }: Outcome,
): void {
  if (!have) return;
  const concerned = scope.filter(({ subject }) => matches(subject, every));
  const wrong = concerned.flatMap(({ subject, sighting }) => {
    const misses = Object.entries(have).filter(([path, wanted]) => !fits(valueAt(subject, path), wanted));
    const says = misses.map(([path]) => `${path} is ${valueWords(valueAt(subject, path))}`);
    return misses.length > 0 ? [`${says.join(' and ')} in ${describe(subject, sighting)}`] : [];
  });
  const words = `every ${tokenWords(every)}${place} to have ${haveWords(have)}`;
  const enough = `at least ${atLeast} ${tokenWords(every, atLeast !== 1)}${place}`;
  if (wrong.length > 0) failures.push(`expected ${words}, but ${some(wrong)}`);
  if (concerned.length < (atLeast ?? 0)) failures.push(`expected ${enough}, found ${listed(concerned)}`);
  else if (concerned.length === 0 && atLeast === undefined) unchecked.push(`no ${tokenWords(every)}${place} was seen`);
  else held.push(`${words} (${concerned.length === 0 ? 'there is none' : `${concerned.length} seen`})`);
}

function checkSeverity(
  report: Report,
  expectation: Expectation,
  scope: Scoped[],
  place: string,
  { failures, held }: Outcome,
): void {
  const { maxSeverity } = expectation;
  if (!maxSeverity) return;
  const worse = findingsIn(report, expectation, scope).filter(({ severity }) => !isAtLeast(maxSeverity, severity));
  const words = `nothing worse than ${maxSeverity}${place}`;
  if (worse.length > 0) failures.push(`expected ${words}, found ${some(worse.map(({ says }) => says))}`);
  else held.push(words);
}

function findingsIn(
  report: Report,
  { on, where }: Expectation,
  scope: Scoped[],
): { severity: Severity; says: string }[] {
  const isWhole = on === undefined && where === undefined;
  const own = scope.flatMap(({ subject, sighting }) =>
    subject.findings
      .filter(({ muted }) => !muted)
      .map(({ rule, severity }) => ({ severity, says: `${rule} (${severity}) in ${describe(subject, sighting)}` })),
  );
  const concerned = new Set(scope.map(({ subject }) => subject.token.id));
  const common = report.findings
    .filter(({ muted, tokens }) => !muted && (isWhole || tokens?.some((id) => concerned.has(id))))
    .map(({ rule, severity, title }) => ({ severity, says: `${rule} (${severity}): ${title}` }));
  return [...own, ...common];
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
