import { formOf } from '../../../decode/forms/index.ts';
import { quote } from '../../../text/sentence.ts';
import { valueAt } from '../../../text/values.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const expNotNumeric: TokenRule = {
  id: 'exp-not-numeric',
  judges: 'token',
  group: 'time',
  title: 'Time claim is not a number',
  severity: 'medium',
  why: 'Servers disagree about it: some refuse the token, some convert the value, some skip the check so that the token never expires.',
  fix: 'Write the time as a JSON number of seconds since 1970.',
  references: [rfc(7519, '2'), rfc(7519, '4.1.4'), asvs('9.2.1'), cwe(1287)],
  suppresses: ({ at }) =>
    at === 'claims.exp' ? ['exp-missing', 'exp-expired', 'exp-soon', 'lifetime-*'] : ['lifetime-*'],
  // What is left of a damaged value may look like a text.
  applies: ({ token }) => token.claims !== null && token.problem === null && !formOf(token.form)?.isAllText,
  check({ token }) {
    return ['exp', 'nbf', 'iat'].flatMap((name) => {
      const value = valueAt(token.claims, name);
      if (value === undefined || value === null || (typeof value === 'number' && Number.isFinite(value))) return [];
      const kind = typeof value === 'object' ? '' : ` (${typeof value === 'number' ? 'out of range' : typeof value})`;
      return [{ says: `\`${name}\` is ${quote(value)}${kind}, not a number of seconds.`, at: `claims.${name}` }];
    });
  },
};
