import { aboutFoundKey } from '../../evidence/found-key.ts';
import { cwe, weakKeys } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const hmacSecretDerivable: TokenRule = {
  ...aboutFoundKey('derivable'),
  id: 'hmac-secret-derivable',
  title: 'Key taken from public data',
  fix: 'Use a random key that stands nowhere in the code, and change it now.',
  references: [...weakKeys, cwe(330), cwe(798)],
};
