import { valueAt } from '../../../text/values.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const headerX5c: TokenRule = {
  id: 'header-x5c',
  judges: 'token',
  group: 'signature',
  title: 'Certificate chain embedded',
  severity: 'info',
  why: 'The chain proves something only to a verifier that anchors it to an authority it trusts.',
  fix: 'Anchor the chain to a configured authority.',
  references: [rfc(7515, '4.1.6'), asvs('9.1.3'), cwe(295)],
  applies: ({ token }) => Array.isArray(valueAt(token.header, 'x5c')),
  check({ token }) {
    const chain = valueAt(token.header, 'x5c');
    const count = Array.isArray(chain) ? chain.length : 0;
    return [{ says: `The header carries ${count} certificate${count === 1 ? '' : 's'}.`, at: 'header.x5c' }];
  },
};
