import { isReadable, lacks } from '../../evidence/absent-claim.ts';
import { asvs, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const subMissing: TokenRule = {
  id: 'sub-missing',
  judges: 'token',
  group: 'structure',
  title: 'Subject absent',
  severity: 'low',
  why: 'A server cannot tell whom the token speaks for.',
  fix: 'Issue `sub` with a stable id.',
  references: [rfc(7519, '4.1.2'), rfc(9068, '2.2'), asvs('10.3.3')],
  applies: (subject) => isReadable(subject, ['access', 'id']),
  check(subject) {
    if (!lacks(subject, 'sub') || subject.facts.userId !== null) return [];
    return [{ says: 'There is no `sub`.', at: 'claims.sub' }];
  },
};
