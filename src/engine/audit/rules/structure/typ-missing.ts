import { declaredType } from '../../evidence/declared-type.ts';
import { rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Nearly every provider leaves it out, so only the strict policy asks. */
export const typMissing: TokenRule = {
  id: 'typ-missing',
  judges: 'token',
  group: 'structure',
  title: 'No explicit type',
  severity: 'info',
  why: 'Without a type of its own, an access token can be mistaken for another kind.',
  fix: 'Set `typ` to `at+jwt`.',
  references: [rfc(8725, '3.11'), rfc(9068, '2.1')],
  applies: ({ token, facts }) => token.header !== null && token.claims !== null && facts.use === 'access',
  check: ({ token }) =>
    declaredType(token.header) === null ? [{ says: 'The header has no `typ`.', at: 'header.typ' }] : [],
};
