import { isJws } from '../../../decode/forms/index.ts';
import type { Sighting } from '../../../model/token.ts';
import { quote } from '../../../text/sentence.ts';
import { valueAt } from '../../../text/values.ts';
import { declaredType } from '../../evidence/declared-type.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Types that are never bearer credentials. */
const notBearer = ['dpop+jwt', 'logout+jwt', 'secevent+jwt', 'client-authentication+jwt', 'kb+jwt'];

export const typConfusion: TokenRule = {
  id: 'typ-confusion',
  judges: 'token',
  group: 'structure',
  title: 'Declared type contradicts content',
  severity: 'medium',
  why: 'A token made for one purpose can be accepted for another.',
  fix: 'Set `typ` to what the token is, and let the server check it.',
  references: [
    rfc(8725, '3.11'),
    rfc(8725, '3.12'),
    rfc(9068, '4'),
    rfc(7519, '5.1'),
    asvs('9.2.2'),
    cwe(345),
    cwe(287),
  ],
  applies: ({ token }) => token.header !== null && token.problem === null,
  check({ token, sightings }) {
    const { header, claims } = token;
    const typ = declaredType(header);
    if (typ === 'at+jwt' && (valueAt(claims, 'nonce') !== undefined || valueAt(claims, 'at_hash') !== undefined)) {
      return [{ says: '`typ` says access token, and the claims are those of an ID token.', at: 'header.typ' }];
    }
    if (typ !== null && notBearer.includes(typ) && sightings.some(isBearer)) {
      return [{ says: `\`typ\` is ${quote(typ)}, and it is sent as a bearer credential.`, at: 'header.typ' }];
    }
    const cty = valueAt(header, 'cty');
    if (typeof cty === 'string' && /^(?:application\/)?jwt$/i.test(cty) && claims !== null && isJws(token)) {
      return [{ says: '`cty` says that a token is inside, and the payload is a set of claims.', at: 'header.cty' }];
    }
    return [];
  },
};

/** The value of an `Authorization` header: no other header is a bearer credential. */
function isBearer({ place }: Sighting): boolean {
  return place.traits.sentToServers === true && place.key?.toLowerCase() === 'authorization';
}
