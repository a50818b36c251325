import { urlFrom } from '../../../text/hosts.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { receiptOf, receiptWords } from '../../evidence/receipt.ts';
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
  suppresses: ['referer-policy-weak'],
  check(subject, { page }) {
    const homes = new Set(
      subject.sightings.flatMap(({ place }) => (place.traits.urlPart !== null && place.origin ? [place.origin] : [])),
    );
    const url = urlFrom(page?.url ?? null);
    if (url) homes.add(url.origin);
    return spots(subject, (sighting) => {
      const { origin, exchange } = sighting.place;
      if (!isInRequestHeader(sighting, 'referer') || origin === null || exchange?.isUnsent) return false;
      // The header itself tells where it comes from; a recording that holds only it has documents to compare with.
      const home = exchange?.madeBy ?? null;
      return home === null ? homes.size > 0 && !homes.has(origin) : origin !== home;
    }).map((spot) => {
      const { place } = spot.sighting;
      const receipt = receiptOf(place);
      const says = receipt === 'seen' ? 'received it' : `was to receive it, ${receiptWords[receipt]}`;
      return {
        says: `${place.origin} ${says}: ${whereWords(spot)}.`,
        at: spot.at,
        ...(receipt !== 'seen' && { confidence: 'possible' as const }),
      };
    });
  },
};
