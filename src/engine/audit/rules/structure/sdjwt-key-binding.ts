import { joseOf } from '../../../decode/forms/index.ts';
import { valueAt } from '../../../text/values.ts';
import { rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const sdjwtKeyBinding: TokenRule = {
  id: 'sdjwt-key-binding',
  judges: 'token',
  group: 'structure',
  title: 'Holder proof',
  severity: 'info',
  why: 'The credential names the key of its holder, but carries no proof that the holder presents it. One that is only stored needs none.',
  fix: 'Present it with key binding.',
  references: [rfc(9901)],
  applies: ({ token }) => joseOf(token) === 'selective',
  check: ({ token }) =>
    valueAt(token.claims, 'cnf') !== undefined && token.text.endsWith('~')
      ? [{ says: '`cnf` names a key, and no key binding follows.', at: 'claims.cnf' }]
      : [],
};
