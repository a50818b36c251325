import type { One, TwinTelling } from './tell-twins.ts';
import { apart, type TwinSides, unlikeness } from './twin-sides.ts';

/**
 * Decides of requests that are alike which are twins: by their answers, by their calls until they are answered, and not before the
 * time has come where both show nothing.
 *
 * @param wait has it settled again in a moment, when it is late
 */
export function createTwinSettling(
  sides: TwinSides,
  { tellAlone, tellTwin }: TwinTelling,
  wait: (one: One) => void,
): (all: readonly One[]) => void {
  /** Tells, of those that are alike, each that is no twin, as far as that is known, and of the others what is new. */
  function settle(all: readonly One[]): void {
    // One that is told by itself may be what others came out of.
    while (tellLonely(all));
    for (const one of all) {
      const pair = one.state === 'presumed' && one.other ? sides.known(one, one.other) : null;
      if (!pair || !one.other) continue;
      sides.learn(pair);
      tellTwin(one, one.other, 'twin');
    }
  }

  /** Gives those that may be twins the ones that they are twins of, and tells the first that is none; whether there was one. */
  function tellLonely(all: readonly One[]): boolean {
    const undecided = all.filter(isUndecided);
    if (undecided.length === 0) return false;
    const alone = all.filter((one) => one.state === 'alone' && isOpen(one));
    // One that carries something else is taken for a twin only once it has waited for a likelier one.
    const like = assign(undecided, (one) => twinsOf(sides, one, alone, true), new Map());
    const firsts = assign(undecided, (one) => (one.isLate ? twinsOf(sides, one, alone, false) : []), like);
    for (const one of undecided) part(one, firsts.get(one) ?? null);
    for (const [one, first] of firsts) takeFor(one, first);
    const lonely = undecided.find((one) => !firsts.has(one) && !waitsFor(one, alone, undecided));
    if (lonely) tellAlone(lonely);
    return lonely !== undefined;
  }

  /** Whether it waits for a moment for what shows whose twin it is. Of two twins that would wait one is told. */
  function waitsFor(one: One, alone: readonly One[], undecided: readonly One[]): boolean {
    const isWorthIt =
      one.state === 'waiting' &&
      !one.isLate &&
      alone.some((other) => sides.possible(one, other)) &&
      twinsOf(sides, one, undecided, true).every(({ state }) => state !== 'waiting');
    if (isWorthIt) wait(one);
    return isWorthIt;
  }

  function takeFor(one: One, first: One): void {
    if (one.other === first) return;
    first.other = one;
    tellTwin(one, first, 'presumed');
  }

  return settle;
}

/** Those that it can be the twin of, the likeliest first. */
function twinsOf(sides: TwinSides, one: One, alone: readonly One[], areAlike: boolean): One[] {
  const pairs = alone.flatMap((other) => {
    const pair = sides.presumed(one, other);
    return pair ? [{ other, unlikeness: unlikeness(pair), apart: apart(pair) }] : [];
  });
  return pairs
    .filter(({ unlikeness }) => (unlikeness === 0) === areAlike)
    .sort((a, b) => a.unlikeness - b.unlikeness || a.apart - b.apart)
    .map(({ other }) => other);
}

/** Whether it may yet turn out to be a twin, or none. */
export const isUndecided = ({ state }: One) => state === 'waiting' || state === 'presumed';
/** Whether its twin may yet be another. */
export const isOpen = ({ state, other }: One) => state !== 'twin' && other?.state !== 'twin';

/**
 * Gives as many as can be one of those that they have to choose from, each to one alone; those that have one keep it if they can,
 * and those that were given one before do.
 */
function assign(
  all: readonly One[],
  choicesOf: (one: One) => readonly One[],
  before: ReadonlyMap<One, One>,
): Map<One, One> {
  const taken = new Set(before.values());
  const left = all.filter((one) => !before.has(one));
  const choices = new Map(left.map((one) => [one, choicesOf(one).filter((choice) => !taken.has(choice))]));
  const owners = new Map<One, One>();
  for (const one of left) if (one.other && choices.get(one)?.includes(one.other)) owners.set(one.other, one);

  /** Others make room where they have another choice. */
  function find(one: One, tried: Set<One>): boolean {
    return (choices.get(one) ?? []).some((choice) => {
      if (tried.has(choice)) return false;
      tried.add(choice);
      const owner = owners.get(choice);
      if (owner && !find(owner, tried)) return false;
      owners.set(choice, one);
      return true;
    });
  }

  for (const one of left) if (![...owners.values()].includes(one)) find(one, new Set());
  return new Map([...before, ...[...owners].map(([choice, one]) => [one, choice] as const)]);
}

/** It is no longer presumed to be the twin of any but `kept`. */
function part(one: One, kept: One | null): void {
  if (!one.other || one.other === kept) return;
  if (one.other.other === one) one.other.other = null;
  one.other = null;
}
