import { clip } from '../../../text/sentence.ts';
import { claimPath, isVideoJoin } from '../../evidence/video-token.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoHostGrant: TokenRule = {
  id: 'video-host-grant',
  judges: 'token',
  group: 'video',
  title: 'Host or moderator rights',
  severity: 'info',
  why: 'Whoever holds it can act on other participants. That is right for a host and wrong for everybody else.',
  fix: 'Issue it to hosts only.',
  references: [asvs('8.3.1'), cwe(269)],
  applies: isVideoJoin,
  check: ({ facts }) =>
    facts.role === 'host'
      ? [
          {
            says: `${facts.vendorRole ? `Its role is ${clip(facts.vendorRole)}` : 'It makes its holder a host'}, because ${clip(facts.roleBecause, 200)}.`,
            at: claimPath(facts.roleClaim),
          },
        ]
      : [],
};
