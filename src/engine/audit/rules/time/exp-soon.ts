import { inWords, isoUtc } from '../../../text/time-words.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const expSoon: TokenRule = {
  id: 'exp-soon',
  judges: 'token',
  group: 'time',
  title: 'Expires within 5 minutes',
  severity: 'info',
  why: 'Whoever joins, or comes back after a lost connection, needs a fresh token soon.',
  fix: 'Nothing, if the page renews it in time.',
  references: [rfc(7519, '4.1.4')],
  // Tokens that never live longer would always be reported.
  applies: ({ times }) => times.expiresAt !== null && (times.lifetimeSeconds === null || times.lifetimeSeconds > 300),
  check(subject, { now, provider }) {
    const left = (subject.times.expiresAt ?? 0) - now;
    if (left <= 0 || left > 300) return [];
    return [
      {
        says: `It expires in ${inWords(left)}, at ${isoUtc(now + left)}.`,
        at: `claims.${timeNames(subject, provider).ends}`,
      },
    ];
  },
};
