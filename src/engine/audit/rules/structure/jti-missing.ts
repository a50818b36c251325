import { isReadable, lacks } from '../../evidence/absent-claim.ts';
import { cheatSheet, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const jtiMissing: TokenRule = {
  id: 'jti-missing',
  judges: 'token',
  group: 'structure',
  title: 'No token id',
  severity: 'info',
  why: 'A server cannot notice that the same token is used twice, or block just this one.',
  fix: 'Add `jti`, and check it where a token may be used once.',
  references: [rfc(7519, '4.1.7'), rfc(9068, '2.2'), cheatSheet('JSON_Web_Token_for_Java'), cwe(294)],
  applies: (subject) => isReadable(subject, ['access', 'one-time', 'logout', 'client-assertion']),
  check(subject) {
    if (!lacks(subject, 'jti') || !lacks(subject, 'uti')) return [];
    const isOnce = subject.facts.use === 'one-time' || subject.facts.use === 'client-assertion';
    return [{ says: 'There is no `jti`.', at: 'claims.jti', severity: isOnce ? 'low' : 'info' }];
  },
};
