import type { Sighting } from '../../../model/token.ts';
import { hostOf, isLoopback } from '../../../text/hosts.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { receiptOf, receiptWords } from '../../evidence/receipt.ts';
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
  applies: ({ sightings }) => sightings.some(isOnTheWay),
  check: (subject) =>
    spots(subject, (sighting) => {
      const { place } = sighting;
      // Cookies are judged by their `Secure` attribute; what travels is judged here.
      if (!isOnTheWay(sighting) || place.cookie !== null) return false;
      // What the service worker answered with may never have been on the way.
      if (place.exchange?.isFromWorker && place.exchange.direction === 'received') return false;
      const host = hostOf(place.url);
      return /^(?:http|ws):/i.test(place.url ?? '') && host !== null && !isLoopback(host);
    }).map((spot) => {
      const { exchange } = spot.sighting.place;
      const isReceived = exchange?.direction === 'received';
      const receipt = receiptOf(spot.sighting.place);
      if (receipt !== 'seen')
        return {
          says: `It was to be sent without encryption, ${receiptWords[receipt]}: ${whereWords(spot)}.`,
          at: spot.at,
          severity: 'low',
        };
      return exchange?.reply?.isUpgrade
        ? {
            says: `The browser turned it into https before it was sent: ${whereWords(spot)}.`,
            at: spot.at,
            severity: 'low',
          }
        : { says: `It was ${isReceived ? 'received' : 'sent'} without encryption: ${whereWords(spot)}.`, at: spot.at };
    }),
};

function isOnTheWay({ place }: Sighting): boolean {
  return place.traits.sentToServers === true || place.exchange !== undefined;
}
