import { aboutFoundKey } from '../../evidence/found-key.ts';
import { cve, cwe, weakKeys } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const hmacSecretBlank: TokenRule = {
  ...aboutFoundKey('blank'),
  id: 'hmac-secret-blank',
  title: 'Signed with an empty key',
  fix: 'Set a random key; the setting for it was probably not read.',
  references: [...weakKeys, cve('2019-20933'), cwe(1391)],
};
