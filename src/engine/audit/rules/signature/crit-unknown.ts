import { quote } from '../../../text/sentence.ts';
import { memberOf, valueAt } from '../../../text/values.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Extensions in use: RFC 7797, Open Banking, JAdES, SD-JWT profiles. */
const understood =
  /^(?:b64|exp|sigT|sigD|sigPId|srCms|srAts|adoTst|http:\/\/openbanking\.org\.uk\/(?:iat|iss|tan)|_sd_alg)$/;

/** Members RFC 7515 and 7516 define themselves; a verifier knows them anyway. */
const standard = new Set('alg jku jwk kid x5u x5c x5t x5t#S256 typ cty crit enc zip'.split(' '));

export const critUnknown: TokenRule = {
  id: 'crit-unknown',
  judges: 'token',
  group: 'signature',
  title: 'Critical extension not understood',
  severity: 'low',
  why: 'Verifiers that follow the standard refuse the token; others ignore what it calls critical.',
  fix: 'Remove `crit`, or have every verifier implement the extension.',
  references: [rfc(7515, '4.1.11'), rfc(8725, '3.10'), cwe(436)],
  applies: ({ token }) => valueAt(token.header, 'crit') !== undefined,
  check({ token }) {
    const { header } = token;
    const crit = valueAt(header, 'crit');
    const because = problemOf(crit);
    return because ? [{ says: `${because}.`, at: 'header.crit' }] : [];

    function problemOf(value: typeof crit): string | null {
      if (!Array.isArray(value)) return `\`crit\` is ${quote(value)}, not a list`;
      if (value.length === 0) return '`crit` is empty';
      if (new Set(value).size < value.length) return '`crit` names a member twice';
      for (const name of value) {
        if (typeof name !== 'string') return `\`crit\` lists ${quote(name)}`;
        if (standard.has(name)) return `\`crit\` lists ${quote(name)}, which the standard itself defines`;
        if (header && memberOf(header, name) === undefined)
          return `\`crit\` lists ${quote(name)}, which the header does not have`;
        if (!understood.test(name)) return `\`crit\` lists ${quote(name)}`;
      }
      return null;
    }
  },
};
