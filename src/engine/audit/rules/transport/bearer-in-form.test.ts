import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { carried, ruleCases } from '../../../../../test/cases/rule.ts';
import { bearerInForm } from './bearer-in-form.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(bearerInForm, {
  flags: {
    'a form field': {
      on: carried(jwt(live), 'access_token', 'https://api.acme.com/calls'),
      severity: 'info',
      says: 'It is a form field: localStorage["t"] of https://api.acme.com',
      at: 'sightings[0]',
    },
    'a form field of an address that names an endpoint as what comes next': {
      on: carried(jwt(live), 'access_token', 'https://api.acme.com/calls?next=/logout'),
      severity: 'info',
      says: 'It is a form field',
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
