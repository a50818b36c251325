import type { Sighting } from '../../../model/token.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const tokenInRedirect: TokenRule = {
  id: 'token-in-redirect',
  judges: 'token',
  group: 'transport',
  title: 'In a `Location` header or auto-posted form',
  severity: 'high',
  why: 'The redirect writes the token into the address of the next page, its history and its logs.',
  fix: 'Redirect with a code, and exchange it for the token.',
  references: [rfc(9700, '2.1.2'), rfc(9700, '4.3'), asvs('10.4.4'), cwe(598)],
  aboutTheft: true,
  applies: ({ sightings }) => sightings.some(isRedirect),
  check: (subject) =>
    spots(subject, isRedirect).map((spot) => {
      const isFragment = spot.sighting.path.includes('#');
      const isAccess = subject.facts.use === 'access' || subject.facts.use === 'session';
      return {
        says: `A redirect carries it ${isFragment ? 'after #' : 'in the address'}: ${whereWords(spot)}.`,
        at: spot.at,
        severity: isAccess && !isFragment ? 'high' : 'medium',
      } as const;
    }),
};

/** `Location` and `Refresh` of an answer; no request carries them. The `Location` of what was made sends nobody on (RFC 9110 §15.3.2). */
function isRedirect({ place }: Sighting): boolean {
  const status = place.exchange?.status ?? null;
  const isFollowed = status === null || (status >= 300 && status < 400) || /^refresh$/i.test(place.key ?? '');
  return (
    isFollowed &&
    place.traits.sentToServers !== true &&
    /^(?:location|refresh)$/i.test(place.key ?? '') &&
    place.traits.storage === null &&
    place.traits.urlPart === null
  );
}
