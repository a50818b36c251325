import { inWords, isoUtc } from '../../../text/time-words.ts';
import { valueAt } from '../../../text/values.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const expRelative: TokenRule = {
  id: 'exp-relative',
  judges: 'token',
  group: 'time',
  title: 'A duration written as a date',
  severity: 'medium',
  why: 'Read as a date it lies in the early 1970s: the token has always expired, or the check is skipped.',
  fix: 'Set `exp` to `iat` plus the duration.',
  references: [rfc(7519, '2'), cwe(682)],
  suppresses: ['lifetime-*', 'exp-expired', 'exp-not-after-*', 'expired-token-stored'],
  applies: ({ times }) => times.expiresAt !== null,
  check({ token, times }) {
    const exp = valueAt(token.claims, 'exp');
    // 0 and 1 are how tests write "expired".
    if (typeof exp !== 'number' || exp <= 1 || exp >= 1e8) return [];
    const { issuedAt } = times;
    if (issuedAt !== null && issuedAt <= 1e9) return [];
    const meant = issuedAt === null ? '' : `, until ${isoUtc(issuedAt + exp)}`;
    return [{ says: `\`exp\` is ${exp}, which may mean ${inWords(exp)}${meant}.`, at: 'claims.exp' }];
  },
};
