import { headersOf } from '../../../../../test/builders/answers.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { refererPolicyWeak } from './referer-policy-weak.ts';

const token = jwt({ sub: 'ada', iat: now, exp: now + hours(1) });
const loaded = (policy: string, url = `https://call.acme.com/standup?t=${token}`, parts: object = {}) => ({
  exchanges: [{ url, isDocument: true as const, responseHeaders: headersOf({ 'Referrer-Policy': policy }), ...parts }],
});

await ruleCases(refererPolicyWeak, {
  flags: {
    'a document that tells everybody its address': {
      on: loaded('unsafe-url'),
      severity: 'medium',
      says: 'answered with `unsafe-url`: request 1: request URL ?t of https://call.acme.com',
      at: 'sightings[0]',
      confidence: 'likely',
    },
    'one that tells it to whatever is as secure': {
      on: loaded('no-referrer-when-downgrade'),
      severity: 'medium',
      says: '`no-referrer-when-downgrade`',
    },
    'a token in the path': {
      on: loaded('unsafe-url', `https://call.acme.com/join/${token}`),
      severity: 'medium',
      says: 'request URL path',
    },
    'a policy that browsers know after one that they do not': {
      on: loaded('unsafe-url, strict-ish'),
      severity: 'medium',
      says: '`unsafe-url`',
    },
  },
  passes: {
    'a policy that keeps the address': loaded('strict-origin-when-cross-origin'),
    'the policy of browsers': loaded('', undefined, { responseHeaders: headersOf({ Server: 'x' }) }),
    'a strict policy after a weak one': loaded('unsafe-url, no-referrer'),
    'a leak that was seen': {
      ...loaded('unsafe-url'),
      exchanges: [
        ...loaded('unsafe-url').exchanges,
        {
          url: 'https://cdn.other.net/a.js',
          requestHeaders: headersOf({ Referer: `https://call.acme.com/standup?t=${token}` }),
        },
      ],
      beside: ['referer-leak'],
    },
  },
  doesNotApply: {
    'a fragment, which is never sent': loaded('unsafe-url', `https://call.acme.com/standup#t=${token}`),
    'a request that brings no document': loaded('unsafe-url', undefined, { isDocument: undefined }),
    'a document whose answer is not told': loaded('unsafe-url', undefined, { responseHeaders: [] }),
  },
});
