import { asvs, cheatSheet, cwe, rfc, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Speaks once a search that the user started has found the key. */
export const hmacSecretKnown: TokenRule = {
  id: 'hmac-secret-known',
  judges: 'token',
  group: 'signature',
  title: 'Signed with a published secret',
  severity: 'critical',
  why: 'Anybody can sign tokens with it, with any claims.',
  fix: 'Use a random key at least as long as the hash, and change it now.',
  references: [
    rfc(7518, '3.2'),
    rfc(8725, '3.5'),
    asvs('9.1.1'),
    asvs('11.2.3'),
    cheatSheet('JSON_Web_Token_for_Java'),
    wstg('SESS-10'),
    cwe(521),
    cwe(1391),
    cwe(347),
    cwe(798),
  ],
  suppresses: ['alg-symmetric-cross-party'],
  applies: ({ token }, { keys }) => keys?.has(token.id) === true,
  check({ token }, { keys }) {
    const found = keys?.get(token.id);
    return found?.kind === 'known' ? [{ says: `Its key is ${found.says}.`, at: 'signature' }] : [];
  },
};
