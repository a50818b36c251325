import { answerWith } from '../../../../../test/builders/answers.ts';
import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { responseCacheable } from './response-cacheable.ts';

const token = jwt({ sub: 'ada', iat: now, exp: now + hours(1) });
const answered = (...[headers, parts]: [Record<string, string>, object?]) => ({
  exchanges: [answerWith(token, headers, parts)],
});

await ruleCases(responseCacheable, {
  flags: {
    'an answer without a word about caches': {
      on: answered({}),
      severity: 'low',
      says: 'The browser may keep it: request 1: response body of https://api.acme.com',
      at: 'sightings[0]',
      confidence: 'likely',
    },
    'one that is checked before it is used again': {
      on: answered({ 'Cache-Control': 'no-cache' }),
      severity: 'low',
      says: 'The browser may keep it',
    },
    'one that every cache may keep': {
      on: answered({ 'Cache-Control': 'public, max-age=60' }),
      severity: 'medium',
      says: 'Any cache on the way may keep it',
    },
    'an answer to POST that says it may be kept': {
      on: answered({ 'Cache-Control': 'public, max-age=60' }, { method: 'POST' }),
      severity: 'info',
      says: 'Any cache on the way may keep it',
    },
    'answers that come again and again, once': {
      on: { exchanges: Array.from({ length: 9 }, () => answerWith(token, {})) },
      severity: 'low',
      says: 'and 8 more like it',
    },
  },
  passes: {
    'no-store': answered({ 'Cache-Control': 'private, no-store' }),
    'an answer to POST without a word about caches': answered({}, { method: 'POST' }),
    'an error that nobody keeps': answered({}, { status: 500 }),
  },
  doesNotApply: {
    'the platform’s own server': {
      exchanges: [answerWith(dailyToken(), {}, { url: 'https://api.daily.co/v1/join' })],
    },
    'a request': { exchanges: [{ url: `https://api.acme.com/?token=${token}` }] },
    'an answer whose headers are not told': answered({}, { responseHeaders: [] }),
    'a message of a socket': {
      exchanges: [
        answerWith(
          '',
          {},
          {
            url: 'wss://api.acme.com/',
            status: 101,
            responseBody: null,
            messages: [{ direction: 'received', text: token, at: now }],
          },
        ),
      ],
    },
  },
});
