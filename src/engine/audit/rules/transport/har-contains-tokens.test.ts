import { hours, jwt, now, unsecuredJwt } from '../../../../../test/builders/tokens.ts';
import { carried, ruleCases } from '../../../../../test/cases/rule.ts';
import { harContainsTokens } from './har-contains-tokens.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(harContainsTokens, {
  flags: {
    'a live token in a recording': {
      on: carried(jwt(live), 'Authorization', 'https://api.acme.com/', true, { input: 'call.har' }),
      severity: 'high',
      says: 'call.har holds 1 signed token, 1 of them live.',
    },
    'an expired one': {
      on: carried(
        jwt({ sub: 'ada', iat: now - hours(2), exp: now - hours(1) }),
        'Authorization',
        'https://api.acme.com/',
        true,
        { input: 'call.har' },
      ),
      severity: 'medium',
      says: 'call.har holds 1 signed token, 0 of them live',
    },
  },
  passes: {
    'a live page': carried(jwt(live), 'Authorization', 'https://api.acme.com/'),
    'a token without signature': carried(unsecuredJwt(live), 'Authorization', 'https://api.acme.com/', true, {
      input: 'call.har',
    }),
    'a pasted text': { texts: [jwt(live)], seen: (all) => all.map((one) => ({ ...one, input: 'standard input' })) },
  },
});
