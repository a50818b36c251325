import { forms } from '../decode/forms/index.ts';
import { sources } from '../find/sources/index.ts';
import { privileges, roles, roomScopes, timeStatuses } from '../model/facts.ts';
import { tokenUses } from '../model/token.ts';
import { providers } from '../recognise/providers/index.ts';
import { isLike } from '../text/like.ts';
import { anyOf } from '../text/sentence.ts';
import type { Need } from '../text/written-shapes.ts';

/** Names of which reports tell one of a few values, or values of one kind, and what is said where a wanted one is none of them. */
interface Vocabulary {
  names: readonly string[];
  /** Whether a report may tell it there. */
  has(value: unknown): boolean;
  /** The words of which it is one; none where it is no word. */
  words: readonly string[];
  says: string;
}

const idsOf = (units: readonly { id: string }[]) => units.map(({ id }) => id);

const timeNames = ['issuedAt', 'notBefore', 'expiresAt', 'lifetimeSeconds'].map((name) => `times.${name}`);

const vocabularies: readonly Vocabulary[] = [
  oneOf(['role'], roles),
  oneOf(['use'], tokenUses),
  oneOf(['roomScope'], roomScopes),
  oneOf(['status', 'times.status'], timeStatuses),
  oneOf(['source'], idsOf(sources)),
  oneOf(['form'], idsOf(forms), 'is the id of no form that a token can have'),
  {
    ...oneOf(['provider'], idsOf(providers), 'is the id of no platform that is known'),
    has: isNullOr(idsOf(providers)),
  },
  {
    names: privileges.map((name) => `privileges.${name}`),
    has: (value) => value === null || typeof value === 'boolean',
    words: [],
    says: 'fits no token: it is true, false or null',
  },
  {
    names: timeNames,
    has: (value) => value === null || typeof value === 'number',
    words: [],
    says: 'fits no token: it is a number or null',
  },
];

function oneOf(
  names: readonly string[],
  words: readonly string[],
  says = `fits nothing: it is ${anyOf(words)}`,
): Vocabulary {
  return { names, words, says, has: (value) => typeof value === 'string' && words.includes(value) };
}

function isNullOr(words: readonly string[]) {
  return (value: unknown) => value === null || (typeof value === 'string' && words.includes(value));
}

/** Names of values that are any text, or null. */
const textNames = ['product', 'tenant', 'room', 'userId', 'displayName', 'vendorRole'];
const texts: Vocabulary = {
  names: [...textNames, 'origin', 'label', 'key', 'url', 'input'],
  has: (value) => value === null || typeof value === 'string',
  words: [],
  says: 'fits nothing: it is a text or null',
};

/** The words of which reports tell one there; none for what can be any text, a number, or allowed or not. */
export function possibleWords(name: string): readonly string[] {
  return vocabularies.find(({ names }) => names.includes(name))?.words ?? [];
}

type Way = (string | number)[];

/**
 * Needs of an expectation: that every value it speaks of is one that a report can tell. That no token is an "owner", where roles are
 * called "host", would always hold.
 */
export const possibleValues: readonly Need[] = [...vocabularies, texts].map((vocabulary) => ({
  says: vocabulary.says,
  faults: (expectation) =>
    ['where', 'none', 'tokens', 'every', 'have'].flatMap((part) =>
      membersOf(expectation[part]).flatMap(([name, wanted]) =>
        vocabulary.names.includes(name) ? impossible(wanted, vocabulary).map((way) => [part, name, ...way]) : [],
      ),
    ),
}));

/** Deeper than a wanted value may be nested. */
const deepest = 10;

/** The ways to what no report tells. What is no wanted value at all is told by its shape. */
function impossible(wanted: unknown, vocabulary: Vocabulary, depth = 0): Way[] {
  const below = (one: unknown, step: string | number) =>
    impossible(one, vocabulary, depth + 1).map((way): Way => [step, ...way]);
  if (depth > deepest) return [];
  if (Array.isArray(wanted)) return wanted.flatMap(below);
  if (typeof wanted !== 'object' || wanted === null) return vocabulary.has(wanted) ? [] : [[]];
  const { not, like } = wanted as { not?: unknown; like?: unknown };
  if (not !== undefined) return below(not, 'not');
  if (typeof like === 'string') return canBeLike(like, vocabulary) ? [] : [['like']];
  const isRange = 'min' in wanted || 'max' in wanted;
  return isRange && !vocabulary.has(0) ? [[]] : [];
}

function canBeLike(pattern: string, { words, has }: Vocabulary): boolean {
  return words.length > 0 ? words.some((word) => isLike(word, pattern)) : has(pattern);
}

function membersOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** Needs of an expectation: that there is something that it would not hold of. */
export const tellingLimits: readonly Need[] = [
  {
    says: 'holds whatever is found: give a max, or a min of 1',
    faults: ({ count }) => (isAnyNumber(count) ? [['count']] : []),
  },
  {
    says: 'holds whatever is found: nothing is worse than critical',
    faults: ({ maxSeverity }) => (maxSeverity === 'critical' ? [['maxSeverity']] : []),
  },
];

function isAnyNumber(count: unknown): boolean {
  if (typeof count !== 'object' || count === null) return false;
  const { min, max } = count as { min?: unknown; max?: unknown };
  return max === undefined && typeof min === 'number' && min <= 0;
}
