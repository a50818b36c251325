import { contained } from '../contain.ts';
import type { Report, Severity, Subject } from '../model/report.ts';
import { isAtLeast } from '../model/severity-order.ts';
import type { Sighting } from '../model/token.ts';
import type { Expectation, Expectations } from './expectations.ts';
import { patternsOf } from './page-patterns.ts';
import { createScopes, type Scope, type Scoped, type Within } from './scope.ts';
import { isWordOfPage } from './unread.ts';
import { fits, matches, valueAt, within } from './wanted.ts';
import { countWords, haveWords, pageWords, placeWords, tokenWords, unlookedWords, valueWords } from './wanted-words.ts';

/** Whether one expectation held, and a sentence that says what was expected and what was found. */
export interface ExpectationResult {
  name: string;
  /** Null where it cannot be said: nothing was looked at, or no token is there, that it speaks of. Not as expected either. */
  held: boolean | null;
  says: string;
  /** What was expected, in words: "no host token on https://call.example". */
  expected: string;
  /** What was found there, or why it is not known. */
  found: string;
}

type Outcome = Omit<ExpectationResult, 'name'>;

/**
 * Compares a report with what was expected of it. Pure, and never throws; one result for each expectation, in order. One
 * that fails to be checked has not held.
 *
 * @param within only pages of which all of them speak
 */
export function checkExpectations(
  report: Report,
  expectations: Omit<Expectations, 'steps'>,
  within: Within = {},
): ExpectationResult[] {
  const scopeOf = createScopes(report, within);
  return expectations.expect.map((one) => {
    const failed = { held: false, says: '', expected: '', found: '' };
    const result = contained(
      'expectation',
      one.name.slice(0, 60),
      failed,
      ({ message }) => {
        failed.says = message;
        failed.found = message;
      },
      () => {
        const patterns = one.on === undefined ? null : patternsOf(one.on, expectations);
        const scope = scopeOf(one, patterns);
        return check(within.tokens ? reportOn(scope.tokens, report) : report, one, scope, patterns);
      },
    );
    return { name: one.name, ...result };
  });
}

/** Without findings that are about none of these tokens, and so perhaps about another page. */
function reportOn(scope: readonly Scoped[], report: Report): Report {
  const ids = new Set(scope.map(({ subject }) => subject.token.id));
  return { ...report, findings: report.findings.filter(({ tokens }) => tokens?.some((id) => ids.has(id))) };
}

/** What came of one part of an expectation, in words. */
interface Part {
  expected: string;
  found: string;
  held: boolean | null;
  says: string;
}

function check(report: Report, expectation: Expectation, scope: Scope, patterns: readonly string[] | null): Outcome {
  const place = `${placeWords(expectation.where)}${pageWords(expectation.on)}`;
  const partsOf = (tokens: Scoped[]) => [
    ...checkNone(expectation, tokens, place),
    ...checkCount(expectation, tokens, place),
    ...checkEvery(expectation, tokens, place),
    ...checkSeverity(report, expectation, tokens, place),
  ];
  const parts = partsOf(scope.tokens);
  const expected = parts.map((part) => part.expected).join('; ');
  const isLookedAt = scope.looked === 'wholly' || scope.looked === 'partly' || scope.tokens.length > 0;
  if (!isLookedAt) {
    const why = unlookedWords(scope.looked, expectation, patterns);
    return { held: null, says: `not checked: ${why}.`, expected, found: why };
  }
  const found = [...new Set(parts.map((part) => part.found))].join('; ');
  const failures = failuresAmong(parts);
  const isOtherwise =
    scope.outOfSight.length > 0 &&
    failuresAmong(partsOf([...scope.tokens, ...scope.outOfSight])).length > 0 !== failures.length > 0;
  const beside = isOtherwise ? ` (out of sight, and perhaps still there: ${listed(scope.outOfSight)})` : '';
  if (failures.length > 0) {
    return { held: false, says: `${sayings(failures)}${beside}.`, expected, found: `${found}${beside}` };
  }
  const left = parts.filter(({ held }) => held === null).map(({ says }) => says);
  // A token in an address alone shows nothing of what else there is.
  if (scope.looked !== 'wholly') left.push(unlookedWords(scope.looked, expectation, patterns));
  if (scope.missed) left.push(unlookedWords('no-place', { ...expectation, where: scope.missed }, patterns));
  if (left.length > 0) {
    const why = left.join('; ');
    return { held: null, says: `not checked: ${why}.`, expected, found: why };
  }
  const isByWord = isWordOfPage(report.problems, expectation.where);
  const word = `${isByWord ? ' (by the page’s own word, which can hide and invent)' : ''}${beside}`;
  return { held: true, says: `As expected: ${sayings(parts)}${word}.`, expected, found: `${found}${word}` };
}

function failuresAmong(parts: readonly Part[]): Part[] {
  return parts.filter(({ held }) => held === false);
}

function sayings(parts: readonly Part[]): string {
  return parts.map(({ says }) => says).join('; ');
}

function checkNone({ none }: Expectation, scope: Scoped[], place: string): Part[] {
  if (!none) return [];
  const seen = scope.filter(({ subject }) => matches(subject, none));
  return [part(`no ${tokenWords(none)}${place}`, listed(seen), seen.length === 0)];
}

function checkCount({ count, tokens = {} }: Expectation, scope: Scoped[], place: string): Part[] {
  if (count === undefined) return [];
  const seen = scope.filter(({ subject }) => matches(subject, tokens));
  const expected = `${countWords(count, tokens)}${place}`;
  return [part(expected, listed(seen), within(seen.length, count))];
}

function part(expected: string, found: string, held: boolean): Part {
  return { expected, found, held, says: held ? expected : `expected ${expected}, found ${found}` };
}

function checkEvery({ every = {}, have, atLeast }: Expectation, scope: Scoped[], place: string): Part[] {
  if (!have) return [];
  const concerned = scope.filter(({ subject }) => matches(subject, every));
  const wrong = concerned.flatMap(({ subject, sighting }) => {
    const misses = Object.entries(have).filter(([path, wanted]) => !fits(valueAt(subject, path), wanted));
    const says = misses.map(([path]) => `${path} is ${valueWords(valueAt(subject, path))}`);
    return misses.length > 0 ? [`${says.join(' and ')} in ${describe(subject, sighting)}`] : [];
  });
  const expected = `every ${tokenWords(every)}${place} to have ${haveWords(have)}`;
  const enough = `${countWords({ min: atLeast ?? 0 }, every)}${place}`;
  const isTooFew = concerned.length < (atLeast ?? 0);
  const parts: Part[] = [];
  if (wrong.length > 0) {
    const found = some(wrong);
    parts.push({ expected, found, held: false, says: `expected ${expected}, but ${found}` });
  }
  if (isTooFew) parts.push(part(enough, listed(concerned), false));
  else if (concerned.length === 0 && atLeast === undefined) {
    const says = `no ${tokenWords(every)}${place} was seen`;
    parts.push({ expected, found: says, held: null, says });
  } else if (wrong.length === 0) {
    const seen = concerned.length === 0 ? 'there is none' : `${concerned.length} seen`;
    parts.push({ expected, found: seen, held: true, says: `${expected} (${seen})` });
  }
  return parts;
}

function checkSeverity(report: Report, expectation: Expectation, scope: Scoped[], place: string): Part[] {
  const { maxSeverity } = expectation;
  if (!maxSeverity) return [];
  const worse = findingsIn(report, expectation, scope).filter(({ severity }) => !isAtLeast(maxSeverity, severity));
  const found = worse.length > 0 ? some(worse.map(({ says }) => says)) : 'nothing worse';
  return [part(`nothing worse than ${maxSeverity}${place}`, found, worse.length === 0)];
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
