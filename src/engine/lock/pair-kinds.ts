import { kindDifferences } from './kind-differences.ts';
import type { LockedKind } from './lock-file.ts';
import { isSamePlace, placeWords } from './place-differences.ts';
import { isSameSpan } from './span.ts';

export interface PairedKinds {
  /** Each kind that is seen with the locked ones that it is, or became. A kind may stand in several pairs. */
  pairs: [locked: LockedKind, seen: LockedKind][];
  /** Locked kinds of which nothing was seen. */
  missing: LockedKind[];
  /** Kinds that are none of the locked ones. */
  added: LockedKind[];
}

/**
 * Finds which kind of now is which of the lock: the same first; then, of one platform and use, those in the same place; then those that
 * are most alike, so that a token that changed its right and its place at once is told as changed.
 */
export function pairKinds(locked: readonly LockedKind[], seen: readonly LockedKind[]): PairedKinds {
  const pairs: PairedKinds['pairs'] = sameText(locked, seen);
  const missing = new Set(locked);
  const added = new Set(seen);
  const took = ([one, other]: [LockedKind, LockedKind]) => {
    missing.delete(one);
    added.delete(other);
  };
  pairs.forEach(took);
  const alike = [
    ...pairsOf([...missing], seen).filter(isAlike),
    ...pairsOf(locked, [...added])
      .filter(([one]) => !missing.has(one))
      .filter(isAlike),
  ];
  pairs.push(...alike);
  alike.forEach(took);
  const take = (one: LockedKind, other: LockedKind) => {
    pairs.push([one, other]);
    missing.delete(one);
    added.delete(other);
  };
  const takeMostAlike = (isMeant: (one: LockedKind, other: LockedKind) => boolean) => {
    for (const [one, other] of mostAlike([...missing], [...added]))
      if (missing.has(one) && added.has(other) && isMeant(one, other)) take(one, other);
  };
  takeMostAlike(hasShared);
  for (const other of [...added]) {
    const before = locked.find((one) => isOneSort(one, other) && hasLost(one, other, pairs));
    if (before) take(before, other);
  }
  takeMostAlike(() => true);
  for (const one of [...missing]) {
    const now = seen.find((other) => isOneSort(one, other) && hasShared(one, other));
    if (now) take(one, now);
  }
  return { pairs, missing: [...missing], added: [...added] };
}

/** Kinds of which the same is said, word by word. */
function sameText(locked: readonly LockedKind[], seen: readonly LockedKind[]): PairedKinds['pairs'] {
  const textOf = ({ places, findings, ...setting }: LockedKind) => JSON.stringify(setting);
  const known = new Map(locked.map((kind) => [textOf(kind), kind]));
  return seen.flatMap((other): PairedKinds['pairs'] => {
    const one = known.get(textOf(other));
    return one ? [[one, other]] : [];
  });
}

function pairsOf(locked: readonly LockedKind[], seen: readonly LockedKind[]): PairedKinds['pairs'] {
  return locked.flatMap((one) => seen.map((other): [LockedKind, LockedKind] => [one, other]));
}

/** Whether two differ in nothing but in how it is said. What is quick to compare comes first: there may be many. */
function isAlike([one, other]: [LockedKind, LockedKind]): boolean {
  return (
    isOneSort(one, other) &&
    one.role === other.role &&
    one.rooms === other.rooms &&
    one.may.length === other.may.length &&
    one.mayNot.length === other.mayNot.length &&
    isSameSpan(one.lives, other.lives) &&
    kindDifferences(one, other).length === 0
  );
}

const isOneSort = (one: LockedKind, other: LockedKind) => one.platform === other.platform && one.use === other.use;

/** Every two that may be one, the most alike first. */
function mostAlike(locked: readonly LockedKind[], seen: readonly LockedKind[]): [LockedKind, LockedKind][] {
  const placesOf = new Map([...locked, ...seen].map((kind) => [kind, new Set(kind.places.map(placeWords))]));
  const shared = (one: LockedKind, other: LockedKind) => {
    const [before = none, now = none] = [placesOf.get(one), placesOf.get(other)];
    return before.size === 0 ? 0 : [...before].filter((place) => now.has(place)).length / before.size;
  };
  const likely = locked.flatMap((one) =>
    seen
      .filter((other) => isOneSort(one, other))
      .map((other) => ({ one, other, points: likeness(one, other) + 6 * shared(one, other) })),
  );
  return likely.sort((a, b) => b.points - a.points).map(({ one, other }) => [one, other]);
}

const none: ReadonlySet<string> = new Set();

/** How much two kinds have in common, but for places. Role and places weigh most: what a token is for changes least. */
function likeness(one: LockedKind, other: LockedKind): number {
  const same = (name: keyof LockedKind) => Number(one[name] === other[name]);
  return (
    6 * same('role') +
    3 * same('room') +
    2 * (same('product') + same('issuer') + same('lives')) +
    (same('person') + same('rooms') + same('alg') + same('form') + same('tenant')) +
    3 * common(one.may, other.may) +
    2 * common(one.claims, other.claims)
  );
}

/** The share of names in either list that are in both; 1 for two empty ones. */
function common(some: readonly string[], others: readonly string[]): number {
  const all = new Set([...some, ...others]);
  return all.size === 0 ? 1 : some.filter((one) => others.includes(one)).length / all.size;
}

function hasShared(one: LockedKind, other: LockedKind): boolean {
  return one.places.some((place) => other.places.some((now) => isSamePlace(place, now)));
}

/** Whether a locked kind was in a place of this one in which none of those that it is now, or became, is any more. */
function hasLost(one: LockedKind, other: LockedKind, pairs: PairedKinds['pairs']): boolean {
  const now = pairs.filter(([before]) => before === one).flatMap(([, after]) => after.places);
  return one.places.some(
    (place) => other.places.some((here) => isSamePlace(place, here)) && !now.some((there) => isSamePlace(place, there)),
  );
}
