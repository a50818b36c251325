import { spots, whereWords } from '../../evidence/places.ts';
import { isInRequestHeader } from '../../evidence/request-header.ts';
import { rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const websocketSubprotocol: TokenRule = {
  id: 'websocket-subprotocol',
  judges: 'token',
  group: 'transport',
  title: 'Carried in `Sec-WebSocket-Protocol`',
  severity: 'info',
  why: 'It is the one header a page can set for a WebSocket. Recordings that strip other credentials keep it.',
  fix: 'Keep the header out of logs, and look through recordings before sharing them.',
  references: [rfc(6455, '1.9')],
  applies: ({ sightings }) => sightings.some((one) => isInRequestHeader(one, 'sec-websocket-protocol')),
  check: (subject) =>
    spots(subject, (sighting) => isInRequestHeader(sighting, 'sec-websocket-protocol')).map((spot) => ({
      says: `It is sent as a sub-protocol: ${whereWords(spot)}.`,
      at: spot.at,
    })),
};
