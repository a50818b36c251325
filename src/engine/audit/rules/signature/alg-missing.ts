import { joseOf } from '../../../decode/forms/index.ts';
import { quote } from '../../../text/sentence.ts';
import { valueAt } from '../../../text/values.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const algMissing: TokenRule = {
  id: 'alg-missing',
  judges: 'token',
  group: 'signature',
  title: 'No algorithm',
  severity: 'medium',
  why: 'Every token must name its algorithm; what a verifier does without it cannot be foreseen.',
  fix: 'Issue tokens with a valid header.',
  references: [rfc(7515, '4.1.1'), asvs('9.1.2'), cwe(347)],
  applies: ({ token }) =>
    token.header !== null &&
    (token.problem === null || token.problem.code === 'header-invalid') &&
    joseOf(token) !== null,
  check({ token }) {
    const alg = valueAt(token.header, 'alg');
    if (typeof alg === 'string' && alg.trim() !== '') return [];
    return [{ says: alg === undefined ? 'The header has no `alg`.' : `\`alg\` is ${quote(alg)}.`, at: 'header.alg' }];
  },
};
