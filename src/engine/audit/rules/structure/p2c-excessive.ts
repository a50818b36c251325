import { iterationBounds, iterationsOf } from '../../evidence/pbkdf2-iterations.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const p2cExcessive: TokenRule = {
  id: 'p2c-excessive',
  judges: 'token',
  group: 'structure',
  title: 'PBKDF2 iterations out of range',
  severity: 'medium',
  why: 'A server that obeys the count in the token spends minutes on one request.',
  fix: 'Refuse counts above a fixed bound.',
  references: [rfc(7518, '4.8.1.2'), cwe(400)],
  applies: (subject) => iterationsOf(subject) !== null,
  check(subject) {
    const count = iterationsOf(subject) ?? 0;
    return count > iterationBounds.most
      ? [{ says: `\`p2c\` asks for ${count.toLocaleString('en-US')} iterations.`, at: 'header.p2c' }]
      : [];
  },
};
