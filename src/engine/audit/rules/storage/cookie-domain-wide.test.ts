import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { cookieDomainWide } from './cookie-domain-wide.ts';

const wide = (domain: string, url?: string) => ({
  name: 'm',
  value: dailyToken(),
  domain,
  hostOnly: false,
  ...(url ? { url } : {}),
});

await ruleCases(cookieDomainWide, {
  flags: {
    'a cookie for the whole domain': {
      on: { cookies: [wide('.acme.com')] },
      severity: 'low',
      says: 'Cookie "m" goes to every host of acme.com.',
      at: 'sightings[0]',
    },
    'one for a domain below the site': {
      on: { url: 'https://a.call.acme.com/', cookies: [wide('call.acme.com')] },
      severity: 'low',
      says: 'Cookie "m" goes to every host of call.acme.com',
    },
    'one for the own host, when a sibling is seen': {
      on: {
        url: 'https://acme.com/',
        cookies: [wide('.acme.com')],
        frames: [`https://media.acme.com/?t=${dailyToken()}`],
      },
      severity: 'low',
      says: 'Cookie "m" goes to every host of acme.com',
    },
  },
  passes: {
    'one for the own host alone': { url: 'https://acme.com/', cookies: [wide('acme.com')] },
    'a domain that is the host': { cookies: [wide('.call.acme.com')] },
  },
  doesNotApply: {
    'a host-only cookie': { cookies: [{ name: 'm', value: dailyToken(), hostOnly: true }] },
    'an attribute that was not observed': {
      cookies: [{ name: 'm', value: dailyToken(), hostOnly: null, domain: '.acme.com' }],
    },
  },
});
