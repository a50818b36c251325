import { ruleCases, type Scene } from '../../../test/rule-cases.ts';
import { hours, jwt, now } from '../../../test/tokens.ts';
import type { Sighting } from '../model.ts';
import { bearerInForm } from './bearer-in-form.ts';

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

await ruleCases(bearerInForm, {
  flags: {
    'a form field': {
      on: carried(jwt(live), 'access_token', 'https://api.acme.com/calls'),
      severity: 'info',
      at: 'sightings[0]',
    },
  },
  passes: {
    'a revocation endpoint, which asks for it': carried(
      jwt(live),
      'access_token',
      'https://login.acme.com/oauth/revoke',
    ),
  },
  doesNotApply: { 'another field': carried(jwt(live), 'token', 'https://api.acme.com/calls') },
});
