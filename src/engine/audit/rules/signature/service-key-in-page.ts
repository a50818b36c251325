import { hostOf } from '../../../text/hosts.ts';
import { clipName } from '../../../text/sentence.ts';
import { siteOf } from '../../../text/site-of.ts';
import { stringAt } from '../../../text/values.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const serviceKeyInPage: TokenRule = {
  id: 'service-key-in-page',
  judges: 'token',
  group: 'signature',
  title: 'Server credential in a page',
  severity: 'critical',
  why: 'It is meant for servers and opens everything they can do; whoever visits the page can copy it.',
  fix: 'Move the call to a server, and change the key now.',
  references: [asvs('8.3.1'), asvs('13.3.1'), asvs('10.1.1'), cwe(522), cwe(269), cwe(798)],
  judgesNotes: true,
  applies: ({ facts }) => facts.use === 'service-key',
  check({ token, sightings, facts }, { page }) {
    // A pasted token was not necessarily in a page.
    const index = sightings.findIndex(({ place }) => place.origin !== null);
    if (index < 0) return [];
    const issuer = hostOf(stringAt(token.claims, 'iss'));
    const pageHost = hostOf(page?.url ?? null);
    const isOwnConsole = issuer !== null && pageHost !== null && siteOf(issuer) === siteOf(pageHost);
    return [
      {
        says: `${facts.product ?? 'It'} is for servers, and it lies in ${clipName(sightings[index]?.place.label ?? 'the page', 80)}.`,
        at: `sightings[${index}]`,
        severity: isOwnConsole ? 'medium' : 'critical',
      },
    ];
  },
};
