import { ruleCases, type Scene } from '../../../test/rule-cases.ts';
import { hours, jwt, now } from '../../../test/tokens.ts';
import type { Sighting } from '../model.ts';
import { idTokenAsAccess } from './id-token-as-access.ts';

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

const id = jwt({ ...live, iss: 'https://login.idp.net', aud: 'app', nonce: 'n', at_hash: 'h' });

await ruleCases(idTokenAsAccess, {
  flags: {
    'an ID token sent to an API elsewhere': {
      on: carried(id, 'Authorization', 'https://api.other.net/calls'),
      severity: 'medium',
      at: 'sightings[0]',
      confidence: 'likely',
    },
  },
  passes: {
    'the own backend': carried(id, 'Authorization', 'https://api.acme.com/calls'),
    'the issuer': carried(id, 'Authorization', 'https://login.idp.net/userinfo'),
  },
  doesNotApply: {
    'an access token': carried(
      jwt({ ...live, scope: 'a', aud: 'https://api.other.net' }),
      'Authorization',
      'https://api.other.net/calls',
    ),
    'an ID token that lies in storage': { local: { id_token: id } },
  },
});
