import { iterationBounds, iterationsOf } from '../../evidence/pbkdf2-iterations.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const p2cLow: TokenRule = {
  id: 'p2c-low',
  judges: 'token',
  group: 'structure',
  title: 'Too few PBKDF2 iterations',
  severity: 'low',
  why: 'Whoever has a copy can try passwords quickly.',
  fix: `Use ${iterationBounds.advised.toLocaleString('en-US')} iterations or more, or a random key instead of a password.`,
  references: [rfc(7518, '4.8.1.2'), cwe(916)],
  applies: (subject) => iterationsOf(subject) !== null,
  check(subject) {
    const count = iterationsOf(subject) ?? 0;
    if (count >= iterationBounds.advised) return [];
    return [
      {
        says: `\`p2c\` is ${count.toLocaleString('en-US')}.`,
        at: 'header.p2c',
        severity: count < iterationBounds.least ? 'medium' : 'low',
      },
    ];
  },
};
