import type { FoundKey } from '../../model/report.ts';
import type { TokenRule } from '../rules/rule.ts';

/** What rules about keys that others can know have in common. They speak once a search that the user started has found the key. */
export function aboutFoundKey(
  kind: FoundKey['kind'],
): Pick<TokenRule, 'judges' | 'group' | 'severity' | 'why' | 'suppresses' | 'applies' | 'check'> {
  return {
    judges: 'token',
    group: 'signature',
    severity: 'critical',
    why: 'Anybody can sign tokens with it, with any claims.',
    suppresses: ['alg-symmetric-cross-party'],
    applies: ({ token }, { keys }) => keys?.has(token.id) === true,
    check({ token }, { keys }) {
      const found = keys?.get(token.id);
      return found?.kind === kind ? [{ says: `Its key is ${found.says}.`, at: 'signature' }] : [];
    },
  };
}
