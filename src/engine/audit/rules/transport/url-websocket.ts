import { isSocket } from '../../evidence/in-url.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const urlWebsocket: TokenRule = {
  id: 'url-websocket',
  judges: 'token',
  group: 'transport',
  title: 'Token in a `wss://` URL',
  severity: 'low',
  why: 'Browsers cannot set headers for a WebSocket, so this is usual; servers still write addresses to their logs.',
  fix: 'Use a ticket that lives for seconds, or send the token in the first message.',
  references: [rfc(6750, '2.3'), rfc(9110, '17.9'), cwe(598)],
  aboutTheft: true,
  applies: ({ sightings }) => sightings.some(({ place }) => place.traits.urlPart !== null && isSocket(place.url)),
  check: (subject) =>
    spots(subject, ({ place }) => place.traits.urlPart !== null && isSocket(place.url)).map((spot) => {
      const isPlain = /^ws:/i.test(spot.sighting.place.url ?? '');
      return {
        says: `It stands in ${whereWords(spot)}${isPlain ? ', which is not encrypted' : ''}.`,
        at: spot.at,
        severity: isPlain ? 'medium' : 'low',
      } as const;
    }),
};
