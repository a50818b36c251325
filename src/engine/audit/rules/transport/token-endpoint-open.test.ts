import { answerWith, headersOf } from '../../../../../test/builders/answers.ts';
import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import type { Exchange } from '../../../model/capture.ts';
import { tokenEndpointOpen } from './token-endpoint-open.ts';

const guest = (name: string) => dailyToken({ u: name, ud: name });
const joined = (name: string, parts: Partial<Exchange> = {}, token = guest(name)) =>
  answerWith(
    token,
    {},
    {
      method: 'POST',
      url: 'https://api.acme.com/join',
      requestBody: { text: JSON.stringify({ name, room: 'standup' }), mimeType: 'application/json' },
      ...parts,
    },
  );
const two = (parts: (name: string) => Partial<Exchange>) => ({
  exchanges: ['ada', 'grace'].map((name) => joined(name, parts(name))),
});
const inQuery = (name: string, more = '') =>
  two((one) => ({ method: 'GET', requestBody: null, url: `https://api.acme.com/join?${name}=${one}${more}` }));

await ruleCases(tokenEndpointOpen, {
  flags: {
    'tokens for two names that the caller chose': {
      on: two(() => ({})),
      severity: 'high',
      says: 'POST https://api.acme.com/join gave tokens for "ada", "standup" and for "grace", "standup"',
      at: null,
      confidence: 'possible',
    },
    'names in the query': { on: inQuery('user'), severity: 'high', says: 'GET https://api.acme.com/join gave tokens' },
    'names in the path': {
      on: two((name) => ({ method: 'GET', requestBody: null, url: `https://api.acme.com/rooms/standup/${name}` })),
      severity: 'high',
      says: 'GET https://api.acme.com/rooms/…/… gave tokens',
    },
    'tokens of hosts': {
      on: {
        exchanges: ['ada', 'grace'].map((name) => joined(name, {}, dailyHost({ u: name, ud: name }))),
      },
      severity: 'critical',
      says: 'gave tokens for "ada"',
    },
    'access tokens': {
      on: {
        exchanges: ['ada', 'grace'].map((name) =>
          joined(name, {}, jwt({ sub: name, scope: 'calls', exp: now + hours(1), iat: now }, { typ: 'at+jwt' })),
        ),
      },
      severity: 'high',
      says: 'gave tokens',
    },
  },
  passes: {
    'one name': { exchanges: [joined('ada'), joined('ada')] },
    'a session': two(() => ({ requestHeaders: headersOf({ Host: 'api.acme.com', Cookie: 'sid=1' }) })),
    'a header against forged requests': two(() => ({
      requestHeaders: headersOf({ Host: 'api.acme.com', 'X-CSRF-Token': 'x' }),
    })),
    'requests of which not all headers are told': two(() => ({ requestHeaders: headersOf({ Accept: '*/*' }) })),
    'a password': inQuery('user', '&password=x'),
    'an invitation': inQuery('user', '&inviteCode=x'),
    'a long proof of who asks': two((name) => ({
      requestBody: { text: JSON.stringify({ name, id_token: 'x'.repeat(900) }), mimeType: 'application/json' },
    })),
    'a proof after much else': two((name) => ({
      requestBody: {
        text: JSON.stringify({
          name,
          ...Object.fromEntries('abcdefghijklmnopqr'.split('').map((one) => [one, one])),
          password: 'x',
        }),
        mimeType: 'application/json',
      },
    })),
    'a key of the app': inQuery('user', '&api_key=x'),
    'names that the caller did not choose': two(() => ({
      requestBody: { text: '{"room":"standup"}', mimeType: 'application/json' },
    })),
    'two endpoints': two((name) => ({ url: `https://${name}.acme.com/join` })),
    'a refusal': two(() => ({ status: 403 })),
    'the platform’s own server': two(() => ({ url: 'https://api.daily.co/v1/join' })),
    'tokens at rest': { local: { a: guest('ada'), b: guest('grace') } },
    'a recording that may have been cleaned of cookies': {
      ...two(() => ({})),
      seen: (all) => all.map((one) => ({ ...one, input: 'call.har' })),
    },
  },
});
