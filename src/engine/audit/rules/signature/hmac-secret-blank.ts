import { asvs, cheatSheet, cve, cwe, rfc, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Speaks once a search that the user started has found the key. */
export const hmacSecretBlank: TokenRule = {
  id: 'hmac-secret-blank',
  judges: 'token',
  group: 'signature',
  title: 'Signed with an empty key',
  severity: 'critical',
  why: 'Anybody can sign tokens with it, with any claims.',
  fix: 'Set a random key; the setting for it was probably not read.',
  references: [
    rfc(7518, '3.2'),
    rfc(8725, '3.5'),
    asvs('9.1.1'),
    asvs('11.2.3'),
    cheatSheet('JSON_Web_Token_for_Java'),
    wstg('SESS-10'),
    cve('2019-20933'),
    cwe(1391),
  ],
  suppresses: ['alg-symmetric-cross-party'],
  applies: ({ token }, { keys }) => keys?.has(token.id) === true,
  check({ token }, { keys }) {
    const found = keys?.get(token.id);
    return found?.kind === 'blank' ? [{ says: `Its key is ${found.says}.`, at: 'signature' }] : [];
  },
};
