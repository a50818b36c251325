import { clipName } from '../../../text/sentence.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const clientAssertionInBrowser: TokenRule = {
  id: 'client-assertion-in-browser',
  judges: 'token',
  group: 'structure',
  title: 'Confidential client secret in a browser',
  severity: 'high',
  why: 'A page that makes client assertions probably holds the key that signs them.',
  fix: 'Use a public client with PKCE, or let a server talk to the token endpoint.',
  references: [rfc(7523), asvs('10.4.10'), asvs('7.2.2'), cwe(522)],
  applies: ({ facts }) => facts.use === 'client-assertion',
  check({ sightings }) {
    const index = sightings.findIndex(({ place }) => place.origin !== null);
    return index < 0
      ? []
      : [
          {
            says: `It lies in ${clipName(sightings[index]?.place.label ?? 'the page', 80)}.`,
            at: `sightings[${index}]`,
          },
        ];
  },
};
