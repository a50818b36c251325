import { stringAt, valueAt } from '../../../text/values.ts';
import { keyUrlVerdict } from '../../evidence/key-url.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const headerX5u: TokenRule = {
  id: 'header-x5u',
  judges: 'token',
  group: 'signature',
  title: 'Certificate URL in the token',
  severity: 'low',
  why: 'A verifier that fetches certificates from there trusts whoever wrote the token, and can be made to call any address.',
  fix: 'Let the server ignore `x5u` and pin certificates.',
  references: [rfc(7515, '4.1.5'), rfc(8725, '3.10'), asvs('9.1.3'), cwe(918)],
  // STIR/SHAKEN (RFC 8225) requires it.
  applies: ({ token }) => stringAt(token.header, 'x5u') !== null && valueAt(token.header, 'ppt') === undefined,
  check: ({ token }) => [keyUrlVerdict('x5u', stringAt(token.header, 'x5u') ?? '', token.claims)],
};
