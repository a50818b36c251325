import * as v from 'valibot';
import { privileges } from '../model/facts.ts';
import { severities } from '../model/report.ts';
import { choice, nested } from '../text/chosen-shapes.ts';
import { byName, listOf, members } from '../text/written-shapes.ts';
import { possibleValues, tellingLimits } from './possible-values.ts';

/** Longest name of an expectation, and longest pattern, in characters. */
const longest = 2000;
const tooLong = `must have ${longest} characters at most`;

/** `1e999` reads as infinity, which no token has. */
const number = v.pipe(v.number(), v.finite('is a number too large to be compared'));

/** Both ends belong to it. */
const bounds = v.pipe(
  members({ min: v.exactOptional(number), max: v.exactOptional(number) }, [
    { oneOf: ['min', 'max'], says: 'needs min or max' },
  ]),
  // Nothing lies between, so that what expects none would hold whatever is found.
  v.check(({ min, max }) => min === undefined || max === undefined || min <= max, 'has a min that is more than max'),
);
export type Bounds = v.InferOutput<typeof bounds>;

/** A value, one of several, a range, a pattern with `*`, or anything else. Null = not stated. */
export type Wanted = null | boolean | number | string | Wanted[] | Bounds | { like: string } | { not: Wanted };

const deeper = nested((): v.GenericSchema<Wanted> => wanted, 8);
const ways = {
  state: v.nullable(v.boolean()),
  number,
  text: v.string(),
  list: v.pipe(listOf(deeper), v.nonEmpty('is an empty list, which fits nothing')),
  range: bounds,
  like: members({ like: v.pipe(v.string(), v.maxCodePoints(longest, tooLong)) }),
  not: members({ not: deeper }),
};
const wanted: v.GenericSchema<Wanted> = choice(
  ways,
  wayOf,
  'must be a value, a list, or an object with min and max, like, or not',
);

function wayOf(value: unknown): keyof typeof ways | null {
  if (value === null || typeof value === 'boolean') return 'state';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return 'text';
  if (Array.isArray(value)) return 'list';
  const has = (name: string) => Object.hasOwn(value as object, name);
  const [way, ...others] = [
    ...(has('min') || has('max') ? (['range'] as const) : []),
    ...(has('like') ? (['like'] as const) : []),
    ...(has('not') ? (['not'] as const) : []),
  ];
  return way !== undefined && others.length === 0 ? way : null;
}

/** Members of a place that an expectation may name. */
export const placeNames = ['origin', 'source', 'label', 'key', 'url', 'input'] as const;
/** Members of a token that an expectation may name, beside its claims and its header. */
export const tokenNames = [
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
  ...privileges.map((privilege) => `privileges.${privilege}`),
  ...['issuedAt', 'notBefore', 'expiresAt', 'lifetimeSeconds', 'status'].map((time) => `times.${time}`),
];

/** Wanted values by name: `role`, `privileges.record`, `times.lifetimeSeconds`, `claims.aud`. */
export type Match = Record<string, Wanted>;

const places: v.GenericSchema<Match> = byName(
  v.picklist<readonly string[], string>(placeNames, `is not known; known here are ${placeNames.join(', ')}`),
  wanted,
);
const tokens: v.GenericSchema<Match> = byName(
  choice(
    { name: v.picklist<readonly string[]>(tokenNames), claim: v.pipe(v.string(), v.regex(/^(?:claims|header)\../)) },
    (name) =>
      tokenNames.includes(name as string) ? 'name' : /^(?:claims|header)\../.test(name as string) ? 'claim' : null,
    'is not known',
  ),
  wanted,
);

/** Begins as an address does, or with `*`: no address of a page is like anything else. */
const pattern = v.pipe(
  v.string(),
  v.maxCodePoints(longest, tooLong),
  v.regex(
    /^(?:\*|[A-Za-z][A-Za-z0-9+.-]*:)/,
    'must be the address of a page, such as https://call.example/guest/*, or begin with *',
  ),
);

/** No address of a page is spelt like it, so that no pattern is taken for one. */
const mark = v.pipe(v.string(), v.regex(/^[^*:/]+$/, 'is no mark: it must say something, without *, : and /'));

/** Addresses of pages by what a user calls these pages: `guest`. */
const pages = byName(mark, v.pipe(listOf(pattern), v.nonEmpty('is an empty list, which no page is like')));

const expectationEntries = {
  name: v.pipe(v.string(), v.nonEmpty('must be a text that says something'), v.maxCodePoints(longest, tooLong)),
  /** Only tokens seen in such pages: a mark, or a pattern. */
  on: v.exactOptional(
    choice(
      { mark, pattern },
      (value) => (typeof value === 'string' && isMark(value) ? 'mark' : 'pattern'),
      'must be a text',
    ),
  ),
  /** Only tokens seen in such a place. */
  where: v.exactOptional(places),
  /** No token is like this. */
  none: v.exactOptional(tokens),
  /** So many tokens are like `tokens`. */
  count: v.exactOptional(
    choice(
      { number: count(), range: bounds },
      wayToCount,
      'must be a whole number from 0 on, or an object with min and max',
    ),
  ),
  tokens: v.exactOptional(tokens),
  /** Every token like this has what `have` says. */
  every: v.exactOptional(tokens),
  /** So many of them there are. Without it they are expected to be there, or it cannot be said whether each has what it should. */
  atLeast: v.exactOptional(count()),
  have: v.exactOptional(v.pipe(tokens, v.minEntries(1, 'expects nothing: name what the tokens have'))),
  /** No finding is worse. */
  maxSeverity: v.exactOptional(v.picklist(severities)),
};
const expectationNeeds = [
  {
    oneOf: ['none', 'count', 'have', 'maxSeverity'],
    says: 'expects nothing: give none, count, every with have, or maxSeverity',
  },
  { besides: ['tokens', 'count'], says: 'needs count' },
  { besides: ['every', 'have'], says: 'needs have' },
  { besides: ['atLeast', 'every'], says: 'needs every' },
  ...possibleValues,
  ...tellingLimits,
] as const;
const expectation = members(expectationEntries, expectationNeeds);
export type Expectation = v.InferOutput<typeof expectation>;

function wayToCount(value: unknown): 'number' | 'range' | null {
  if (typeof value === 'number') return 'number';
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? 'range' : null;
}

function count() {
  const says = 'must be a whole number from 0 on';
  return v.pipe(v.number(), v.integer(says), v.minValue(0, says));
}

/** Not a pattern: it is opened as it stands. */
const address = v.pipe(
  v.string(),
  v.maxCodePoints(longest, tooLong),
  v.regex(
    /^(?:https?:\/\/[^\s/?#\\]|\/(?![/\\]))/,
    'must be the address of a page, such as https://call.example/guest/standup, or begin with one /',
  ),
);

const step = members(
  {
    name: v.pipe(v.string(), v.nonEmpty('must be a text that says something'), v.maxCodePoints(longest, tooLong)),
    /** The page that is opened: a whole address, or one from the root of the site on. */
    open: v.exactOptional(address),
    /** What a person, or a function of a test, does instead. */
    action: v.exactOptional(v.pipe(v.string(), v.nonEmpty('must say what is done'), v.maxCodePoints(longest, tooLong))),
    /** What holds then. Nothing where the step is only walked through. */
    expect: listOf(expectation),
  },
  [
    { oneOf: ['open', 'action'], says: 'leads nowhere: give open or action' },
    { apart: ['action', 'open'], says: 'cannot stand beside open' },
  ],
);
export type Step = v.InferOutput<typeof step>;

const unknownMark = 'is no mark of pages, and no address of a page';

/** One expectation that stands by itself, whose `on` may name these marks. */
export function expectationOf(marked: object) {
  const faults = (one: Record<string, unknown>) => (isUnknownMark(memberOf(one, 'on'), marked) ? ['on'] : []);
  return members(expectationEntries, [...expectationNeeds, { faults, says: unknownMark }]);
}

function isUnknownMark(on: unknown, known: object): boolean {
  return typeof on === 'string' && isMark(on) && on !== '' && !Object.hasOwn(known, on);
}

/** Where `on` names a mark that `pages` has not. */
function unknownMarks({ pages: marked, expect, steps }: Record<string, unknown>): (string | number)[][] {
  const known = typeof marked === 'object' && marked !== null ? marked : {};
  const unknownIn = (list: unknown, way: (string | number)[]) =>
    listed(list).flatMap((one, index) => {
      return isUnknownMark(memberOf(one, 'on'), known) ? [[...way, index, 'on']] : [];
    });
  return [
    ...unknownIn(expect, ['expect']),
    ...listed(steps).flatMap((one, index) => unknownIn(memberOf(one, 'expect'), ['steps', index, 'expect'])),
  ];
}

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Whether `on` names a mark; otherwise it is a pattern. */
export function isMark(on: string): boolean {
  return !/[*:/]/.test(on);
}

/** What a QA engineer expects of a page or a recording. */
export const expectationFile = members(
  {
    $schema: v.exactOptional(v.unknown()),
    pages: v.exactOptional(pages),
    expect: v.exactOptional(listOf(expectation)),
    /** A run over several pages, in order. */
    steps: v.exactOptional(v.pipe(listOf(step), v.nonEmpty('is an empty list, which leads nowhere'))),
  },
  [
    { oneOf: ['expect', 'steps'], says: 'expects nothing: give expect or steps' },
    { faults: unknownMarks, says: unknownMark },
  ],
);
type Written = v.InferOutput<typeof expectationFile>;
export type Expectations = Omit<Written, '$schema' | 'expect'> & Required<Pick<Written, 'expect'>>;

/** Parts that are named in the published schema. */
export const expectationParts = { expectation, step, pages, pattern, tokens, places, wanted, bounds };
