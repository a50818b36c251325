import { dailyToken } from '../../../test/join-tokens.ts';
import { ruleCases, type Scene } from '../../../test/rule-cases.ts';
import { hours, jwt, now } from '../../../test/tokens.ts';
import type { Sighting } from '../model.ts';
import { refererLeak } from './referer-leak.ts';

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

await ruleCases(refererLeak, {
  flags: {
    'another origin': {
      on: carried(dailyToken(), 'Referer', 'https://cdn.other.net/a.js'),
      severity: 'high',
      says: 'https://cdn.other.net received it',
      at: 'sightings[0]',
    },
  },
  passes: { 'the own origin': carried(dailyToken(), 'Referer', 'https://call.acme.com/a.js') },
  doesNotApply: {
    'another header': carried(dailyToken(), 'Authorization', 'https://cdn.other.net/a.js'),
    storage: { local: { t: jwt(live) } },
  },
});
