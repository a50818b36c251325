import { valueAt } from '../../../text/values.ts';
import { isProvenBound } from '../../evidence/bound-to-key.ts';
import { asvs, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** The norm today, so only the strict policy asks. */
export const bearerUnbound: TokenRule = {
  id: 'bearer-unbound',
  judges: 'token',
  group: 'structure',
  title: 'Not sender-constrained',
  severity: 'info',
  why: 'Whoever holds a copy can use it.',
  fix: 'Bind tokens to a key with DPoP.',
  references: [rfc(9700, '2.2.1'), asvs('10.3.5')],
  applies: ({ token, facts }) => token.claims !== null && facts.use === 'access',
  check(subject, { subjects }) {
    if (valueAt(subject.token.claims, 'cnf') !== undefined || isProvenBound(subject, subjects)) return [];
    return [{ says: 'There is no `cnf`.', at: 'claims.cnf' }];
  },
};
