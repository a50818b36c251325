import { hostOf, isLoopback } from '../../../text/hosts.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { asvs, cwe, rfc, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const plainHttp: TokenRule = {
  id: 'plain-http',
  judges: 'token',
  group: 'transport',
  title: 'Over an unencrypted channel',
  severity: 'high',
  why: 'Everybody on the network between can read and use it.',
  fix: 'Use https with HSTS.',
  references: [rfc(6750, '5.3'), asvs('12.2.1'), wstg('CRYP-03'), cwe(319), cwe(523)],
  aboutTheft: true,
  applies: ({ sightings }) => sightings.some(({ place }) => place.traits.sentToServers === true),
  check: (subject) =>
    spots(subject, ({ place }) => {
      // Cookies are judged by their `Secure` attribute; what travels is judged here.
      if (place.traits.sentToServers !== true || place.cookie !== null) return false;
      const host = hostOf(place.url);
      return /^(?:http|ws):/i.test(place.url ?? '') && host !== null && !isLoopback(host);
    }).map((spot) => ({ says: `It was sent without encryption: ${whereWords(spot)}.`, at: spot.at })),
};
