import { inWords } from '../../../text/time-words.ts';
import { isPresent, spots, whereWords } from '../../evidence/places.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

const grace = 300;
const week = 7 * 86_400;

export const expiredTokenStored: TokenRule = {
  id: 'expired-token-stored',
  judges: 'token',
  group: 'storage',
  title: 'Expired token left behind',
  severity: 'low',
  why: 'Its claims can still be read, and a server that does not check expiry still accepts it.',
  fix: 'Remove it when it expires and when the user logs out.',
  references: [asvs('14.3.1'), asvs('14.2.7'), cwe(613), cwe(459)],
  immuneTo: ['M1'],
  applies: ({ times }) => times.expiresAt !== null,
  check(subject, { now }) {
    const age = now - (subject.times.expiresAt ?? now);
    if (age <= grace) return [];
    const kept = spots(
      subject,
      (sighting) =>
        isPresent(sighting) &&
        sighting.place.traits.storage !== null &&
        sighting.place.traits.keptAfterClosing === true,
    );
    return kept.map((spot) => ({
      says: `It expired ${inWords(age)} ago and still lies in ${whereWords(spot)}.`,
      at: spot.at,
      severity: age < week ? 'info' : 'low',
    }));
  },
};
