import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { plainHttp } from './plain-http.ts';

await ruleCases(plainHttp, {
  flags: {
    'a query sent over http': {
      on: { frames: [`http://media.acme.com/?t=${dailyToken()}`] },
      severity: 'high',
      says: 'It was sent without encryption: frame URL ?t of http://media.acme.com',
      at: 'sightings[0]',
    },
  },
  passes: {
    https: { frames: [`https://media.acme.com/?t=${dailyToken()}`] },
    'this machine': { url: 'http://localhost:3000/', frames: [`http://localhost:9000/?t=${dailyToken()}`] },
    'a cookie, which its `Secure` attribute judges': {
      url: 'http://call.acme.com/',
      cookies: [{ name: 'm', value: dailyToken() }],
    },
  },
  doesNotApply: {
    'a fragment, which is not sent': { url: `http://call.acme.com/#t=${dailyToken()}` },
    storage: { url: 'http://call.acme.com/', local: { t: dailyToken() } },
  },
});
