import type { Problem } from '../model/capture.ts';
import { privileges } from '../model/facts.ts';
import { type Severity, severities } from '../model/report.ts';
import { type Item, type Reader, readChecked, step } from '../text/checked-json.ts';

/** What a QA engineer expects of a page or a recording; `docs/expectations.schema.json` describes the file. */
export interface Expectations {
  expect: Expectation[];
}

export interface Expectation {
  name: string;
  /** Only tokens seen in such a place. */
  where?: Match;
  /** No token is like this. */
  none?: Match;
  /** So many tokens are like `tokens`. */
  count?: number | Bounds;
  tokens?: Match;
  /** Every token like this has what `have` says. */
  every?: Match;
  have?: Match;
  /** No finding is worse. */
  maxSeverity?: Severity;
}

/** Wanted values by name: `role`, `privileges.record`, `times.lifetimeSeconds`, `claims.aud`. */
export type Match = Record<string, Wanted>;
/** A value, one of several, a range, a pattern with `*`, or anything else. Null = not stated. */
export type Wanted = null | boolean | number | string | Wanted[] | Bounds | { like: string } | { not: Wanted };

/** Both ends belong to it. */
export interface Bounds {
  min?: number;
  max?: number;
}

/** Why a file is not a list of expectations: every mistake, with the member at fault, line and column. */
export class ExpectationError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join(' '));
    this.problems = problems;
  }
}

/** Longest file, longest name of an expectation, and longest pattern, in characters. */
const longest = { file: 4 << 20, name: 2000, pattern: 2000 };

/** The text of an expectation file, checked. Throws `ExpectationError` and nothing else. */
export function parseExpectations(text: string): Expectations {
  const file = {
    code: 'expectations',
    longest: longest.file,
    whole: 'The file',
    shown: (path: string) => path.replace(/^\$\.?/, ''),
  };
  const { value, problems } = readChecked(text, file, (given, reader) => {
    const { expect } = reader.object(given, '$', ['$schema', 'expect']);
    // One that is no list is told apart from one that is not there.
    if (expect === undefined) reader.fail('$', 'needs a list `expect`');
    return { expect: reader.list(expect, '$.expect').map((item) => expectationOf(item, reader)) };
  });
  if (value === null) throw new ExpectationError(problems);
  return value;
}

const parts = ['name', 'where', 'none', 'count', 'tokens', 'every', 'have', 'maxSeverity'] as const;

function expectationOf({ value, path }: Item, reader: Reader): Expectation {
  const given = reader.object(value, path, parts);
  const expectation: Expectation = { name: nameOf(given.name, `${path}.name`, reader) };
  if (given.where !== undefined) expectation.where = matchOf(given.where, `${path}.where`, isPlaceName, reader);
  for (const part of ['none', 'tokens', 'every', 'have'] as const) {
    if (given[part] !== undefined) expectation[part] = matchOf(given[part], `${path}.${part}`, isTokenPath, reader);
  }
  if (given.count !== undefined) expectation.count = countOf(given.count, `${path}.count`, reader);
  if (given.maxSeverity !== undefined) {
    expectation.maxSeverity = reader.oneOf(given.maxSeverity, `${path}.maxSeverity`, severities, 'info') as Severity;
  }
  checkWhole(expectation, path, reader);
  return expectation;
}

function nameOf(value: unknown, path: string, reader: Reader): string {
  const name = reader.text(value, path, '');
  if (value === undefined) reader.fail(path, 'is missing; it must be a text');
  else if (value === '') reader.fail(path, 'must be a text that says something');
  if (name.length > longest.name) reader.fail(path, `must have ${longest.name} characters at most`);
  return name;
}

/** What its parts are worth together. */
function checkWhole({ none, count, tokens, every, have, maxSeverity }: Expectation, path: string, reader: Reader) {
  if (!none && count === undefined && !have && !maxSeverity) {
    reader.fail(path, 'expects nothing: give none, count, every with have, or maxSeverity');
    return;
  }
  if (have && Object.keys(have).length === 0) {
    reader.fail(`${path}.have`, 'expects nothing: name what the tokens have');
  }
  if (tokens && count === undefined) reader.fail(`${path}.tokens`, 'needs count');
  if (every && !have) reader.fail(`${path}.every`, 'needs have');
}

function matchOf(value: unknown, path: string, isKnown: (name: string) => boolean, reader: Reader): Match {
  const match: [string, Wanted][] = [];
  for (const [name, wanted] of reader.entries(value, path)) {
    const at = `${path}${step(name)}`;
    if (isKnown(name)) match.push([name, wantedOf(wanted, at, reader)]);
    else reader.fail(at, 'is not known');
  }
  return Object.fromEntries(match);
}

function wantedOf(value: unknown, path: string, reader: Reader, depth = 0): Wanted {
  if (typeof value === 'number') return numberOf(value, path, reader);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (depth > 8) return wrong(path, 'is nested too deeply', reader);
  if (Array.isArray(value)) {
    if (value.length === 0) return wrong(path, 'is an empty list, which fits nothing', reader);
    return value.map((one, index) => wantedOf(one, `${path}[${index}]`, reader, depth + 1));
  }
  const { min, max, like, not, ...others } = value as Record<string, unknown>;
  const given = [min !== undefined || max !== undefined, like !== undefined, not !== undefined].filter(Boolean).length;
  if (given !== 1 || Object.keys(others).length > 0) {
    return wrong(path, 'must be a value, a list, or an object with min and max, like, or not', reader);
  }
  if (like !== undefined) return { like: patternOf(like, `${path}.like`, reader) };
  if (not !== undefined) return { not: wantedOf(not, `${path}.not`, reader, depth + 1) };
  return boundsOf({ min, max }, path, reader);
}

/** The mistake is said; what is answered is never used. */
function wrong(path: string, message: string, reader: Reader): null {
  reader.fail(path, message);
  return null;
}

function patternOf(value: unknown, path: string, reader: Reader): string {
  const pattern = reader.text(value, path, '');
  if (pattern.length > longest.pattern) reader.fail(path, `must have ${longest.pattern} characters at most`);
  return pattern;
}

function countOf(value: unknown, path: string, reader: Reader): number | Bounds {
  if (typeof value !== 'number') return boundsOf(reader.object(value, path, ['min', 'max']), path, reader);
  if (!Number.isInteger(value) || value < 0) reader.fail(path, 'must be a whole number from 0 on');
  return value;
}

function boundsOf({ min, max }: Record<string, unknown>, path: string, reader: Reader): Bounds {
  const bounds: Bounds = {};
  for (const [name, bound] of Object.entries({ min, max }) as ['min' | 'max', unknown][]) {
    if (typeof bound === 'number') bounds[name] = numberOf(bound, `${path}.${name}`, reader);
    else if (bound !== undefined) reader.fail(`${path}.${name}`, 'must be a number');
  }
  if (min === undefined && max === undefined) reader.fail(path, 'needs min or max');
  // Nothing lies between, so that what expects none would hold whatever is found.
  if (bounds.min !== undefined && bounds.max !== undefined && bounds.min > bounds.max)
    reader.fail(path, 'has a min that is more than max');
  return bounds;
}

/** `1e999` reads as infinity, which no token has. */
function numberOf(value: number, path: string, reader: Reader): number {
  if (!Number.isFinite(value)) reader.fail(path, 'is a number too large to be compared');
  return value;
}

const privilegeNames: ReadonlySet<string> = new Set(privileges);
const placeNames = ['origin', 'source', 'label', 'key', 'url', 'input'];
const tokenNames = [
  'provider',
  'form',
  'status',
  'use',
  'product',
  'tenant',
  'room',
  'roomScope',
  'userId',
  'displayName',
  'role',
  'vendorRole',
];

function isPlaceName(name: string): boolean {
  return placeNames.includes(name);
}

function isTokenPath(path: string): boolean {
  if (tokenNames.includes(path)) return true;
  if (/^(?:claims|header)\../.test(path)) return true;
  if (/^privileges\.[a-z-]+$/.test(path)) return privilegeNames.has(path.slice('privileges.'.length));
  return /^times\.(?:issuedAt|notBefore|expiresAt|lifetimeSeconds|status)$/.test(path);
}
