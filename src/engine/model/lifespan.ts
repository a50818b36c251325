import type { Subject } from './report.ts';

/** How it is with a token at a moment, by its own times: what the page held then is another question. */
export type StateAt = 'valid' | 'endless' | 'early' | 'expired' | 'unknown';

/** From when until when a token is valid, in seconds since the epoch. */
export interface Lifespan {
  issuedAt: number | null;
  /** From its not-before or, where it has none, its issue; null where it tells neither. */
  from: number | null;
  /** Null where it has no end, or none that can be read. */
  until: number | null;
  isEndless: boolean;
}

/** Null where a token tells no end that can be read, nor that it has none. */
export function lifespanOf({ times, token }: Pick<Subject, 'times' | 'token'>): Lifespan | null {
  const { issuedAt, notBefore, expiresAt, status, notSeconds } = times;
  const isEndless = status === 'never-expires';
  // What servers take for another moment than its maker meant is none that can be drawn.
  const isMisread = notSeconds?.some(({ says }) => says !== 'issued') === true;
  if (isMisread || token.problem !== null || (expiresAt === null && !isEndless)) return null;
  return { issuedAt, from: notBefore ?? issuedAt, until: expiresAt, isEndless };
}

/** `at` is in seconds since the epoch. A token is valid from its not-before on, and no longer at its end (RFC 7519 §4.1.4). */
export function stateAt(subject: Pick<Subject, 'times' | 'token'>, at: number): StateAt {
  const span = lifespanOf(subject);
  if (!span) return 'unknown';
  if (span.until !== null && at >= span.until) return 'expired';
  if (span.from !== null && at < span.from) return 'early';
  return span.isEndless ? 'endless' : 'valid';
}
