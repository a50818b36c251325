import { lastMet } from '../../../model/presence.ts';
import type { Subject } from '../../../model/report.ts';
import type { Sighting } from '../../../model/token.ts';
import { clipName } from '../../../text/sentence.ts';
import { isoUtc } from '../../../text/time-words.ts';
import { isPresent, spots, whereWords } from '../../evidence/places.ts';
import { cookies, cwe } from '../references.ts';
import type { TokenRule, Verdict } from '../rule.ts';

export const accountsDisagree: TokenRule = {
  id: 'accounts-disagree',
  judges: 'token',
  group: 'storage',
  title: 'Accounts of it disagree',
  severity: 'info',
  why: 'What a page says of itself is its word. Where another account says otherwise, tokens may lie where none are shown, or be shown where none lie.',
  fix: 'Allow access to the site, so that the browser itself is asked, and compare.',
  references: [
    {
      title: 'HTML: cookie averse documents, document.cookie',
      url: 'https://html.spec.whatwg.org/multipage/dom.html#dom-document-cookie',
    },
    cookies('5.4'),
    cwe(451),
  ],
  applies: ({ sightings }) =>
    sightings.some(({ unshownAt, place }) => unshownAt !== undefined || place.isDoubted === true),
  check: (subject) => [...unshown(subject), ...doubted(subject)],
};

/** A cookie that scripts can read, in traffic, which the page's own script does not show. */
function unshown({ sightings }: Subject): Verdict[] {
  const first = sightings.findIndex((one) => one.unshownAt !== undefined && isPresent(one));
  const sighting = sightings[first];
  if (!sighting || sighting.unshownAt === undefined) return [];
  const { unshownAt, place } = sighting;
  const name = `the cookie ${clipName(JSON.stringify(place.key), 80)}, which scripts can read`;
  const isAgain = sightings.some((one) => isOf(sighting, one) && isPresent(one) && (lastMet(one) ?? 0) > unshownAt);
  const at = isoUtc(unshownAt);
  const heard =
    place.exchange?.direction === 'received' ? `An answer was to set it in ${name}` : `A request carried it in ${name}`;
  const than = isAgain
    ? `did not show it at ${at}, though a later request carried it again`
    : `did not show it at ${at}: it was removed or changed meanwhile${place.exchange?.direction === 'received' ? ', or the browser did not take it' : ''}, or the page hides it`;
  return [
    {
      says: `${heard}, and the page’s own script ${than}.`,
      at: `sightings[${first}]`,
      confidence: isAgain ? 'likely' : 'possible',
    },
  ];
}

/** Whether a request carried the same cookie. */
function isOf({ place: { key, origin } }: Sighting, { place }: Sighting): boolean {
  return place.exchange?.direction === 'sent' && place.cookie !== null && place.key === key && place.origin === origin;
}

/** A place of a page that has replaced the functions by which it was read. */
function doubted(subject: Subject): Verdict[] {
  return spots(subject, (one) => isPresent(one) && one.place.isDoubted === true).map((spot) => ({
    says: `The page has replaced functions of the browser by which ${whereWords(spot)} was read: more may lie there, and this may be made up.`,
    at: spot.at,
    confidence: 'likely',
  }));
}
