import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { tokenReusedTabs } from './token-reused-tabs.ts';

await ruleCases(tokenReusedTabs, {
  flags: {
    'a join token that another tab holds, too': {
      on: { local: { t: dailyToken() }, otherTabs: 1 },
      severity: 'low',
      says: 'Another tab of this browser holds the same join token.',
      confidence: 'likely',
    },
    'one that several hold': {
      on: { local: { t: dailyToken() }, otherTabs: 3 },
      severity: 'low',
      says: '3 other tabs',
    },
  },
  passes: {
    'one that is gone here': {
      local: { t: dailyToken() },
      otherTabs: 1,
      seen: (all) => all.map((one) => ({ ...one, goneAt: now })),
    },
  },
  doesNotApply: {
    'one that no other tab holds': { local: { t: dailyToken() } },
    'a session of a site, which tabs share': { local: { t: jwt({ sub: 'ada', exp: now + 60 }) }, otherTabs: 2 },
  },
});
