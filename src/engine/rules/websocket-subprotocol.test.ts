import { dailyToken } from '../../../test/join-tokens.ts';
import { ruleCases, type Scene } from '../../../test/rule-cases.ts';
import { hours, jwt, now } from '../../../test/tokens.ts';
import type { Sighting } from '../model.ts';
import { websocketSubprotocol } from './websocket-subprotocol.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

/** The same token, as traffic to this address shows it under a header or field of this name. */
const carried = (token: string, key: string, url: string, sent = true, more: Partial<Sighting> = {}): Scene => ({
  local: { t: token },
  seen: (all) =>
    all.map((one) => ({
      ...one,
      ...more,
      place: {
        ...one.place,
        key,
        url,
        origin: new URL(url).origin,
        traits: { ...one.place.traits, storage: null, readableByScripts: null, sentToServers: sent },
      },
    })),
});

await ruleCases(websocketSubprotocol, {
  flags: {
    'a token as sub-protocol, as a fact': {
      on: carried(dailyToken(), 'Sec-WebSocket-Protocol', 'wss://media.acme.com/'),
      severity: 'info',
      at: 'sightings[0]',
    },
  },
  passes: {},
  doesNotApply: { 'another header': carried(jwt(live), 'Authorization', 'https://api.acme.com/') },
});
