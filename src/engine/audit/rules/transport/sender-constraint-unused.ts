import { stringAt } from '../../../text/values.ts';
import { isProvenBound } from '../../evidence/bound-to-key.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { isInRequestHeader } from '../../evidence/request-header.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const senderConstraintUnused: TokenRule = {
  id: 'sender-constraint-unused',
  judges: 'token',
  group: 'transport',
  title: 'Bound token used as plain bearer',
  severity: 'medium',
  why: 'The token is bound to a key, and no proof of that key was sent; a server that accepts it so accepts copies too.',
  fix: 'Send the DPoP proof, and let the server demand it.',
  references: [rfc(9449, '7.1'), rfc(8705), asvs('10.3.5'), asvs('10.4.14'), cwe(294)],
  // Binding to a certificate (`x5t#S256`) cannot be seen from a page.
  applies: ({ token, sightings }) =>
    stringAt(token.claims, 'cnf.jkt') !== null && sightings.some((one) => isInRequestHeader(one, 'authorization')),
  check(subject, { subjects }) {
    if (isProvenBound(subject, subjects)) return [];
    return spots(subject, (sighting) => isInRequestHeader(sighting, 'authorization')).map((spot) => ({
      says: `It is sent without a proof: ${whereWords(spot)}.`,
      at: spot.at,
    }));
  },
};
