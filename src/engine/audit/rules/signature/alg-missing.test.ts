import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases, type Scene } from '../../../../../test/cases/rule.ts';
import { algMissing } from './alg-missing.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

/** A token that a reader found by its context, such as a Bearer header, although its header is none. */
const handed = (token: string): Scene => ({
  local: { access_token: jwt(live) },
  seen: (all) => all.map((one) => ({ ...one, token })),
});

await ruleCases(algMissing, {
  flags: {
    'an empty name': {
      on: { local: { access_token: rawJwt({ alg: '', typ: 'JWT' }, live) } },
      severity: 'medium',
      says: '`alg` is ""',
      at: 'header.alg',
    },
    null: { on: handed(rawJwt({ alg: null, typ: 'JWT' }, live)), severity: 'medium', says: '`alg` is null' },
    'a list': { on: handed(rawJwt({ alg: ['HS256'], typ: 'JWT' }, live)), severity: 'medium', says: '`alg` is a list' },
    nothing: { on: handed(rawJwt({ typ: 'JWT' }, live)), severity: 'medium', says: 'no `alg`' },
  },
  passes: { 'a token with an algorithm': { local: { t: jwt(live) } } },
});
