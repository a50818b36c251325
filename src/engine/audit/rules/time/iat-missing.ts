import { valueAt } from '../../../text/values.ts';
import { isReadable } from '../../evidence/absent-claim.ts';
import { declaredType } from '../../evidence/declared-type.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { openidCore, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const iatMissing: TokenRule = {
  id: 'iat-missing',
  judges: 'token',
  group: 'time',
  title: 'Issue time unknown',
  severity: 'info',
  why: 'Its age and lifetime cannot be told.',
  fix: 'Add `iat`.',
  references: [rfc(7519, '4.1.6'), rfc(9068, '2.2'), openidCore('2')],
  applies: (subject) => isReadable(subject, ['access', 'id', 'session', 'video-join']),
  check(subject, { provider }) {
    const { token, facts, times } = subject;
    const { issued } = timeNames(subject, provider);
    if (times.issuedAt !== null || valueAt(token.claims, issued) !== undefined) return [];
    const isRequired = facts.use === 'id' || declaredType(token.header) === 'at+jwt';
    return [{ says: `There is no \`${issued}\`.`, at: `claims.${issued}`, severity: isRequired ? 'low' : 'info' }];
  },
};
