import { ruleCases, type Scene } from '../../../test/rule-cases.ts';
import { hours, jwt, now, unsecuredJwt } from '../../../test/tokens.ts';
import type { Sighting } from '../model.ts';
import { harContainsTokens } from './har-contains-tokens.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

/** The same token, as traffic to this address shows it under a header or field of this name. */
const carried = (token: string, key: string, url: string, sent = true, more: Partial<Sighting> = {}): Scene => ({
  local: { t: token },
  seen: (all) =>
    all.map((one) => ({
      ...one,
      ...more,
      place: {
        ...one.place,
        key,
        url,
        origin: new URL(url).origin,
        traits: { ...one.place.traits, storage: null, readableByScripts: null, sentToServers: sent },
      },
    })),
});

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
