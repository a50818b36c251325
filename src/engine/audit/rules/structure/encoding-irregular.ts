import { clip } from '../../../text/sentence.ts';
import { cheatSheet, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Other findings speak of these. */
const others = [
  'duplicate-member',
  'number-precision',
  'disclosure-malformed',
  'inflates-beyond-limit',
  'read-in-part',
  'value-incomplete',
  'prefix-missing',
];

export const encodingIrregular: TokenRule = {
  id: 'encoding-irregular',
  judges: 'token',
  group: 'structure',
  title: 'Not strict base64url',
  severity: 'info',
  why: 'The same token can be written in several ways, which defeats lists of blocked tokens.',
  fix: 'Write tokens in the strict form, and block them by `jti`.',
  references: [rfc(7515, '2'), rfc(8725, '3.7'), cheatSheet('JSON_Web_Token_for_Java'), cwe(172), cwe(838)],
  applies: ({ token }) => token.irregularities.length > 0,
  check({ token }) {
    const odd = token.irregularities.filter(({ code }) => !others.includes(code));
    if (odd.length === 0) return [];
    return [
      {
        says: odd
          .slice(0, 3)
          .map(({ message }) => clip(message, 160))
          .join(' '),
        at: odd[0]?.subject ?? null,
        severity: odd.some(({ code }) => code === 'invalid-utf8') ? 'low' : 'info',
      },
    ];
  },
};
