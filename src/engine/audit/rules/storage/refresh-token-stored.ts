import { isPresent, spots, whereWords } from '../../evidence/places.ts';
import { asvs, browserBasedApps, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const refreshTokenStored: TokenRule = {
  id: 'refresh-token-stored',
  judges: 'token',
  group: 'storage',
  title: 'Refresh token in script-readable storage',
  severity: 'high',
  why: 'It yields fresh access tokens for as long as it lives, and every script of the origin can read it.',
  fix: 'Refresh on a server, or rotate refresh tokens and end them after a fixed time.',
  references: [
    rfc(9700, '4.14'),
    rfc(9700, '2.2.2'),
    asvs('10.1.1'),
    asvs('10.4.5'),
    asvs('10.4.8'),
    browserBasedApps,
    cwe(522),
    cwe(922),
  ],
  // The severity counts what a refresh token is worth.
  immuneTo: ['M5'],
  judgesNotes: true,
  // What is locked yields nothing by itself; `storage-local` says where its key is.
  applies: ({ facts, token }) => facts.use === 'refresh' && token.lock?.givesPower !== false,
  check: (subject) =>
    spots(
      subject,
      (sighting) =>
        isPresent(sighting) &&
        sighting.place.traits.storage !== null &&
        sighting.place.traits.readableByScripts === true,
    ).map((spot) => ({
      says: `It lies in ${whereWords(spot)}.`,
      at: spot.at,
      severity:
        spot.sighting.place.traits.keptAfterClosing === false && spot.sighting.place.traits.storage === 'session'
          ? 'medium'
          : 'high',
    })),
};
