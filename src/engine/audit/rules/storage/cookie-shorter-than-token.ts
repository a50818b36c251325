import { inWords } from '../../../text/time-words.ts';
import { isPresent, spots, whereWords } from '../../evidence/places.ts';
import { asvs } from '../references.ts';
import type { TokenRule } from '../rule.ts';

const day = 86_400;

export const cookieShorterThanToken: TokenRule = {
  id: 'cookie-shorter-than-token',
  judges: 'token',
  group: 'storage',
  title: 'Token outlives its cookie',
  severity: 'info',
  why: 'A copy works on after the cookie has gone.',
  fix: 'Let the token expire with its cookie.',
  references: [asvs('7.3.2')],
  applies: ({ times, sightings }) =>
    times.expiresAt !== null && sightings.some(({ place }) => typeof place.cookie?.expiresAt === 'number'),
  check(subject) {
    const end = subject.times.expiresAt ?? 0;
    const left = (cookieEnd: number | null | undefined) => (typeof cookieEnd === 'number' ? end - cookieEnd : 0);
    return spots(subject, (sighting) => isPresent(sighting) && left(sighting.place.cookie?.expiresAt) > day).map(
      (spot) => ({
        says: `It lives ${inWords(left(spot.sighting.place.cookie?.expiresAt))} longer than ${whereWords(spot)}.`,
        at: spot.at,
      }),
    );
  },
};
