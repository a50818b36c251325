import { byText, sortedTexts } from './canonical.ts';
import { type ChangedPart, few, kindDifferences } from './kind-differences.ts';
import { kindTitles } from './kind-titles.ts';
import type { LockedKind, TokenLock } from './lock-file.ts';
import { isSamePattern } from './name-pattern.ts';
import { pairKinds } from './pair-kinds.ts';
import { isSamePlace, placeDifferences, placeWords } from './place-differences.ts';

/** One thing that is not as it was locked. */
export interface LockChange {
  /** What of a token changed, or that a kind is new or was not seen; `all` is about all of them together. */
  part: ChangedPart | 'place' | 'cookie' | 'findings' | 'new' | 'not-seen' | 'all';
  /** What the kind is called, as briefly as it can be told from the others: "Daily guest for standup". Null for `all`. */
  kind: string | null;
  /** The whole in one line: "Daily guest for standup gained record". */
  says: string;
}

/**
 * What is not as it was locked, one line each; none where all is. A kind that was not seen is a change, too: nothing is known
 * of it. Pure, and never throws.
 */
export function compareLocks(locked: TokenLock, seen: TokenLock): LockChange[] {
  const { pairs, missing, added } = pairKinds(locked.kinds, seen.kinds);
  const titles = kindTitles([...locked.kinds, ...added]);
  const titleOf = (kind: LockedKind) => titles.get(kind) ?? 'a token';
  const about = (kind: LockedKind, part: LockChange['part'], says: string): LockChange => ({
    part,
    kind: titleOf(kind),
    says: `${titleOf(kind)} ${says}`,
  });
  return unique([
    ...wholeChanges(locked, seen),
    ...added.map((kind) => about(kind, 'new', `is new: ${newWords(kind)}`)),
    ...locked.kinds.flatMap((kind) => pairedChanges(kind, pairs).map(({ part, says }) => about(kind, part, says))),
    ...missing.map((kind) => about(kind, 'not-seen', `was not seen; it was in ${few(kind.places.map(placeWords))}`)),
  ]);
}

/** Lists what is locked as it is seen now. Kinds that are as they were stay as they stand in the lock, patterns that somebody widened included. */
export function acceptedLock(locked: TokenLock, seen: TokenLock): TokenLock {
  const { pairs } = pairKinds(locked.kinds, seen.kinds);
  const kept = locked.kinds.filter(
    (kind) => pairs.some(([one]) => one === kind) && pairedChanges(kind, pairs).length === 0,
  );
  const isKept = (kind: LockedKind) => pairs.some(([one, other]) => other === kind && kept.includes(one));
  return { ...seen, kinds: [...kept, ...seen.kinds.filter((kind) => !isKept(kind))].sort(byText) };
}

type Changed = Pick<LockChange, 'part' | 'says'>;

/** What became of a locked kind, in all that it is now. */
function pairedChanges(kind: LockedKind, pairs: readonly [LockedKind, LockedKind][]): Changed[] {
  const now = pairs.filter(([one]) => one === kind).map(([, other]) => other);
  if (now.length === 0) return [];
  const settings = now.map((other) => ({ other, differences: kindDifferences(kind, other) }));
  // Where a part of a kind stayed as it was, the place says which part changed.
  const isSplit = settings.length > 1;
  const own = settings.flatMap(({ other, differences }) =>
    differences.map(({ part, says }) => ({ part, says: isSplit ? `${says}, ${whereWords(other)}` : says })),
  );
  // What several locked kinds have become one is in the places of all of them.
  const before = pairs.filter(([, other]) => now.includes(other)).map(([one]) => one);
  const places = placeDifferences(
    kind.places,
    now.flatMap(({ places }) => places.filter((place) => isOf(place, kind, before))),
  );
  return [...own, ...places, ...findingChanges(kind, now, before)];
}

/** Whether a place is new, or one of this kind: those of other kinds that became the same are theirs. */
function isOf(place: LockedKind['places'][number], kind: LockedKind, before: readonly LockedKind[]): boolean {
  const isIn = ({ places }: LockedKind) => places.some((one) => isSamePlace(one, place));
  return isIn(kind) || !before.some(isIn);
}

function whereWords({ places }: LockedKind): string {
  return `in ${few(places.map(placeWords))}`;
}

function findingChanges(kind: LockedKind, now: readonly LockedKind[], before: readonly LockedKind[]): Changed[] {
  const then = new Set(before.flatMap(({ findings }) => findings));
  const here = new Set(now.flatMap(({ findings }) => findings));
  return flags(
    [...here].filter((rule) => !then.has(rule)),
    kind.findings.filter((rule) => !here.has(rule)),
    'findings',
  );
}

function flags(more: readonly string[], less: readonly string[], part: LockChange['part']): Changed[] {
  return [
    ...(more.length > 0 ? [{ part, says: `is now flagged ${few(sortedTexts(more))}` }] : []),
    ...(less.length > 0 ? [{ part, says: `is no longer flagged ${few(sortedTexts(less))}` }] : []),
  ];
}

function wholeChanges(locked: TokenLock, seen: TokenLock): LockChange[] {
  const all = (says: string): LockChange => ({ part: 'all', kind: null, says });
  const isOneSided = locked.unlisted === true || seen.unlisted === true;
  return [
    ...(isSamePattern(locked.policy, seen.policy)
      ? []
      : [all(`judged by the policy ${seen.policy}, the lock by ${locked.policy}`)]),
    ...(isOneSided ? [all('there are more tokens, or more places of one kind, than can be compared')] : []),
    // What is said of several tokens ends when one of them is gone.
    ...flags(
      seen.findings.filter((rule) => !locked.findings.includes(rule)),
      [],
      'all',
    ).map(({ says }) => all(`what the tokens are together ${says}`)),
  ];
}

function newWords({ places, may, lives }: LockedKind): string {
  const rights = may.length > 0 ? `; it may ${few(may)}` : '';
  return `in ${few(places.map(placeWords))}${rights}; it lives ${lives}`;
}

function unique(changes: readonly LockChange[]): LockChange[] {
  return [...new Map(changes.map((change) => [change.says, change])).values()];
}
