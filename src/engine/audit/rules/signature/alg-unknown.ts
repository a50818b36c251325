import { quote } from '../../../text/sentence.ts';
import { isKnownAlgorithm } from '../../evidence/jose-algorithms.ts';
import { rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const algUnknown: TokenRule = {
  id: 'alg-unknown',
  judges: 'token',
  group: 'signature',
  title: 'Algorithm outside the registry',
  severity: 'low',
  why: 'Other software will not know how to verify it. It may also be newer than this list.',
  fix: 'Use a registered algorithm.',
  references: [rfc(7518, '3.1'), rfc(7518, '4.1'), rfc(8725, '3.1')],
  applies: ({ token }) => typeof token.header?.alg === 'string' && token.header.alg.trim() !== '',
  check({ token }, { provider }) {
    const alg = token.header?.alg;
    if (typeof alg !== 'string' || isKnownAlgorithm(alg) || provider?.algorithms.includes(alg)) return [];
    if (/sha-?1$/i.test(alg)) return [];
    return [{ says: `\`alg\` is ${quote(alg)}.`, at: 'header.alg' }];
  },
};
