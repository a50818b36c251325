import { isPresent, spots, whereWords } from '../../evidence/places.ts';
import { asvs, cookies, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const cookieSamesiteNone: TokenRule = {
  id: 'cookie-samesite-none',
  judges: 'token',
  group: 'storage',
  title: 'Cross-site sending allowed',
  severity: 'low',
  why: 'Other sites can make the browser send requests that carry the token. A call embedded in other sites may need that.',
  fix: 'Set `SameSite=Lax` or `Strict`; for an embedded call add `Partitioned`.',
  references: [cookies('4.1.2.7'), asvs('3.3.2'), cwe(1275), cwe(352)],
  applies: ({ sightings }) => sightings.some(({ place }) => place.cookie !== null),
  check: (subject) =>
    spots(subject, (sighting) => isPresent(sighting) && sighting.place.cookie?.sameSite === 'none').map((spot) => {
      const site = spot.sighting.place.cookie?.partitionedBy ?? null;
      return {
        says: `${whereWords(spot)} is \`SameSite=None\`${site ? `, held apart for ${site}` : ''}.`,
        at: spot.at,
        severity: site ? 'info' : 'low',
      } as const;
    }),
};
