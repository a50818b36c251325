import { jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { p2cLow } from './p2c-low.ts';

const password = (p2c: number) => ({
  local: {
    t: `${rawJwt({ alg: 'PBES2-HS256+A128KW', enc: 'A128CBC-HS256', p2s: 'c2FsdA', p2c }, 'key', 'aXY')}.Y2lwaGVy.dGFn`,
  },
});

await ruleCases(p2cLow, {
  flags: {
    'the count of RFC 7520': { on: password(8192), severity: 'low', says: '8,192', at: 'header.p2c' },
    'a hundred': { on: password(100), severity: 'medium', says: '`p2c` is 100' },
  },
  passes: {
    'an advised count': { local: { t: password(600_000).local.t } },
    'too many': { local: { t: password(2_000_000).local.t } },
  },
  doesNotApply: { 'another algorithm': { local: { t: jwt({ exp: now + 60 }, { p2c: 1 }) } } },
});
