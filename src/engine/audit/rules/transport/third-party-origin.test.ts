import { answerWith, headersOf } from '../../../../../test/builders/answers.ts';
import { dailyToken, jitsiToken, livekitToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import type { Exchange } from '../../../model/capture.ts';
import { standard } from '../../policy/policies.ts';
import { thirdPartyOrigin } from './third-party-origin.ts';

const bearer = (url: string, parts: Partial<Exchange> = {}): Partial<Exchange> => ({
  url,
  requestHeaders: headersOf({ Authorization: `Bearer ${dailyToken()}` }),
  ...parts,
});

await ruleCases(thirdPartyOrigin, {
  flags: {
    'a frame of a stranger': {
      on: { frames: [`https://media.other.net/?t=${dailyToken()}`] },
      severity: 'medium',
      says: 'other.net receives it',
      at: 'sightings[0]',
      confidence: 'likely',
    },
    'a service that collects data': {
      on: { frames: [`https://stats.hotjar.com/?t=${dailyToken()}`] },
      severity: 'high',
      says: 'hotjar.com receives it',
    },
    'a request of a recording, whose page is told with it': {
      on: {
        url: 'https://other.acme.net/',
        exchanges: [bearer('https://media.other.net/', { pageUrl: 'https://call.acme.com/' })],
      },
      severity: 'medium',
      says: 'other.net receives it: request 1: request header Authorization of https://media.other.net',
    },
    'one stranger among many requests of the vendor’s client': {
      on: {
        exchanges: [
          ...Array.from({ length: 40 }, (_, index) => bearer(`https://api.daily.co/rooms/${index}`)),
          bearer('https://stats.other.net/'),
        ],
      },
      severity: 'medium',
      says: 'other.net receives it',
    },
    'what was blocked on its way to a stranger': {
      on: { exchanges: [bearer('https://stats.hotjar.com/', { status: null, isUnsent: true })] },
      severity: 'low',
      says: 'hotjar.com was to receive it, though nothing left the browser',
    },
    'what the service worker answered in place of a stranger, which it may never have reached': {
      on: { exchanges: [bearer('https://stats.other.net/', { isFromWorker: true })] },
      severity: 'low',
      says: 'other.net was to receive it, but the page’s service worker answered, and whether it sent that on is not known',
      confidence: 'possible',
    },
    'what reached a stranger beside what did not': {
      on: {
        exchanges: [
          bearer('https://stats.other.net/', { status: null, isUnsent: true }),
          bearer('https://stats.other.net/'),
        ],
      },
      severity: 'medium',
      says: 'other.net receives it: request 2: request header Authorization of https://stats.other.net.',
    },
    'a stranger that hands back what it was sent': {
      on: {
        exchanges: [
          {
            url: 'https://media.other.net/',
            requestBody: { text: dailyToken(), mimeType: null },
            responseBody: { text: dailyToken(), mimeType: null },
          },
        ],
      },
      severity: 'medium',
      says: 'request body of https://media.other.net',
    },
    'a platform’s own server by name alone': {
      on: { exchanges: [{ url: `wss://media.other.net/socket?access_token=${livekitToken()}` }] },
      severity: 'medium',
      says: 'other.net receives it',
    },
  },
  passes: {
    'what a page that was left sent to its own site': {
      url: 'https://id.other.net/login',
      exchanges: [
        {
          url: 'https://api.acme.com/leave',
          pageUrl: null,
          requestHeaders: headersOf({
            Authorization: `Bearer ${jwt({ sub: 'ada' })}`,
            Origin: 'https://call.acme.com',
          }),
        },
      ],
    },
    'who handed it out': {
      exchanges: [
        answerWith(dailyToken(), {}, { url: 'https://api.other.net/token', startedAt: now }),
        bearer('https://media.other.net/', { startedAt: now + 1 }),
      ],
    },
    'a cookie, which goes back to whoever set it': {
      exchanges: [
        bearer('https://api.acme.com/'),
        { url: 'https://login.other.net/', requestHeaders: headersOf({ Cookie: `sid=${dailyToken()}` }) },
      ],
    },
    'a platform’s server on a host of somebody’s own': {
      exchanges: [
        { url: `wss://media.other.net/rtc/v1?access_token=${livekitToken()}` },
        { url: `wss://meet.other.net/xmpp-websocket?token=${jitsiToken()}` },
      ],
    },
    'the own site': { frames: [`https://media.acme.com/?t=${dailyToken()}`] },
    'the call vendor': { frames: [`https://acme.daily.co/standup?t=${dailyToken()}`] },
    'the issuer': { frames: [`https://login.other.net/?t=${jwt({ iss: 'https://login.other.net', exp: now + 60 })}`] },
    'the audience': { frames: [`https://api.other.net/?t=${jwt({ aud: ['https://api.other.net'], exp: now + 60 })}`] },
    'a host the policy names': {
      frames: [`https://media.other.net/?t=${dailyToken()}`],
      policy: { ...standard, recipients: ['*.other.net'] },
    },
  },
  doesNotApply: { storage: { local: { t: dailyToken() } } },
});
