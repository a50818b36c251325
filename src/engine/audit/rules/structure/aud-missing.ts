import { valueAt } from '../../../text/values.ts';
import { isReadable } from '../../evidence/absent-claim.ts';
import { receivingSites } from '../../evidence/receiving-sites.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const audMissing: TokenRule = {
  id: 'aud-missing',
  judges: 'token',
  group: 'structure',
  title: 'Audience absent',
  severity: 'low',
  why: 'A token meant for one service can be used at another that trusts the same issuer.',
  fix: 'Issue `aud`, one for each API, and verify it.',
  references: [rfc(7519, '4.1.3'), rfc(8725, '3.9'), asvs('9.2.3'), asvs('9.2.4'), asvs('10.3.1'), cwe(346), cwe(287)],
  applies: (subject) => isReadable(subject, ['access', 'id']),
  check(subject) {
    const audience = valueAt(subject.token.claims, 'aud');
    if (audience !== undefined && audience !== null) return [];
    const sites = receivingSites(subject);
    return [
      {
        says: `There is no \`aud\`${sites.length > 1 ? `, and ${sites.length} sites received it` : ''}.`,
        at: 'claims.aud',
        severity: sites.length > 1 ? 'medium' : 'low',
      },
    ];
  },
};
