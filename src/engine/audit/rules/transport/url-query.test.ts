import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { urlQuery } from './url-query.ts';

const page = (token: string) => ({ url: `https://call.acme.com/standup?jwt=${token}` });

await ruleCases(urlQuery, {
  flags: {
    "a participant's token in the page's address": {
      on: page(dailyToken()),
      severity: 'medium',
      says: /page URL \?jwt of https:\/\/call\.acme\.com/,
      at: 'sightings[0]',
    },
    "a host's token": {
      on: page(dailyHost()),
      severity: 'high',
      says: 'It stands in the query: page URL ?jwt of https://call.acme.com',
    },
    'an access token': {
      on: { url: `https://call.acme.com/?access_token=${jwt({ exp: now + hours(1) })}` },
      severity: 'high',
      says: 'It stands in the query: page URL ?access_token of https://call.acme.com',
    },
    'an expired token, one level down': {
      on: page(dailyToken({ iat: now - hours(2), exp: now - hours(1) })),
      severity: 'low',
      says: 'It stands in the query: page URL ?jwt of https://call.acme.com',
    },
    'a single-use link': {
      on: { url: `https://call.acme.com/verify?link=${jwt({ purpose: 'verify', iat: now, exp: now + hours(1) })}` },
      severity: 'low',
      says: 'It stands in the query: page URL ?link of https://call.acme.com',
    },
    'a frame of the call vendor': {
      on: { frames: [`https://x.daily.co/standup?t=${dailyToken()}`] },
      severity: 'medium',
      says: 'It stands in the query: frame URL ?t of https://x.daily.co',
    },
    'a token inside another URL': {
      on: { url: `https://call.acme.com/?next=${encodeURIComponent(`https://x.daily.co/standup?t=${dailyToken()}`)}` },
      severity: 'medium',
      says: 'It stands in the query: page URL ?next of https://call.acme.com',
    },
    'an address that was cleaned since': {
      on: { ...page(dailyToken()), seen: (all) => all.map((one) => ({ ...one, goneAt: now })) },
      severity: 'medium',
      says: 'It stands in the query: page URL ?jwt of https://call.acme.com',
    },
    'an address on the developer’s machine, as a fact': {
      on: { url: `http://localhost:3000/?jwt=${dailyToken()}` },
      severity: 'info',
      says: 'It stands in the query: page URL ?jwt of http://localhost:3000',
    },
  },
  passes: {
    'a WebSocket, which is judged apart': {
      ...page(dailyToken()),
      seen: (all) => all.map((one) => ({ ...one, place: { ...one.place, url: 'wss://call.acme.com/rtc' } })),
    },
  },
  doesNotApply: {
    'a fragment': { url: `https://call.acme.com/#jwt=${dailyToken()}` },
    storage: { local: { t: dailyToken() } },
  },
});
