import { inWords } from '../../../text/time-words.ts';
import { isPresent, spots, whereWords } from '../../evidence/places.ts';
import { cwe, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

const month = 30 * 86_400;

export const cookiePersistentSession: TokenRule = {
  id: 'cookie-persistent-session',
  judges: 'token',
  group: 'storage',
  title: 'Credential kept on disk',
  severity: 'low',
  why: 'Whoever uses the computer next is still signed in. "Remember me" means it so.',
  fix: 'Use a session cookie, or a shorter `Max-Age`.',
  references: [wstg('SESS-02'), cwe(539)],
  applies: ({ facts, sightings }) =>
    (facts.use === 'session' || facts.use === 'refresh') &&
    sightings.some(({ place }) => typeof place.cookie?.expiresAt === 'number'),
  check(subject, { now }) {
    const left = (end: number | null | undefined) => (end ?? 0) - now;
    return spots(
      subject,
      (sighting) =>
        isPresent(sighting) &&
        sighting.place.cookie?.session !== true &&
        left(sighting.place.cookie?.expiresAt) > month,
    ).map((spot) => ({
      says: `${whereWords(spot)} stays for ${inWords(left(spot.sighting.place.cookie?.expiresAt))}.`,
      at: spot.at,
    }));
  },
};
