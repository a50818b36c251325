import { valueAt } from '../../../text/values.ts';
import { asvs, cve, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Proofs of possession carry their key by design: DPoP, OpenID4VCI, key binding, ACME, self-issued OpenID. */
const proofTypes = ['dpop+jwt', 'openid4vci-proof+jwt', 'kb+jwt', 'keyattestation+jwt'];

export const headerJwk: TokenRule = {
  id: 'header-jwk',
  judges: 'token',
  group: 'signature',
  title: 'Public key embedded in the token',
  severity: 'medium',
  why: 'A verifier that trusts the key in the token accepts tokens anybody signed with their own key.',
  fix: 'Let the server use keys it knows for each issuer, and ignore `jwk`.',
  references: [rfc(7515, '4.1.3'), rfc(8725, '3.10'), asvs('9.1.3'), cve('2018-0114'), cwe(347), cwe(345)],
  applies: ({ token, facts }) =>
    typeof valueAt(token.header, 'jwk') === 'object' &&
    valueAt(token.header, 'jwk') !== null &&
    facts.use !== 'dpop-proof',
  check({ token }) {
    const { header, claims } = token;
    const typ = typeof header?.typ === 'string' ? header.typ.toLowerCase().replace(/^application\//, '') : '';
    const isAcme = typeof header?.nonce === 'string' && typeof header.url === 'string';
    const isSelfIssued = claims !== null && claims.iss === claims.sub && valueAt(claims, 'sub_jwk') !== undefined;
    if (proofTypes.includes(typ) || isAcme || isSelfIssued) return [];
    return [{ says: 'The header carries the key `jwk` to verify it with.', at: 'header.jwk' }];
  },
};
