import { joseOf } from '../../../decode/forms/index.ts';
import { quote } from '../../../text/sentence.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const sdjwtDisclosureOrphan: TokenRule = {
  id: 'sdjwt-disclosure-orphan',
  judges: 'token',
  group: 'structure',
  title: 'Disclosure not covered by the signature',
  severity: 'low',
  why: 'Anybody can have added it: the issuer did not sign its digest.',
  fix: 'Issue the credential again with its own disclosures.',
  references: [rfc(9901), cwe(347)],
  applies: ({ token }) => joseOf(token) === 'selective',
  check({ token }) {
    const orphans = token.disclosures.filter(({ bound }) => !bound);
    const malformed = token.irregularities.filter(({ code }) => code === 'disclosure-malformed').length;
    if (orphans.length + malformed === 0) return [];
    const named = orphans.slice(0, 3).map(({ name }) => (name === null ? 'an array element' : quote(name)));
    const count = orphans.length + malformed;
    return [
      {
        says: `${count} disclosure${count === 1 ? '' : 's'}${named.length > 0 ? ` (${named.join(', ')})` : ''} ${count === 1 ? 'is' : 'are'} ${malformed === count ? 'malformed' : 'not among the signed digests'}.`,
        at: null,
      },
    ];
  },
};
