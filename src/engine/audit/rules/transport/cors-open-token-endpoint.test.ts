import { answerWith, headersOf } from '../../../../../test/builders/answers.ts';
import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { corsOpenTokenEndpoint } from './cors-open-token-endpoint.ts';

const token = jwt({ sub: 'ada', iat: now, exp: now + hours(1) });
const everybody = { 'Access-Control-Allow-Origin': '*' };
const cookies = { 'Access-Control-Allow-Credentials': 'true' };
const asked = (origin: string, url = 'https://api.acme.net/token') =>
  answerWith(
    token,
    { 'Access-Control-Allow-Origin': origin, ...cookies },
    {
      url,
      requestHeaders: headersOf({ Host: 'api.acme.net', Origin: origin, Cookie: 'sid=1' }),
    },
  );

await ruleCases(corsOpenTokenEndpoint, {
  flags: {
    'an answer that everybody may ask for and read': {
      on: { exchanges: [answerWith(token, everybody)] },
      severity: 'medium',
      says: 'Everybody’s pages may ask, and nothing showed who asked: request 1: response body of https://api.acme.com',
      at: 'sightings[0]',
    },
    'a token endpoint for public clients': {
      on: {
        exchanges: [
          answerWith(token, everybody, {
            method: 'POST',
            requestBody: {
              text: 'grant_type=authorization_code&code=x&code_verifier=y',
              mimeType: 'application/x-www-form-urlencoded',
            },
          }),
        ],
      },
      severity: 'low',
      says: 'as public clients need',
    },
    'documents without an origin, with cookies': {
      on: { exchanges: [answerWith(token, { 'Access-Control-Allow-Origin': 'null', ...cookies })] },
      severity: 'high',
      says: 'Every sandboxed frame may ask with the user’s cookies',
    },
    'two sites, each by its own name': {
      on: { exchanges: [asked('https://call.acme.com'), asked('https://other.example')] },
      severity: 'high',
      says: 'pages of several sites ask with the user’s cookies',
      confidence: 'likely',
    },
    'one site, of which nobody knows whether it is on a list': {
      on: { exchanges: [asked('https://call.acme.com')] },
      severity: 'low',
      says: 'lets https://call.acme.com ask with the user’s cookies',
      confidence: 'possible',
    },
  },
  passes: {
    'another host of the own site': { exchanges: [asked('https://call.acme.com', 'https://api.acme.com/token')] },
    'what only a header opens': {
      exchanges: [
        answerWith(token, everybody, {
          requestHeaders: headersOf({ Host: 'api.acme.com', Authorization: 'Bearer x' }),
        }),
      ],
    },
    'what only a password opens': {
      exchanges: [
        answerWith(token, everybody, {
          method: 'POST',
          requestBody: { text: '{"user":"ada","password":"x"}', mimeType: 'application/json' },
        }),
      ],
    },
    'what only a key in the address opens': {
      exchanges: [answerWith(token, everybody, { url: 'https://api.acme.com/token?apiKey=x' })],
    },
    'a request of which not all headers are told': {
      exchanges: [answerWith(token, everybody, { requestHeaders: [] })],
    },
    'an origin without cookies': {
      exchanges: [
        answerWith(
          token,
          { 'Access-Control-Allow-Origin': 'https://call.acme.com' },
          {
            requestHeaders: headersOf({ Host: 'api.acme.com', Origin: 'https://call.acme.com' }),
          },
        ),
      ],
    },
    'the own origin alone': { exchanges: [answerWith(token, {})] },
  },
  doesNotApply: {
    'the platform’s own server': {
      exchanges: [answerWith(dailyToken(), everybody, { url: 'https://api.daily.co/v1/join' })],
    },
    'a token at rest': { local: { t: token } },
  },
});
