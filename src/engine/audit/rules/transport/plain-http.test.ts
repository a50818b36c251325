import { answerWith, headersOf } from '../../../../../test/builders/answers.ts';
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
    'an answer over http': {
      on: { exchanges: [answerWith(dailyToken(), {}, { url: 'http://api.acme.com/token' })] },
      severity: 'high',
      says: 'It was received without encryption: request 1: response body of http://api.acme.com',
    },
    'a message of a socket': {
      on: {
        exchanges: [
          { url: 'ws://api.acme.com/', status: 101, messages: [{ direction: 'sent', text: dailyToken(), at: null }] },
        ],
      },
      severity: 'high',
      says: 'It was sent without encryption: request 1: WebSocket message 1, sent',
    },
    'a request that was blocked': {
      on: { exchanges: [{ url: `http://api.acme.com/?t=${dailyToken()}`, status: null, isUnsent: true }] },
      severity: 'low',
      says: 'It was to be sent without encryption, though nothing left the browser',
    },
    'a request that the browser turned into https by itself': {
      on: {
        exchanges: [
          {
            url: `http://api.acme.com/?t=${dailyToken()}`,
            status: 307,
            responseHeaders: headersOf({ Location: 'https://api.acme.com/', 'Non-Authoritative-Reason': 'HSTS' }),
          },
        ],
      },
      severity: 'low',
      says: 'The browser turned it into https before it was sent',
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
