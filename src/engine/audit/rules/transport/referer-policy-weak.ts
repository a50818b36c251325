import type { Sighting } from '../../../model/token.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { asvs, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const refererPolicyWeak: TokenRule = {
  id: 'referer-policy-weak',
  judges: 'token',
  group: 'transport',
  title: 'Policy would leak',
  severity: 'medium',
  why: 'The document tells other sites its whole address with each request, and the token stands in it.',
  fix: 'Remove the token from the address, and send `Referrer-Policy: strict-origin` or `no-referrer`.',
  references: [rfc(9700, '4.2'), asvs('3.4.5')],
  aboutTheft: true,
  applies: ({ sightings }) => sightings.some(isInDocumentAddress),
  check: (subject) =>
    spots(subject, (one) => isInDocumentAddress(one) && leaks(one)).map((spot) => ({
      says: `The document was answered with \`${policyOf(spot.sighting)}\`: ${whereWords(spot)}.`,
      at: spot.at,
      // An element, or a `meta` in the document, may say otherwise.
      confidence: 'likely',
    })),
};

/** In the part of a document's address that `Referer` may hold; the fragment is never sent. */
function isInDocumentAddress({ place: { traits, exchange } }: Sighting): boolean {
  const isSent = traits.urlPart === 'query' || traits.urlPart === 'path';
  return isSent && exchange?.isDocument === true && exchange.reply !== null;
}

const policyOf = ({ place }: Sighting) => place.exchange?.reply?.referrerPolicy ?? null;

/** Policies that send the whole address to other origins; the second not from https to http (Referrer Policy, §3). */
function leaks(sighting: Sighting): boolean {
  const policy = policyOf(sighting);
  return policy === 'unsafe-url' || policy === 'no-referrer-when-downgrade';
}
