import { hostOf } from '../../../text/hosts.ts';
import { siteOf } from '../../../text/site-of.ts';
import { valueAt } from '../../../text/values.ts';
import { asvs, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const audBroad: TokenRule = {
  id: 'aud-broad',
  judges: 'token',
  group: 'structure',
  title: 'Audience too wide',
  severity: 'low',
  why: 'Each service that accepts the token can use it at the others.',
  fix: 'Issue one token for each service.',
  references: [asvs('9.2.4'), rfc(8725, '3.9')],
  // Video platforms fix the audience; what they accept is theirs to say.
  applies: ({ token, facts }) => valueAt(token.claims, 'aud') != null && facts.use !== 'video-join',
  check({ token }) {
    const audience = valueAt(token.claims, 'aud');
    const all = Array.isArray(audience) ? audience.slice(0, 100) : [audience];
    if (all.includes('*')) return [{ says: '`aud` is "*", everybody.', at: 'claims.aud', severity: 'medium' }];
    if (audience === '' || (Array.isArray(audience) && audience.length === 0)) {
      return [{ says: '`aud` is empty.', at: 'claims.aud' }];
    }
    const sites = new Set(all.flatMap((one) => (typeof one === 'string' ? (hostOf(one) ?? []) : [])).map(siteOf));
    if (sites.size < 2) return [];
    return [{ says: `\`aud\` names ${sites.size} sites: ${[...sites].slice(0, 4).join(', ')}.`, at: 'claims.aud' }];
  },
};
