import { isPresent, spots, whereWords } from '../../evidence/places.ts';
import { asvs, cookies, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const cookieSamesiteMissing: TokenRule = {
  id: 'cookie-samesite-missing',
  judges: 'token',
  group: 'storage',
  title: 'SameSite not set',
  severity: 'info',
  why: 'Browsers differ in what they then assume; most take Lax, with exceptions.',
  fix: 'Set `SameSite` explicitly.',
  references: [cookies('4.1.2.7'), asvs('3.3.2'), cwe(1275)],
  applies: ({ sightings }) => sightings.some(({ place }) => place.cookie !== null),
  check: (subject) =>
    spots(subject, (sighting) => isPresent(sighting) && sighting.place.cookie?.sameSite === 'unspecified').map(
      (spot) => ({
        says: `${whereWords(spot)} leaves \`SameSite\` to the browser.`,
        at: spot.at,
      }),
    ),
};
