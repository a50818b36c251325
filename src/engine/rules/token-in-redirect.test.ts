import { dailyToken } from '../../../test/join-tokens.ts';
import { ruleCases, type Scene } from '../../../test/rule-cases.ts';
import { hours, jwt, now } from '../../../test/tokens.ts';
import type { Sighting } from '../model.ts';
import { tokenInRedirect } from './token-in-redirect.ts';

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

const access = jwt({ ...live, scope: 'a', aud: 'https://api.acme.com' });

await ruleCases(tokenInRedirect, {
  flags: {
    'an access token in the address': {
      on: carried(access, 'Location', 'https://login.acme.com/cb', false, { path: '?access_token' }),
      severity: 'high',
      at: 'sightings[0]',
    },
    'one after #': {
      on: carried(access, 'Location', 'https://login.acme.com/cb', false, { path: '#access_token' }),
      severity: 'medium',
    },
    'a join token': { on: carried(dailyToken(), 'location', 'https://login.acme.com/cb', false), severity: 'medium' },
  },
  passes: {},
  doesNotApply: {
    'a request header of that name': carried(access, 'Location', 'https://login.acme.com/cb'),
    storage: { local: { location: access } },
  },
});
