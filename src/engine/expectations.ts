import { jsonOddities, parseJson } from './json.ts';
import { jsonFault, lineAndColumn } from './json-fault.ts';
import { privileges, type Severity } from './model.ts';

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

/** Why a file is not a list of expectations, with the member at fault. */
export class ExpectationError extends Error {}

/** Longest file, longest name of an expectation, and longest pattern, in characters. */
const longest = { file: 4 << 20, name: 2000, pattern: 2000 };

/** The text of an expectation file, checked. Throws `ExpectationError` and nothing else. */
export function parseExpectations(text: string): Expectations {
  if (text.length > longest.file) throw new ExpectationError(`has more than ${longest.file} characters`);
  // A byte order mark is what some editors write.
  const source = text.replace(/^\ufeff/, '');
  const value = parseJson(source);
  if (value === undefined) {
    throw new ExpectationError(`is not valid JSON (${lineAndColumn(source, jsonFault(source) ?? 0)})`);
  }
  const twice = jsonOddities(source).find(({ code }) => code === 'duplicate-member');
  if (twice) {
    throw new ExpectationError(`${shortened(twice.path)} stands twice (${lineAndColumn(source, twice.offset - 1)})`);
  }
  const { expect } = members(value, 'the file', ['$schema', 'expect']);
  if (!Array.isArray(expect)) throw new ExpectationError('expect must be a list');
  return { expect: expect.map((one, index) => expectationOf(one, `expect[${index}]`)) };
}

/** A name out of the file, as it may be quoted. */
function shortened(name: string): string {
  return name.length > 200 ? `${name.slice(0, 200)}…` : name;
}

const parts = ['name', 'where', 'none', 'count', 'tokens', 'every', 'have', 'maxSeverity'] as const;

function expectationOf(value: unknown, path: string): Expectation {
  const given = members(value, path, parts);
  if (typeof given.name !== 'string' || given.name === '') throw new ExpectationError(`${path}.name must be a text`);
  if (given.name.length > longest.name) {
    throw new ExpectationError(`${path}.name must have ${longest.name} characters at most`);
  }
  const expectation: Expectation = { name: given.name };
  if (given.where !== undefined) expectation.where = matchOf(given.where, `${path}.where`, isPlaceName);
  for (const part of ['none', 'tokens', 'every', 'have'] as const) {
    if (given[part] !== undefined) expectation[part] = matchOf(given[part], `${path}.${part}`, isTokenPath);
  }
  if (given.count !== undefined) expectation.count = countOf(given.count, `${path}.count`);
  if (given.maxSeverity !== undefined) expectation.maxSeverity = severityOf(given.maxSeverity, `${path}.maxSeverity`);
  if (!expectation.none && expectation.count === undefined && !expectation.have && !expectation.maxSeverity) {
    throw new ExpectationError(`${path} expects nothing: give none, count, every with have, or maxSeverity`);
  }
  if (expectation.have && Object.keys(expectation.have).length === 0) {
    throw new ExpectationError(`${path}.have expects nothing: name what the tokens have`);
  }
  if (expectation.tokens && expectation.count === undefined) throw new ExpectationError(`${path}.tokens needs count`);
  if (expectation.every && !expectation.have) throw new ExpectationError(`${path}.every needs have`);
  return expectation;
}

function members(value: unknown, path: string, known: readonly string[]): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new ExpectationError(`${path} must be an object`);
  }
  for (const name of Object.keys(value)) {
    if (!known.includes(name))
      throw new ExpectationError(`${path} has an unknown member ${JSON.stringify(shortened(name))}`);
  }
  return value as Record<string, unknown>;
}

function matchOf(value: unknown, path: string, isKnown: (name: string) => boolean): Match {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new ExpectationError(`${path} must be an object`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, wanted]) => {
      if (!isKnown(name))
        throw new ExpectationError(`${path} has an unknown member ${JSON.stringify(shortened(name))}`);
      return [name, wantedOf(wanted, `${path}.${shortened(name)}`)];
    }),
  );
}

function wantedOf(value: unknown, path: string, depth = 0): Wanted {
  if (typeof value === 'number') return numberOf(value, path);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (depth > 8) throw new ExpectationError(`${path} is nested too deeply`);
  if (Array.isArray(value) && value.length === 0)
    throw new ExpectationError(`${path} is an empty list, which fits nothing`);
  if (Array.isArray(value)) return value.map((one, index) => wantedOf(one, `${path}[${index}]`, depth + 1));
  const { min, max, like, not, ...others } = value as Record<string, unknown>;
  const given = [min !== undefined || max !== undefined, like !== undefined, not !== undefined].filter(Boolean).length;
  if (given !== 1 || Object.keys(others).length > 0) {
    throw new ExpectationError(`${path} must be a value, a list, or an object with min and max, like, or not`);
  }
  if (like !== undefined) {
    if (typeof like !== 'string') throw new ExpectationError(`${path}.like must be a text`);
    if (like.length > longest.pattern) {
      throw new ExpectationError(`${path}.like must have ${longest.pattern} characters at most`);
    }
    return { like };
  }
  if (not !== undefined) return { not: wantedOf(not, `${path}.not`, depth + 1) };
  return boundsOf(value, path);
}

function countOf(value: unknown, path: string): number | Bounds {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  if (typeof value === 'number') throw new ExpectationError(`${path} must be a whole number from 0 on`);
  return boundsOf(members(value, path, ['min', 'max']), path);
}

function boundsOf(value: unknown, path: string): Bounds {
  const { min, max } = value as Record<string, unknown>;
  for (const bound of [min, max]) {
    if (bound !== undefined && typeof bound !== 'number')
      throw new ExpectationError(`${path}: min and max are numbers`);
  }
  if (min === undefined && max === undefined) throw new ExpectationError(`${path} needs min or max`);
  // Nothing lies between, so that what expects none would hold whatever is found.
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    throw new ExpectationError(`${path}: min is more than max`);
  return {
    ...(typeof min === 'number' ? { min: numberOf(min, `${path}.min`) } : {}),
    ...(typeof max === 'number' ? { max: numberOf(max, `${path}.max`) } : {}),
  };
}

/** `1e999` reads as infinity, which no token has. */
function numberOf(value: number, path: string): number {
  if (Number.isFinite(value)) return value;
  throw new ExpectationError(`${path} is a number too large to be compared`);
}

function severityOf(value: unknown, path: string): Severity {
  if (value === 'critical' || value === 'high' || value === 'medium' || value === 'low' || value === 'info')
    return value;
  throw new ExpectationError(`${path} must be critical, high, medium, low or info`);
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
