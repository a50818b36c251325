import { aboutFoundKey } from '../../evidence/found-key.ts';
import { cwe, weakKeys } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const hmacSecretKnown: TokenRule = {
  ...aboutFoundKey('known'),
  id: 'hmac-secret-known',
  title: 'Signed with a published secret',
  fix: 'Use a random key at least as long as the hash, and change it now.',
  references: [...weakKeys, cwe(521), cwe(1391), cwe(347), cwe(798)],
};
