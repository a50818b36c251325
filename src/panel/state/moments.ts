import { lifespanOf, type StateAt, stateAt } from '../../engine/model/lifespan.ts';
import type { Change } from '../words/moment-words.ts';
import type { Navigation } from './lines.ts';
import type { Row } from './row.ts';

/** Every moment at which a token becomes valid or expires, or the page was navigated, in order. */
export function changesOf(rows: readonly Row[], navigations: readonly Navigation[]): Change[] {
  const byTime = new Map<number, Change>();
  const changeAt = (at: number): Change => {
    const known = byTime.get(at) ?? { at, begins: [], ends: [], navigations: [] };
    byTime.set(at, known);
    return known;
  };
  for (const { subject } of rows) {
    const span = lifespanOf(subject);
    if (span?.from != null) changeAt(span.from).begins.push(subject);
    if (span?.until != null) changeAt(span.until).ends.push(subject);
  }
  for (const { at, url } of navigations) changeAt(at).navigations.push(url);
  return [...byTime.values()].sort((a, b) => a.at - b.at);
}

/** How many tokens are in which state at a moment, in seconds since the epoch. */
export function countStates(rows: readonly Row[], at: number): Record<StateAt, number> {
  const counts: Record<StateAt, number> = { valid: 0, endless: 0, early: 0, expired: 0, unknown: 0 };
  for (const { subject } of rows) counts[stateAt(subject, at)] += 1;
  return counts;
}

/** Every moment of tokens that an axis should reach to. */
export function* momentsOf(rows: readonly Row[]): Generator<number> {
  for (const { subject, firstSeenAt, versions } of rows) {
    for (const { times } of [subject, ...versions]) {
      for (const at of [times.issuedAt, times.notBefore, times.expiresAt]) if (at !== null) yield at;
    }
    if (firstSeenAt !== null) yield firstSeenAt;
  }
}
