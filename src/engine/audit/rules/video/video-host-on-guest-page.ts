import { guestPage } from '../../evidence/guest-page.ts';
import { isVideoJoin } from '../../evidence/video-token.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoHostOnGuestPage: TokenRule = {
  id: 'video-host-on-guest-page',
  judges: 'token',
  group: 'video',
  title: "Host token on a guest's page",
  severity: 'high',
  why: 'A guest who finds it can mute, remove or record others.',
  fix: 'Decide the role on the server, from who is signed in, when issuing the token.',
  references: [asvs('8.3.1'), asvs('10.1.1'), cwe(269), cwe(639)],
  applies: (subject, context) => isVideoJoin(subject, context) && subject.facts.role === 'host',
  check({ sightings }, context) {
    for (const [index, sighting] of sightings.entries()) {
      const guest = guestPage(sighting, context);
      if (guest) {
        return [
          {
            says: `This token makes its holder a host, and the page is for guests: ${guest.because}.`,
            at: `sightings[${index}]`,
            confidence: guest.confidence,
          },
        ];
      }
    }
    return [];
  },
};
