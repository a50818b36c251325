import { cookieOf } from '../../../../../test/builders/captures.ts';
import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import type { Exchange } from '../../../model/capture.ts';
import type { Sighting } from '../../../model/token.ts';
import { accountsDisagree } from './accounts-disagree.ts';

const token = dailyToken();
const sent = (at: number): Partial<Exchange> => ({
  url: 'https://call.acme.com/api',
  startedAt: at,
  requestHeaders: [{ name: 'Cookie', value: `sid=${token}` }],
  requestCookies: [cookieOf('sid', token, { domain: 'call.acme.com', url: 'https://call.acme.com/api' })],
});
const answered: Partial<Exchange> = {
  url: 'https://call.acme.com/login',
  startedAt: now - 10,
  responseHeaders: [{ name: 'Set-Cookie', value: `sid=${token}; Path=/` }],
};
/** The page's own script did not show the first of them. */
const unshown = (all: Sighting[]) => all.map((one, index) => (index === 0 ? { ...one, unshownAt: now - 5 } : one));
const doubted = (all: Sighting[]) => all.map((one) => ({ ...one, place: { ...one.place, isDoubted: true as const } }));
const left = (all: Sighting[]) => all.map((one) => ({ ...one, goneAt: now }));

await ruleCases(accountsDisagree, {
  flags: {
    'a cookie that a request carried, and that the page’s own script does not show': {
      on: { exchanges: [sent(now - 10)], seen: unshown },
      severity: 'info',
      confidence: 'possible',
      says: 'A request carried it in the cookie "sid", which scripts can read, and the page’s own script did not show it at 2026-11-20T11:59:55Z: it was removed or changed meanwhile, or the page hides it.',
      at: 'sightings[0]',
    },
    'one that a later request carried again': {
      on: { exchanges: [sent(now - 10), sent(now - 1)], seen: unshown },
      severity: 'info',
      confidence: 'likely',
      says: 'though a later request carried it again',
    },
    'one that an answer was to set': {
      on: { exchanges: [answered], seen: unshown },
      severity: 'info',
      confidence: 'possible',
      says: /An answer was to set it .* or the browser did not take it, or the page hides it/,
    },
    'a storage read through functions that the page has replaced': {
      on: { local: { auth: token }, seen: doubted },
      severity: 'info',
      confidence: 'likely',
      says: 'by which localStorage["auth"] of https://call.acme.com was read: more may lie there, and this may be made up.',
    },
  },
  passes: {
    'a cookie of a document that was left': { exchanges: [sent(now - 10)], seen: (all) => left(unshown(all)) },
    'a doubted place that it has left': { local: { auth: token }, seen: (all) => left(doubted(all)) },
  },
  doesNotApply: {
    'a place that nobody doubts': { local: { auth: token } },
    'a cookie that no page was asked for': { exchanges: [sent(now - 10)] },
  },
});
