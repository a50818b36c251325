import { stringAt } from '../../../text/values.ts';
import { keyUrlVerdict } from '../../evidence/key-url.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const headerJku: TokenRule = {
  id: 'header-jku',
  judges: 'token',
  group: 'signature',
  title: 'Key-set URL in the token',
  severity: 'low',
  why: 'A verifier that fetches keys from there trusts whoever wrote the token, and can be made to call any address.',
  fix: 'Let the server ignore `jku` and use configured keys.',
  references: [rfc(7515, '4.1.2'), rfc(8725, '3.10'), asvs('9.1.3'), cwe(918), cwe(345)],
  applies: ({ token }) => stringAt(token.header, 'jku') !== null,
  check: ({ token }) => [keyUrlVerdict('jku', stringAt(token.header, 'jku') ?? '', token.claims)],
};
