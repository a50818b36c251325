import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { typConfusion } from './typ-confusion.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(typConfusion, {
  flags: {
    'an access token with the claims of an ID token': {
      on: { local: { t: jwt({ ...live, nonce: 'n' }, { typ: 'at+jwt' }) } },
      severity: 'medium',
      says: '`typ` says access token, and the claims are those of an ID token',
      at: 'header.typ',
    },
    'a nested type on a set of claims': {
      on: { local: { t: jwt(live, { cty: 'JWT' }) } },
      severity: 'medium',
      says: '`cty` says that a token is inside, and the payload is a set of claims',
      at: 'header.cty',
    },
    'a logout token sent as a bearer': {
      on: {
        local: {
          authorization: jwt(
            { ...live, events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
            { typ: 'logout+jwt' },
          ),
        },
        seen: (all) =>
          all.map((one) => ({
            ...one,
            place: { ...one.place, traits: { ...one.place.traits, storage: null, sentToServers: true } },
          })),
      },
      severity: 'medium',
      says: '`typ` is "logout+jwt", and it is sent as a bearer credential',
    },
  },
  passes: {
    '`typ: "JWT"`': { local: { t: jwt({ ...live, nonce: 'n' }) } },
    'case and prefix of an honest type': {
      local: { t: jwt({ ...live, scope: 'a', aud: 'b' }, { typ: 'application/AT+JWT' }) },
    },
    'a proof where it belongs': {
      local: { t: jwt({ htm: 'GET', htu: 'https://api.acme.com', iat: now, jti: '1' }, { typ: 'dpop+jwt', jwk: {} }) },
    },
  },
});
