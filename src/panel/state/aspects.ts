import { withoutNumber } from '../../engine/find/sources/exchange-place.ts';
import type { Subject } from '../../engine/model/report.ts';
import type { Sighting } from '../../engine/model/token.ts';
import { masked } from '../words/masked.ts';
import { duration } from '../words/show-time.ts';
import { platformOf, roleWords } from '../words/token-words.ts';
import { cut } from '../words/visible.ts';
import { leadingPlace, whereOf } from '../words/where-words.ts';

/** By what tokens of one page are told apart, the most telling first. */
export const aspects = ['role', 'room', 'person', 'lifetime', 'place', 'platform'] as const;
export type Aspect = (typeof aspects)[number];

/** One aspect of a token in few words, as it may be shown. */
export function aspectOf(subject: Subject, aspect: Aspect): string {
  if (aspect === 'place') return whereOf(subject, null)?.text ?? 'no place';
  return cut(masked(rawAspect(subject, aspect)), 200).text;
}

function rawAspect(subject: Subject, aspect: Aspect): string {
  const { facts, times } = subject;
  switch (aspect) {
    case 'role':
      return roleWords[facts.role];
    case 'room':
      if (facts.roomScope === 'all-rooms') return 'every room';
      return facts.room ?? 'no room named';
    case 'person':
      return facts.displayName || facts.userId || 'nobody named';
    case 'lifetime':
      if (times.status === 'never-expires') return 'never expires';
      if (times.endsWith) return `ends with ${times.endsWith}`;
      return times.lifetimeSeconds === null ? 'not known' : duration(times.lifetimeSeconds);
    case 'place':
      return placeName(leadingPlace(subject));
    case 'platform':
      return platformOf(subject);
  }
}

/** Tells places apart without being short, or fit to be shown. */
function placeName(sighting: Sighting | null): string {
  return sighting ? `${withoutNumber(sighting.place.label)} ${sighting.path}` : '';
}

/** How a token stands to others in one aspect. */
export interface Difference {
  aspect: Aspect;
  /** As it may be shown. */
  own: string;
  /** Others that are alike in it. */
  alike: number;
  /** What others have instead, the most frequent first and a few of them, as it may be shown. */
  instead: { value: string; count: number }[];
  /** How many different things others have instead. */
  kinds: number;
}

/** What others have instead is told of so many. */
const mostInstead = 5;

/** In which aspects a token differs from any of the others, and how; empty where all are alike. Linear in the others. */
export function differencesFrom(subject: Subject, others: readonly Subject[]): Difference[] {
  return aspects.flatMap((aspect) => {
    const own = rawAspect(subject, aspect);
    const found = new Map<string, { like: Subject; count: number }>();
    for (const other of others) {
      const value = rawAspect(other, aspect);
      const known = found.get(value);
      if (known) known.count += 1;
      else found.set(value, { like: other, count: 1 });
    }
    const alike = found.get(own)?.count ?? 0;
    if (alike === others.length) return [];
    found.delete(own);
    const instead = [...found.values()]
      .sort((a, b) => b.count - a.count)
      .slice(0, mostInstead)
      .map(({ like, count }) => ({ value: aspectOf(like, aspect), count }));
    return [{ aspect, own: aspectOf(subject, aspect), alike, instead, kinds: found.size }];
  });
}

/** The one of the others that is alike in most aspects, the first of several; null where there is none. */
export function mostAlike<One extends { subject: Subject }>(subject: Subject, others: readonly One[]): One | null {
  let best: One | null = null;
  let most = -1;
  const own = aspects.map((aspect) => rawAspect(subject, aspect));
  for (const other of others) {
    const alike = aspects.filter((aspect, index) => rawAspect(other.subject, aspect) === own[index]).length;
    if (alike <= most) continue;
    most = alike;
    best = other;
  }
  return best;
}
