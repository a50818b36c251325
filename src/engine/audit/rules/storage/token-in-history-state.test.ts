import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { tokenInHistoryState } from './token-in-history-state.ts';

const state = (token: string) => JSON.stringify({ usr: { token }, key: 'default' });

await ruleCases(tokenInHistoryState, {
  flags: {
    "a token in a router's state": {
      on: { historyState: state(dailyToken()) },
      severity: 'low',
      says: 'It lies in history.state of https://call.acme.com',
      at: 'sightings[0]',
    },
    "a host's token, one level up": {
      on: { historyState: state(dailyHost()) },
      severity: 'medium',
      says: 'It lies in history.state',
    },
  },
  passes: {},
  doesNotApply: {
    'a token in the page URL': { url: `https://call.acme.com/standup?t=${dailyToken()}` },
    'a state that was left': {
      historyState: state(dailyToken()),
      seen: (all) => all.map((one) => ({ ...one, goneAt: now })),
    },
  },
});
