import { quote } from '../../../text/sentence.ts';
import { valueAt } from '../../../text/values.ts';
import { rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

const replicated = ['iss', 'sub', 'aud'];

export const headerClaimMismatch: TokenRule = {
  id: 'header-claim-mismatch',
  judges: 'token',
  group: 'structure',
  title: 'Header and payload disagree',
  severity: 'low',
  why: 'Software that reads the one and software that reads the other come to different conclusions.',
  fix: 'Make them equal, or leave the claim out of the header.',
  references: [rfc(7519, '5.3')],
  applies: ({ token }) => token.claims !== null && replicated.some((name) => valueAt(token.header, name) !== undefined),
  check: ({ token }) =>
    replicated.flatMap((name) => {
      const above = valueAt(token.header, name);
      const below = valueAt(token.claims, name);
      if (above === undefined || below === undefined || isEqual(above, below)) return [];
      return [
        {
          says: `\`${name}\` is ${quote(above)} in the header and ${quote(below)} in the payload.`,
          at: `header.${name}`,
        },
      ];
    }),
};

/** Scalars, and lists of scalars; anything else counts as equal, since comparing it has no bound. */
function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.slice(0, 50).every((one, index) => isEqual(one, b[index]));
  }
  return a === b || (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null);
}
