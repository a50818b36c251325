import { spots, whereWords } from '../../evidence/places.ts';
import { isInRequestHeader } from '../../evidence/request-header.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const refererLeak: TokenRule = {
  id: 'referer-leak',
  judges: 'token',
  group: 'transport',
  title: 'Sent to another origin in `Referer`',
  severity: 'high',
  why: 'That origin, and whoever reads its logs, can use the token.',
  fix: 'Remove the token from the address, and send `Referrer-Policy: no-referrer`.',
  references: [rfc(9700, '4.2'), rfc(9110, '10.1.3'), asvs('3.4.5'), asvs('14.2.3'), cwe(598), cwe(200)],
  // The severity is that of a live credential in foreign hands already.
  immuneTo: ['M5'],
  aboutTheft: true,
  applies: ({ sightings }) => sightings.some((one) => isInRequestHeader(one, 'referer')),
  check(subject, { page }) {
    const homes = new Set(
      subject.sightings.flatMap(({ place }) => (place.traits.urlPart !== null && place.origin ? [place.origin] : [])),
    );
    if (page && URL.canParse(page.url)) homes.add(new URL(page.url).origin);
    if (homes.size === 0) return [];
    return spots(
      subject,
      (sighting) =>
        isInRequestHeader(sighting, 'referer') && sighting.place.origin !== null && !homes.has(sighting.place.origin),
    ).map((spot) => ({ says: `${spot.sighting.place.origin} received it: ${whereWords(spot)}.`, at: spot.at }));
  },
};
