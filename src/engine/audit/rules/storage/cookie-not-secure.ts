import { hostOf, isLoopback } from '../../../text/hosts.ts';
import { isPresent, spots, whereWords } from '../../evidence/places.ts';
import { asvs, cookies, cwe, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const cookieNotSecure: TokenRule = {
  id: 'cookie-not-secure',
  judges: 'token',
  group: 'storage',
  title: 'Sent over http',
  severity: 'medium',
  why: 'The browser also sends the cookie over unencrypted connections, where the network can read it.',
  fix: 'Set `Secure`.',
  references: [cookies('4.1.2.5'), asvs('3.3.1'), asvs('3.4.1'), wstg('SESS-02'), cwe(614), cwe(319)],
  applies: ({ sightings }) => sightings.some(({ place }) => place.cookie !== null),
  check: (subject) =>
    spots(subject, (sighting) => {
      const host = hostOf(sighting.place.url);
      return isPresent(sighting) && sighting.place.cookie?.secure === false && host !== null && !isLoopback(host);
    }).map((spot) => {
      const isPlain = spot.sighting.place.url?.startsWith('http:') === true;
      return {
        says: `${whereWords(spot)} has no \`Secure\` attribute${isPlain ? ', and the site answers on http' : ''}.`,
        at: spot.at,
        severity: isPlain ? 'high' : 'medium',
      } as const;
    }),
};
