import type { Sighting } from '../../../model/token.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const bearerInForm: TokenRule = {
  id: 'bearer-in-form',
  judges: 'token',
  group: 'transport',
  title: 'Token in a form body',
  severity: 'info',
  why: 'Servers and proxies write form bodies to logs more readily than the Authorization header.',
  fix: 'Send it in the Authorization header.',
  references: [rfc(6750, '2.2')],
  applies: ({ sightings }) => sightings.some(isAccessField),
  check: (subject) =>
    spots(subject, (sighting) => isAccessField(sighting) && !isTokenEndpoint(sighting.place.url)).map((spot) => ({
      says: `It is a form field: ${whereWords(spot)}.`,
      at: spot.at,
    })),
};

function isAccessField({ place }: Sighting): boolean {
  return (
    place.traits.sentToServers === true &&
    place.traits.urlPart === null &&
    place.key === 'access_token' &&
    place.cookie === null
  );
}

/** Token, revocation and introspection endpoints ask for it. What is asked of an endpoint does not make it one. */
function isTokenEndpoint(url: string | null): boolean {
  const [address = ''] = (url ?? '').split(/[?#]/, 1);
  return /\/(?:token|revoke|revocation|introspect|logout|userinfo)\b/i.test(address);
}
