import { clip } from '../../../text/sentence.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const numberPrecision: TokenRule = {
  id: 'number-precision',
  judges: 'token',
  group: 'structure',
  title: 'Claim number loses precision in JavaScript',
  severity: 'low',
  why: 'Different ids become equal in the browser, so users or meetings are mixed up.',
  fix: 'Send large numbers as text.',
  references: [rfc(8259, '6'), cwe(197)],
  applies: ({ token }) => token.irregularities.length > 0,
  check: ({ token }) =>
    token.irregularities
      .filter(({ code }) => code === 'number-precision')
      .slice(0, 5)
      .map(({ message, subject = null }) => ({ says: clip(message, 200), at: subject })),
};
