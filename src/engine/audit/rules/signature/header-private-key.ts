import { privateKeyMembers } from '../../../text/private-key-members.ts';
import { valueAt } from '../../../text/values.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const headerPrivateKey: TokenRule = {
  id: 'header-private-key',
  judges: 'token',
  group: 'signature',
  title: 'Private key in the header',
  severity: 'critical',
  why: 'Everybody who sees the token can sign others with the same key.',
  fix: 'Stop using this key now, and embed public members only.',
  references: [rfc(7517, '9.2'), cwe(321), cwe(522)],
  applies: ({ token }) => typeof valueAt(token.header, 'jwk') === 'object' && valueAt(token.header, 'jwk') !== null,
  check({ token }) {
    const found = privateKeyMembers.filter((name) => valueAt(token.header, `jwk.${name}`) !== undefined);
    if (found.length === 0) return [];
    return [
      {
        says: `\`jwk\` holds the private ${found.length > 1 ? 'members' : 'member'} ${found.map((name) => `\`${name}\``).join(', ')}.`,
        at: 'header.jwk',
      },
    ];
  },
};
