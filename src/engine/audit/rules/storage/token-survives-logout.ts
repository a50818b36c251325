import { firstSeen, lastMet } from '../../../model/presence.ts';
import type { Sighting } from '../../../model/token.ts';
import { hostOf } from '../../../text/hosts.ts';
import { siteOf } from '../../../text/site-of.ts';
import { isPresent, spots, whereWords } from '../../evidence/places.ts';
import { asvs, cwe, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const tokenSurvivesLogout: TokenRule = {
  id: 'token-survives-logout',
  judges: 'token',
  group: 'storage',
  title: 'Still there after logout',
  severity: 'medium',
  why: 'Whoever uses this browser next, and any script of the page, can go on as the person who logged out.',
  fix: 'On logout, clear the storage and the cookies (`Clear-Site-Data` does both), and revoke the token.',
  references: [asvs('7.4.1'), asvs('14.3.1'), wstg('SESS-06'), cwe(613)],
  // Keys that apps carry by design belong to nobody who could log out.
  applies: ({ facts }, { loggedOut }) => (loggedOut ?? null) !== null && facts.use !== 'public-key-token',
  check(subject, { loggedOut }) {
    if (!loggedOut) return [];
    const site = siteOfOrigin(loggedOut.origin);
    const isOlder = (firstSeen(subject) ?? loggedOut.at) < loggedOut.at;
    // What a request carried is there only if a later one carries it, too.
    const isLeft = (sighting: Sighting) => {
      const { place, seenAt, backAt } = sighting;
      return place.exchange
        ? isOlder && place.exchange.direction === 'sent' && (lastMet(sighting) ?? 0) > loggedOut.at
        : seenAt !== null && (backAt ?? seenAt) < loggedOut.at;
    };
    const left = spots(
      subject,
      (sighting) =>
        isPresent(sighting) &&
        sighting.place.traits.storage !== null &&
        isLeft(sighting) &&
        site !== null &&
        siteOfOrigin(sighting.place.origin) === site,
    );
    return left.map((spot) => ({
      says: `It was in ${whereWords(spot)} before the logout, and still is.`,
      at: spot.at,
      // It may name the device or an anonymous visitor.
      confidence: 'likely',
    }));
  },
};

function siteOfOrigin(origin: string | null): string | null {
  const host = hostOf(origin);
  return host === null ? null : siteOf(host);
}
