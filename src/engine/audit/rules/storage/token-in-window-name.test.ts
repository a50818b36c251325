import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { tokenInWindowName } from './token-in-window-name.ts';

await ruleCases(tokenInWindowName, {
  flags: {
    "a token in the window's name": {
      on: { windowName: dailyToken() },
      severity: 'medium',
      says: 'It lies in window.name of https://call.acme.com',
      at: 'sightings[0]',
    },
    "a host's token among other things, one level up": {
      on: { windowName: JSON.stringify({ call: { jwt: dailyHost() } }) },
      severity: 'high',
      says: 'It lies in window.name',
    },
  },
  passes: {},
  doesNotApply: {
    'a token in sessionStorage': { session: { auth: dailyToken() } },
    'a name that was taken back': {
      windowName: dailyToken(),
      seen: (all) => all.map((one) => ({ ...one, goneAt: now })),
    },
  },
});
