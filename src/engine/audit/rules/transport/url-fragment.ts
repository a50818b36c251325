import { inUrl } from '../../evidence/in-url.ts';
import { whereWords } from '../../evidence/places.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const urlFragment: TokenRule = {
  id: 'url-fragment',
  judges: 'token',
  group: 'transport',
  title: 'Token in the fragment',
  severity: 'medium',
  why: 'The part after # is not sent to servers, but it stays in history and bookmarks, and scripts and extensions can read it.',
  fix: 'Remove it with `history.replaceState` as soon as it has been read, or pass it another way.',
  references: [rfc(9700, '2.1.2'), rfc(9700, '4.3'), asvs('10.4.4'), rfc(6750, '5.3'), cwe(598)],
  aboutTheft: true,
  applies: ({ sightings }) => sightings.some(({ place }) => place.traits.urlPart === 'fragment'),
  check: (subject) =>
    inUrl(subject, 'fragment').map((spot) => ({ says: `It stands after #: ${whereWords(spot)}.`, at: spot.at })),
};
