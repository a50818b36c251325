import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { critUnknown } from './crit-unknown.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(critUnknown, {
  flags: {
    'an unknown name': {
      on: { local: { t: jwt(live, { crit: ['x-own'], 'x-own': 1 }) } },
      severity: 'low',
      says: '"x-own"',
      at: 'header.crit',
    },
    'an empty list': { on: { local: { t: jwt(live, { crit: [] }) } }, severity: 'low', says: 'empty' },
    'a name twice': {
      on: { local: { t: jwt(live, { crit: ['exp', 'exp'], exp: 1 }) } },
      severity: 'low',
      says: '`crit` names a member twice',
    },
    'a member that is not there': {
      on: { local: { t: jwt(live, { crit: ['exp'] }) } },
      severity: 'low',
      says: '`crit` lists "exp", which the header does not have',
    },
    'a member of the standard': {
      on: { local: { t: jwt(live, { crit: ['alg'] }) } },
      severity: 'low',
      says: '`crit` lists "alg", which the standard itself defines',
    },
    text: { on: { local: { t: jwt(live, { crit: 'exp' }) } }, severity: 'low', says: '`crit` is "exp", not a list' },
  },
  passes: {
    'Open Banking': {
      local: { t: jwt(live, { crit: ['http://openbanking.org.uk/iat'], 'http://openbanking.org.uk/iat': 1 }) },
    },
    'a signing time': { local: { t: jwt(live, { crit: ['sigT'], sigT: '2026-11-20T12:00:00Z' }) } },
  },
  doesNotApply: { 'a token without it': { local: { t: jwt(live) } } },
});
