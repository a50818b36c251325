import { jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { p2cExcessive } from './p2c-excessive.ts';

const password = (p2c: number) => ({
  local: {
    t: `${rawJwt({ alg: 'PBES2-HS256+A128KW', enc: 'A128CBC-HS256', p2s: 'c2FsdA', p2c }, 'key', 'aXY')}.Y2lwaGVy.dGFn`,
  },
});

await ruleCases(p2cExcessive, {
  flags: {
    'two million iterations': { on: password(2_000_000), severity: 'medium', says: '2,000,000', at: 'header.p2c' },
  },
  passes: {
    'an advised count': { local: { t: password(600_000).local.t } },
    'a small count': { local: { t: password(8192).local.t } },
  },
  doesNotApply: { 'another algorithm': { local: { t: jwt({ exp: now + 60 }, { p2c: 9_000_000 }) } } },
});
