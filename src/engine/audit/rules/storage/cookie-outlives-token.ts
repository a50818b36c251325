import { inWords } from '../../../text/time-words.ts';
import { isPresent, spots, whereWords } from '../../evidence/places.ts';
import { tokensIn } from '../../evidence/same-cookie.ts';
import { asvs, cookies, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

const day = 86_400;

export const cookieOutlivesToken: TokenRule = {
  id: 'cookie-outlives-token',
  judges: 'token',
  group: 'storage',
  title: 'Cookie lives longer than its token',
  severity: 'low',
  why: 'The expired token stays on disk and is sent with every request.',
  fix: 'Give the cookie a `Max-Age` no longer than the token lives.',
  references: [asvs('7.3.2'), asvs('14.3.1'), cookies('4.1.2.1'), cwe(613), cwe(539)],
  applies: ({ times, sightings }) =>
    times.expiresAt !== null && sightings.some(({ place }) => typeof place.cookie?.expiresAt === 'number'),
  check(subject, { subjects }) {
    const { expiresAt, lifetimeSeconds } = subject.times;
    if (expiresAt === null) return [];
    const allowed = Math.max(day, lifetimeSeconds ?? 0);
    const surplus = (cookieEnds: number | null | undefined) => (cookieEnds ?? 0) - expiresAt;
    return spots(subject, (sighting) => {
      const { cookie } = sighting.place;
      if (!isPresent(sighting) || typeof cookie?.expiresAt !== 'number' || surplus(cookie.expiresAt) <= allowed)
        return false;
      // A refresh token beside it is what the cookie lives for.
      return tokensIn(sighting.place, subjects).every(
        (other) =>
          other === subject ||
          (other.facts.use !== 'refresh' && other.times.expiresAt !== null && other.times.expiresAt <= expiresAt),
      );
    }).map((spot) => {
      const { cookie, exchange } = spot.sighting.place;
      const longer = `${inWords(surplus(cookie?.expiresAt))} longer than the token in it`;
      // Of one that is set in traffic, as by an answer to a request without credentials, the browser may take no notice.
      return exchange
        ? { says: `${whereWords(spot)} is to stay ${longer}, where the browser keeps it.`, at: spot.at }
        : { says: `${whereWords(spot)} stays ${longer}.`, at: spot.at };
    });
  },
};
