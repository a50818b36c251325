import { isPresent, spots, whereWords } from '../../evidence/places.ts';
import { asvs, cookies } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const cookieNoPrefix: TokenRule = {
  id: 'cookie-no-prefix',
  judges: 'token',
  group: 'storage',
  title: 'No `__Host-` or `__Secure-` prefix',
  severity: 'info',
  why: 'Sibling hosts can set a cookie of the same name.',
  fix: 'Name the cookie `__Host-…`.',
  references: [cookies('4.1.3'), asvs('3.3.1'), asvs('3.3.3')],
  applies: ({ facts, sightings }) => facts.use === 'session' && sightings.some(({ place }) => place.cookie !== null),
  check: (subject) =>
    spots(
      subject,
      (sighting) =>
        isPresent(sighting) &&
        sighting.place.cookie !== null &&
        !/^__(?:Host|Secure|Http|Host-Http)-/i.test(sighting.place.cookie.name),
    ).map((spot) => ({ says: `${whereWords(spot)} has no prefix.`, at: spot.at })),
};
