import { isoUtc } from '../../../text/time-words.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { asvs, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const expNotAfterIat: TokenRule = {
  id: 'exp-not-after-iat',
  judges: 'token',
  group: 'time',
  title: 'Expires before it was issued',
  severity: 'medium',
  why: 'It was never valid. A duration written as a date, or a wrong time zone, is the usual cause.',
  fix: 'Set `exp` to `iat` plus the lifetime, both in seconds.',
  references: [rfc(7519, '4.1.4'), asvs('9.2.1')],
  applies: ({ times }) => times.expiresAt !== null && times.issuedAt !== null,
  check(subject, { provider }) {
    const { expiresAt, issuedAt } = subject.times;
    if (expiresAt === null || issuedAt === null || expiresAt > issuedAt) return [];
    return [
      {
        says: `It expires on ${isoUtc(expiresAt)} and was issued on ${isoUtc(issuedAt)}.`,
        at: `claims.${timeNames(subject, provider).ends}`,
      },
    ];
  },
};
