import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { tokenInDom } from './token-in-dom.ts';

const meta = (token: string) => [['content', 'meta', '', 'jwt', '1', token]];

await ruleCases(tokenInDom, {
  flags: {
    'a token in a `meta` element': {
      on: { content: meta(dailyToken()) },
      severity: 'medium',
      says: 'It lies in meta[name="jwt"] content of https://call.acme.com',
      at: 'sightings[0]',
    },
    "a host's token, one level up": {
      on: { content: [['data-token', 'div', 'app', '', '1', dailyHost()]] },
      severity: 'high',
      says: 'It lies in div#app data-token',
    },
    'several copies, as one': {
      on: { content: [...meta(dailyToken()), ['', 'script', '', '', '1', `start("${dailyToken()}")`]] },
      severity: 'medium',
      says: 'and 1 more like it',
    },
    'a copy beside scripts of other sites, as a detail of the headline': {
      on: {
        content: meta(dailyToken()),
        scripts: ['https://cdn.other.net'],
        beside: ['script-readable'],
      },
      severity: 'medium',
      says: 'It lies in meta[name="jwt"] content',
      under: 'script-readable',
    },
  },
  passes: {},
  doesNotApply: {
    'a token in localStorage': { local: { auth: dailyToken() } },
    'one that the page has taken away': {
      content: meta(dailyToken()),
      seen: (all) => all.map((one) => ({ ...one, goneAt: now })),
    },
  },
});
