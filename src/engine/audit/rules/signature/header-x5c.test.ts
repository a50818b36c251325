import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { headerX5c } from './header-x5c.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(headerX5c, {
  flags: {
    'a chain, as a fact': {
      on: { local: { t: jwt(live, { x5c: ['MIIB', 'MIIC'] }) } },
      severity: 'info',
      says: '2 certificates',
      at: 'header.x5c',
    },
  },
  passes: {},
  doesNotApply: { 'a token without it': { local: { t: jwt(live) } } },
});
