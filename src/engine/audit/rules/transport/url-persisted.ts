import { inWords } from '../../../text/time-words.ts';
import { isPresent, spots } from '../../evidence/places.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Seconds a page gets to read the token and clean its address. */
const grace = 5;

export const urlPersisted: TokenRule = {
  id: 'url-persisted',
  judges: 'token',
  group: 'transport',
  title: 'URL with token stays in the address bar',
  severity: 'medium',
  why: 'Whoever copies the address, shares the screen or opens the history gets the token.',
  fix: 'Call `history.replaceState` with the address without the token once it has been read.',
  references: [rfc(9700, '4.3'), asvs('14.2.1'), cwe(598)],
  aboutTheft: true,
  applies: ({ sightings }, { page }) => page !== null && sightings.some(({ place }) => place.traits.keptInHistory),
  check(subject, { page, now }) {
    if (!page || now - page.loadedAt < grace) return [];
    const [spot] = spots(
      subject,
      (sighting) =>
        isPresent(sighting) &&
        sighting.place.traits.keptInHistory &&
        sighting.place.traits.urlPart !== null &&
        sighting.place.url === page.url,
    );
    if (!spot) return [];
    return [{ says: `It is still in the address ${inWords(now - page.loadedAt)} after the page loaded.`, at: spot.at }];
  },
};
