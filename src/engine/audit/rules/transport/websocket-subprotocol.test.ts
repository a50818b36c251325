import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { carried, ruleCases } from '../../../../../test/cases/rule.ts';
import { websocketSubprotocol } from './websocket-subprotocol.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(websocketSubprotocol, {
  flags: {
    'a token as sub-protocol, as a fact': {
      on: carried(dailyToken(), 'Sec-WebSocket-Protocol', 'wss://media.acme.com/'),
      severity: 'info',
      says: 'It is sent as a sub-protocol: localStorage["t"] of wss://media.acme.com',
      at: 'sightings[0]',
    },
  },
  passes: {},
  doesNotApply: { 'another header': carried(jwt(live), 'Authorization', 'https://api.acme.com/') },
});
