import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { carried, ruleCases } from '../../../../../test/cases/rule.ts';
import { idTokenAsAccess } from './id-token-as-access.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

const id = jwt({ ...live, iss: 'https://login.idp.net', aud: 'app', nonce: 'n', at_hash: 'h' });

await ruleCases(idTokenAsAccess, {
  flags: {
    'an ID token sent to an API elsewhere': {
      on: carried(id, 'Authorization', 'https://api.other.net/calls'),
      severity: 'medium',
      says: 'It is sent as a credential: localStorage["t"] of https://api.other.net',
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
