import { inWords } from '../../../text/time-words.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Lifetimes people choose, in seconds. */
const usual = new Set([300, 600, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400, 172_800]);

export const lifetimeFactor1000: TokenRule = {
  id: 'lifetime-factor-1000',
  judges: 'token',
  group: 'time',
  title: 'Lifetime is 1000 times a usual one',
  severity: 'medium',
  why: 'Milliseconds were probably added to seconds, as some published samples do; the token lives far longer than meant.',
  fix: 'Add the lifetime in seconds.',
  references: [rfc(7519, '2'), cwe(682), cwe(613)],
  applies: ({ times }) => times.lifetimeSeconds !== null,
  check(subject, { provider }) {
    const seconds = subject.times.lifetimeSeconds ?? 0;
    if (seconds % 1000 !== 0 || !usual.has(seconds / 1000)) return [];
    return [
      {
        says: `It lives ${inWords(seconds)}, exactly 1000 times ${inWords(seconds / 1000)}.`,
        at: `claims.${timeNames(subject, provider).ends}`,
        confidence: 'likely',
      },
    ];
  },
};
