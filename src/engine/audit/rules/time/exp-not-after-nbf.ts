import { isoUtc } from '../../../text/time-words.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const expNotAfterNbf: TokenRule = {
  id: 'exp-not-after-nbf',
  judges: 'token',
  group: 'time',
  title: 'Never valid',
  severity: 'medium',
  why: 'It ends before it starts, so every server that checks refuses it.',
  fix: 'Set `exp` later than `nbf`.',
  references: [rfc(7519, '4.1.5')],
  applies: ({ times }) => times.expiresAt !== null && times.notBefore !== null,
  check(subject, { provider }) {
    const { expiresAt, notBefore } = subject.times;
    if (expiresAt === null || notBefore === null || expiresAt > notBefore) return [];
    return [
      {
        says: `It ends on ${isoUtc(expiresAt)} and starts on ${isoUtc(notBefore)}.`,
        at: `claims.${timeNames(subject, provider).ends}`,
      },
    ];
  },
};
