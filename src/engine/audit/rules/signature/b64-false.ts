import { valueAt } from '../../../text/values.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const b64False: TokenRule = {
  id: 'b64-false',
  judges: 'token',
  group: 'signature',
  title: 'Unencoded payload option',
  severity: 'low',
  why: 'JSON Web Tokens must not use it, and libraries read it differently.',
  fix: 'Leave `b64` out.',
  references: [rfc(7797, '6'), cwe(436)],
  applies: ({ token }) => valueAt(token.header, 'b64') !== undefined,
  check({ token }) {
    if (valueAt(token.header, 'b64') !== false) return [];
    const crit = valueAt(token.header, 'crit');
    const isDeclared = Array.isArray(crit) && crit.includes('b64');
    return [
      {
        says: `\`b64\` is false${isDeclared ? '' : ', and `crit` does not say so'}.`,
        at: 'header.b64',
        severity: isDeclared ? 'low' : 'medium',
      },
    ];
  },
};
