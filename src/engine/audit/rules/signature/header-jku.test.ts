import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { headerJku } from './header-jku.ts';

const live = { sub: 'ada', iss: 'https://login.acme.com', iat: now, exp: now + hours(1) };

const at = (jku: string) => ({ local: { t: jwt(live, { jku }) } });

await ruleCases(headerJku, {
  flags: {
    "an address on the issuer's site": {
      on: at('https://keys.acme.com/jwks.json'),
      severity: 'low',
      says: "on the issuer's own site",
      at: 'header.jku',
    },
    'an address elsewhere': {
      on: at('https://keys.other.net/jwks.json'),
      severity: 'medium',
      says: '`jku` is "https://keys.other.net/jwks.json", not on the issuer\'s site',
    },
    http: {
      on: at('http://keys.acme.com/jwks.json'),
      severity: 'high',
      says: '`jku` is "http://keys.acme.com/jwks.json", which is not https',
    },
    'an address by number': {
      on: at('https://203.0.113.7/jwks.json'),
      severity: 'high',
      says: '`jku` is "https://203.0.113.7/jwks.json"',
    },
    'this machine': {
      on: at('https://localhost/jwks.json'),
      severity: 'high',
      says: '`jku` is "https://localhost/jwks.json"',
    },
    'credentials before the host': {
      on: at('https://keys.acme.com@evil.net/jwks.json'),
      severity: 'high',
      says: '`jku` is "https://keys.acme.com@evil.net/jwks.json"',
    },
    'a redirect': {
      on: at('https://keys.acme.com/go?to=https://evil.net'),
      severity: 'high',
      says: '`jku` is "https://keys.acme.com/go?to=https://evil.net"',
    },
    'a data URL': {
      on: at('data:application/json,{}'),
      severity: 'high',
      says: '`jku` is "data:application/json,{}", which is not https',
    },
    'a shortened link': {
      on: at('https://bit.ly/abc'),
      severity: 'high',
      says: '`jku` is "https://bit.ly/abc", a shortened link',
    },
    'no URL': { on: at('keys'), severity: 'medium', says: '`jku` is "keys", which is no URL' },
  },
  passes: {},
  doesNotApply: { 'a token without it': { local: { t: jwt(live) } } },
});
