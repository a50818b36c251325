import type { Json } from '../../../text/json.ts';
import { quote } from '../../../text/sentence.ts';
import { memberOf, valueAt } from '../../../text/values.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

const holders = ['role', 'roles', 'groups', 'scope', 'scp', 'permissions', 'realm_access.roles', 'cognito:groups'];
const words =
  /^(?:(?:\w+[-_:.])?(?:admin|administrator|owner|root|superuser|superadmin)|service_role|\*:\*|\*|(?:users?|roles?|identity|accounts?):(?:write|\*)|\*:write)$/i;

export const privilegedRole: TokenRule = {
  id: 'privileged-role',
  judges: 'token',
  group: 'structure',
  title: 'Administrative authority',
  severity: 'info',
  why: 'A stolen copy is worth more than an ordinary one.',
  fix: 'Give each token the least it needs.',
  references: [asvs('8.3.1'), asvs('8.3.2'), cwe(269), cwe(250)],
  // What a role means in a call is told by `video-host-grant`.
  applies: ({ token, facts }) => token.claims !== null && facts.use !== 'video-join',
  check({ token: { claims } }) {
    for (const name of holders) {
      const value = valueAt(claims, name);
      const found = listOf(value).find((one) => words.test(one));
      if (found) return [{ says: `\`${name}\` says ${quote(found)}.`, at: `claims.${name}` }];
    }
    const wids = memberOf(claims, 'wids');
    // The template of Entra's Global Administrator.
    if (listOf(wids).includes('62e90394-69f5-4237-9190-012177145e10')) {
      return [{ says: '`wids` names the Global Administrator role.', at: 'claims.wids' }];
    }
    const acting = ['act', 'may_act', 'impersonator'].find((name) => {
      const value = memberOf(claims, name);
      return value !== undefined && value !== null && value !== false;
    });
    return acting ? [{ says: `\`${acting}\` lets somebody act for another user.`, at: `claims.${acting}` }] : [];
  },
};

function listOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return value.slice(0, 4096).split(/[\s,]+/);
  return Array.isArray(value) ? value.slice(0, 200).filter((one): one is string => typeof one === 'string') : [];
}
