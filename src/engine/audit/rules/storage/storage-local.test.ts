import { pageUrl } from '../../../../../test/builders/captures.ts';
import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { msalKey, sealedEntry } from '../../../../../test/builders/msal-cache.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { storageLocal } from './storage-local.ts';

await ruleCases(storageLocal, {
  flags: {
    'a token in localStorage': {
      on: { local: { auth: dailyToken() } },
      severity: 'medium',
      says: /localStorage\["auth"\] of https:\/\/call\.acme\.com/,
      at: 'sightings[0]',
    },
    'one nested in JSON': {
      on: { local: { auth: JSON.stringify({ session: { token: dailyToken() } }) } },
      severity: 'medium',
      says: 'It lies in localStorage["auth"] of https://call.acme.com',
    },
    "a host's token, one level up": {
      on: { local: { auth: dailyHost() } },
      severity: 'high',
      says: 'It lies in localStorage["auth"] of https://call.acme.com',
    },
    'an expired token, one level down': {
      on: { local: { auth: dailyToken({ iat: now - hours(2), exp: now - hours(1) }) } },
      severity: 'low',
      says: 'It lies in localStorage["auth"] of https://call.acme.com',
    },
    'two keys of one origin once': {
      on: (() => {
        const token = dailyToken();
        return { local: { a: token, b: token } };
      })(),
      severity: 'medium',
      says: '1 more',
    },
    'a key meant for the public (Supabase anon), as a fact': {
      on: {
        local: {
          key: jwt({ iss: 'supabase', ref: 'abcdefghijklmnopqrst', role: 'anon', iat: now, exp: now + hours(87_600) }),
        },
      },
      severity: 'info',
      says: 'It lies in localStorage["key"] of https://call.acme.com',
    },
    'a token under the headline when foreign scripts run': {
      on: {
        local: { auth: dailyToken() },
        scripts: [new URL(pageUrl).origin, 'https://cdn.other.net'],
        beside: ['script-readable'],
      },
      severity: 'medium',
      says: 'It lies in localStorage["auth"] of https://call.acme.com',
      under: 'script-readable',
    },
    'an encrypted entry of MSAL, low, since its key is in a cookie the page can read': {
      on: { local: { [msalKey('accesstoken', 'api://orders')]: sealedEntry() } },
      severity: 'low',
      says: 'It lies in localStorage["msal.3|aaaaaaaa-0000-4000-8000-000000000001.9a8b7c6d-0000-4000-80… of https://call.acme.com',
    },
    'one that holds a refresh token, no higher': {
      on: { local: { [msalKey('refreshtoken')]: sealedEntry() } },
      severity: 'low',
      says: 'It lies in localStorage["msal.3|aaaaaaaa-0000-4000-8000-000000000001.9a8b7c6d-0000-4000-80… of https://call.acme.com',
    },
  },
  passes: {},
  doesNotApply: {
    'what is only noted': { local: { refresh_token: 'v1.MjQ0NzY4Nw-Zx81hU7qWe' } },
    'a token in sessionStorage': { session: { auth: dailyToken() } },
    'a token that is gone': {
      local: { auth: dailyToken() },
      seen: (all) => all.map((one) => ({ ...one, goneAt: now })),
    },
  },
});
