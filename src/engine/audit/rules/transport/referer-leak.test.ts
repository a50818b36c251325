import { headersOf } from '../../../../../test/builders/answers.ts';
import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { carried, ruleCases } from '../../../../../test/cases/rule.ts';
import { refererLeak } from './referer-leak.ts';

const token = dailyToken();
const from = `https://call.acme.com/standup?t=${token}`;
const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(refererLeak, {
  flags: {
    'another origin': {
      on: carried(dailyToken(), 'Referer', 'https://cdn.other.net/a.js'),
      severity: 'high',
      says: 'https://cdn.other.net received it',
      at: 'sightings[0]',
    },
    'a request that tells where it comes from': {
      on: {
        exchanges: [{ url: `https://cdn.other.net/a.js?t=${token}`, requestHeaders: headersOf({ Referer: from }) }],
      },
      severity: 'high',
      says: 'https://cdn.other.net received it',
    },
  },
  passes: {
    'a frame’s own origin': {
      exchanges: [
        {
          url: 'https://meet.other.net/a.js',
          requestHeaders: headersOf({ Referer: `https://meet.other.net/?t=${token}` }),
        },
      ],
    },
    'the own origin': carried(dailyToken(), 'Referer', 'https://call.acme.com/a.js'),
  },
  doesNotApply: {
    'another header': carried(dailyToken(), 'Authorization', 'https://cdn.other.net/a.js'),
    storage: { local: { t: jwt(live) } },
  },
});
