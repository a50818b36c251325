import { exchangeOf } from '../../../../../test/builders/captures.ts';
import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { tokenInSource } from './token-in-source.ts';

/** A script file that this token is written in. */
const script = (token: string, { mimeType = 'text/javascript; charset=utf-8', cacheControl = 'max-age=600' } = {}) => ({
  exchanges: [
    exchangeOf({
      url: 'https://static.acme.com/app.js',
      responseHeaders: [{ name: 'Cache-Control', value: cacheControl }],
      responseBody: { mimeType, text: `export const token = "${token}";` },
    }),
  ],
});
const access = jwt({
  iss: 'https://id.acme.com',
  aud: 'api',
  sub: 'ada',
  scope: 'read',
  iat: now,
  exp: now + hours(1),
});

await ruleCases(tokenInSource, {
  flags: {
    'an access token in a script file': {
      on: script(access),
      severity: 'high',
      says: 'It is written in entry 1: response body of https://static.acme.com',
      at: 'sightings[0]',
      confidence: 'likely',
    },
    "a host's token": { on: script(dailyHost()), severity: 'high', says: 'It is written in' },
    "a guest's token": { on: script(dailyToken()), severity: 'medium', says: 'It is written in' },
    'one that has expired, as a fact': {
      on: script(dailyToken({ iat: now - hours(3), exp: now - hours(2) })),
      severity: 'info',
      says: 'It is written in',
    },
    'one in the page’s own script, which a server may have written for this user': {
      on: { content: [['', 'script', '', '', '1', `start({ token: "${access}" })`]] },
      severity: 'low',
      says: 'It is written in script of https://call.acme.com',
      confidence: 'possible',
    },
  },
  passes: {},
  doesNotApply: {
    'a script that is made for each user': script(access, { cacheControl: 'private, no-store' }),
    'data that scripts fetch': script(access, { mimeType: 'application/json' }),
    'data in the page': { content: [['', 'script', '__NEXT_DATA__', '', '1', JSON.stringify({ token: access })]] },
    'a token in localStorage': { local: { auth: access } },
  },
});
