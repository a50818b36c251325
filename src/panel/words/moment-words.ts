import type { StateAt } from '../../engine/model/lifespan.ts';
import type { Subject } from '../../engine/model/report.ts';
import { shownUrl } from './masked.ts';
import { titleOf } from './token-words.ts';

/** A moment at which something changes. Seconds since the epoch. */
export interface Change {
  at: number;
  /** Tokens that become valid, and that expire. */
  begins: Subject[];
  ends: Subject[];
  /** Whole URLs of the documents that the page became. */
  navigations: string[];
}

/** `3 of 15 tokens are valid, 1 of them for ever; 2 not yet; 9 have expired; of 1 the times are not known`. */
export function countWords({ valid, endless, early, expired, unknown }: Record<StateAt, number>): string {
  const all = valid + endless + early + expired + unknown;
  const now = valid + endless;
  const clauses = [
    `${number(now)} of ${number(all)} ${all === 1 ? 'token' : 'tokens'} ${now === 1 ? 'is' : 'are'} valid${
      endless > 0 ? `, ${endless === now ? 'without an end' : `${number(endless)} of them without an end`}` : ''
    }`,
    early > 0 ? `${number(early)} not yet` : '',
    expired > 0 ? `${number(expired)} ${expired === 1 ? 'has' : 'have'} expired` : '',
    unknown > 0 ? `of ${number(unknown)} the times are not known` : '',
  ];
  return clauses.filter(Boolean).join('; ');
}

/** What happens at a moment, in one sentence each; of many tokens their number. */
export function changeWords({ begins, ends, navigations }: Change): string[] {
  return [
    ...(begins.length > 0 ? [`${named(begins)} ${begins.length === 1 ? 'becomes' : 'become'} valid.`] : []),
    ...(ends.length > 0 ? [`${named(ends)} ${ends.length === 1 ? 'expires' : 'expire'}.`] : []),
    ...navigations.slice(0, mostNamed).map((url) => `The page went to ${shownUrl(url)}.`),
  ];
}

/** Named one by one; of more the number is told. */
const mostNamed = 3;

function named(subjects: readonly Subject[]): string {
  if (subjects.length > mostNamed) return `${number(subjects.length)} tokens`;
  const names = subjects.map(titleOf);
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const number = (count: number) => count.toLocaleString('en');
