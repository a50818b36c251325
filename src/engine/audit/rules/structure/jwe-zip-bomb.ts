import { cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const jweZipBomb: TokenRule = {
  id: 'jwe-zip-bomb',
  judges: 'token',
  group: 'structure',
  title: 'Decompressed size above limit',
  severity: 'high',
  why: 'A server that opens it without a limit runs out of memory.',
  fix: 'Stop decompressing at a fixed size.',
  references: [
    {
      title: 'JWT best current practices (draft), §3.15',
      url: 'https://datatracker.ietf.org/doc/draft-ietf-oauth-rfc8725bis/',
    },
    cwe(409),
  ],
  applies: ({ token }) => token.irregularities.length > 0,
  check: ({ token }) =>
    token.irregularities
      .filter(({ code }) => code === 'inflates-beyond-limit')
      .slice(0, 1)
      .map(({ message }) => ({ says: message, at: 'header.zip' })),
};
