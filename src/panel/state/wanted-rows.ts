import { possibleWords } from '../../engine/expect/possible-values.ts';
import { privileges } from '../../engine/model/facts.ts';
import type { Json } from '../../engine/text/json.ts';
import { privilegeWords } from '../words/privilege-words.ts';

/** What a member can be: one of a few words, any text, a number, whether something is allowed, or whatever a claim is. */
export type MemberKind = 'word' | 'text' | 'number' | 'state' | 'any';

export function kindOf(name: string): MemberKind {
  if (/^(?:claims|header)\./.test(name)) return 'any';
  if (name.startsWith('privileges.')) return 'state';
  if (possibleWords(name).length > 0) return 'word';
  return name.startsWith('times.') ? 'number' : 'text';
}

/** What members of tokens and places are called; those not named here by their own names. */
const memberWords = new Map<string, string>([
  ['provider', 'platform'],
  ['product', 'kind of token'],
  ['roomScope', 'scope of its rooms'],
  ['userId', 'user id'],
  ['displayName', 'user name'],
  ['vendorRole', 'role as the platform says it'],
  ['status', 'validity'],
  ['times.status', 'validity (times.status)'],
  ['times.issuedAt', 'issued at, in seconds'],
  ['times.notBefore', 'valid from, in seconds'],
  ['times.expiresAt', 'expires at, in seconds'],
  ['times.lifetimeSeconds', 'lifetime in seconds'],
  ['url', 'address'],
  ['input', 'file'],
  ...privileges.map((one): [string, string] => [`privileges.${one}`, `may ${privilegeWords[one]}`]),
]);

export function memberWord(name: string): string {
  return memberWords.get(name) ?? name;
}

/** Ways to compare, in the order in which they are offered, and how many values each takes. */
const comparisons = [
  ['is', 'is', 'one'],
  ['one-of', 'is one of', 'list'],
  ['is-not', 'is not', 'one'],
  ['none-of', 'is none of', 'list'],
  ['like', 'is like', 'one'],
  ['at-least', 'is at least', 'one'],
  ['at-most', 'is at most', 'one'],
  ['between', 'is between', 'two'],
  ['stated', 'is stated', 'none'],
  ['not-stated', 'is not stated', 'none'],
] as const;
export type Comparison = (typeof comparisons)[number][0];

const ranges: readonly Comparison[] = ['at-least', 'at-most', 'between'];
const stated: readonly Comparison[] = ['stated', 'not-stated'];

/** Those that make sense of a member, and the one that it has. */
export function comparisonsFor(name: string, had?: Comparison): readonly (readonly [Comparison, string])[] {
  const kind = kindOf(name);
  const isFit = (id: Comparison) => {
    if (kind === 'number') return id !== 'like';
    if (kind === 'any') return true;
    // A token has a role and the like in any case; its platform may not be known.
    return !ranges.includes(id) && (kind === 'text' || name === 'provider' || !stated.includes(id));
  };
  return comparisons.flatMap(([id, words]) => (isFit(id) || id === had ? [[id, words] as const] : []));
}

export function valuesOf(comparison: Comparison): 'none' | 'one' | 'two' | 'list' {
  return comparisons.find(([id]) => id === comparison)?.[2] ?? 'none';
}

/** One comparison as it is written into fields. */
export interface Condition {
  comparison: Comparison;
  /** As typed: of a list with commas; the second one of `between` alone. */
  values: readonly [string, string];
}

/** What is wanted of a member, in fields; null for what they cannot show. */
export function conditionOf(wanted: Json, kind: MemberKind): Condition | null {
  if (wanted === null) return { comparison: 'not-stated', values: ['', ''] };
  if (Array.isArray(wanted)) return listed('one-of', wanted, kind);
  if (typeof wanted !== 'object') return single('is', wanted, kind);
  const names = Object.keys(wanted).sort().join();
  if (names === 'like' && kind !== 'number') {
    return typeof wanted.like === 'string' ? { comparison: 'like', values: [wanted.like, ''] } : null;
  }
  if (names === 'not') return negated(wanted.not ?? null, kind);
  if (kind === 'text' || kind === 'word') return null;
  if (names === 'min') return single('at-least', wanted.min, kind);
  if (names === 'max') return single('at-most', wanted.max, kind);
  if (names !== 'max,min') return null;
  const [min, max] = [spelt(wanted.min, kind), spelt(wanted.max, kind)];
  return min === null || max === null ? null : { comparison: 'between', values: [min, max] };
}

function negated(wanted: Json, kind: MemberKind): Condition | null {
  if (wanted === null) return { comparison: 'stated', values: ['', ''] };
  if (Array.isArray(wanted)) return listed('none-of', wanted, kind);
  return typeof wanted === 'object' ? null : single('is-not', wanted, kind);
}

function single(comparison: Comparison, wanted: Json | undefined, kind: MemberKind): Condition | null {
  const value = spelt(wanted, kind);
  return value === null ? null : { comparison, values: [value, ''] };
}

function listed(comparison: Comparison, wanted: readonly Json[], kind: MemberKind): Condition | null {
  const values = wanted.map((one) => (one === null ? notStated : spelt(one, kind, true)));
  return values.every((one) => one !== null) ? { comparison, values: [values.join(', '), ''] } : null;
}

/** What fields say is wanted. What is not typed yet is a text that says nothing. */
export function wantedOf({ comparison, values: [first, second] }: Condition, kind: MemberKind): Json {
  switch (comparison) {
    case 'is':
      return readValue(first, kind);
    case 'one-of':
      return readList(first, kind);
    case 'is-not':
      return { not: readValue(first, kind) };
    case 'none-of':
      return { not: readList(first, kind) };
    case 'like':
      return { like: first };
    case 'at-least':
      return { min: readValue(first, kind) };
    case 'at-most':
      return { max: readValue(first, kind) };
    case 'between':
      return { min: readValue(first, kind), max: readValue(second, kind) };
    case 'stated':
      return { not: null };
    case 'not-stated':
      return null;
  }
}

/** The same value compared otherwise: the first of several, or one of several. */
export function compared({ comparison, values }: Condition, to: Comparison, kind: MemberKind): Condition {
  const isList = valuesOf(comparison) === 'list';
  if (isList === (valuesOf(to) === 'list')) return { comparison: to, values };
  if (isList) return { comparison: to, values: [spelt(readList(values[0], kind)[0], kind) ?? '', ''] };
  return {
    comparison: to,
    values: [values[0] === '' ? '' : (spelt(readValue(values[0], kind), kind, true) ?? ''), ''],
  };
}

const notStated = 'not stated';

/** A value as it is typed: a text as it is, or in quotes where it would be read as something else. */
function spelt(value: Json | undefined, kind: MemberKind, isInList = false): string | null {
  if (typeof value === 'number' || typeof value === 'boolean')
    return kind === 'text' || kind === 'word' ? null : String(value);
  if (typeof value !== 'string') return null;
  const isPlain =
    value === value.trim() &&
    !value.startsWith('"') &&
    readValue(value, kind) === value &&
    !(isInList && (value === '' || value.includes(',') || value === notStated));
  return isPlain ? value : JSON.stringify(value);
}

function readValue(typed: string, kind: MemberKind): Json {
  const text = typed.trim();
  if (/^".*"$/s.test(text)) {
    try {
      return JSON.parse(text) as Json;
    } catch {
      return text;
    }
  }
  if (kind === 'text' || kind === 'word') return text;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))
    ? Number(text)
    : text;
}

function readList(typed: string, kind: MemberKind): Json[] {
  return itemsOf(typed).map((one) => (one === notStated ? null : readValue(one, kind)));
}

/** Commas part what is not in quotes, which begin an item. */
function itemsOf(typed: string): string[] {
  const items: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < typed.length; at += 1) {
    const character = typed[at];
    if (isQuoted && character === '\\') at += 1;
    else if (character === '"' && (isQuoted || typed.slice(start, at).trim() === '')) isQuoted = !isQuoted;
    else if (character === ',' && !isQuoted) {
      items.push(typed.slice(start, at));
      start = at + 1;
    }
  }
  return [...items, typed.slice(start)].map((one) => one.trim()).filter((one) => one !== '');
}

/** What can be wanted of something that is allowed or not, by the words for it. */
export const stateChoices: readonly (readonly [words: string, wanted: Json])[] = [
  ['yes', true],
  ['no', false],
  ['not stated', null],
  ['no or not stated', [false, null]],
  ['yes or not stated', [true, null]],
  ['yes or no', [true, false]],
  ['anything but yes', { not: true }],
  ['anything but no', { not: false }],
];
