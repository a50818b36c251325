import { isReadable, lacks } from '../../evidence/absent-claim.ts';
import { isHmac } from '../../evidence/jose-algorithms.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const issMissing: TokenRule = {
  id: 'iss-missing',
  judges: 'token',
  group: 'structure',
  title: 'Issuer absent',
  severity: 'low',
  why: 'A server that trusts several issuers cannot tell whose key should have signed it.',
  fix: 'Issue `iss`, and verify it.',
  references: [rfc(7519, '4.1.1'), rfc(8725, '3.8'), rfc(9068, '2.2'), asvs('9.1.3'), cwe(346)],
  applies: (subject) => isReadable(subject, ['access', 'id', 'session']),
  check(subject) {
    if (!lacks(subject, 'iss')) return [];
    // A session that one service signs for itself needs no issuer.
    const isOwn = subject.facts.use === 'session' && isHmac(subject.token.header?.alg);
    return isOwn ? [] : [{ says: 'There is no `iss`.', at: 'claims.iss' }];
  },
};
