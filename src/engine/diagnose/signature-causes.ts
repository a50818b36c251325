import { joseOf } from '../decode/forms/index.ts';
import type { Token } from '../model/token.ts';
import { shown } from '../text/sentence.ts';
import { stringAt } from '../text/values.ts';
import type { Reason } from './cause.ts';

export const unsigned: Reason = {
  id: 'unsigned',
  causes: ({ token, provider }) =>
    isUnsigned(token)
      ? [
          {
            likelihood: 'certain',
            says: 'The token is not signed (`alg` is "none"), and no platform should accept it.',
            fix: `Sign it${provider?.algorithms[0] ? ` with ${provider.algorithms[0]}` : ''}.`,
            at: 'header.alg',
          },
        ]
      : [],
};

export const wrongAlgorithm: Reason = {
  id: 'wrong-algorithm',
  causes({ token, provider }) {
    const alg = stringAt(token.header, 'alg');
    if (isUnsigned(token) || !alg || provider?.kind !== 'video' || provider.algorithms.length === 0) return [];
    if (provider.algorithms.includes(alg)) return [];
    return [
      {
        likelihood: 'certain',
        says: `The token is signed with ${shown(alg)}; ${provider.name} takes ${provider.algorithms.join(', ')}.`,
        fix: `Set the algorithm to ${provider.algorithms[0]} when signing.`,
        at: 'header.alg',
      },
    ];
  },
};

function isUnsigned(token: Token): boolean {
  return joseOf(token) === 'unsecured' || stringAt(token.header, 'alg')?.trim().toLowerCase() === 'none';
}
