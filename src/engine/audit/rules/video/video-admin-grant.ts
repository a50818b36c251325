import { guestPage } from '../../evidence/guest-page.ts';
import { claimPath } from '../../evidence/video-token.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule, Verdict } from '../rule.ts';

export const videoAdminGrant: TokenRule = {
  id: 'video-admin-grant',
  judges: 'token',
  group: 'video',
  title: 'Server-side rights in a browser token',
  severity: 'high',
  why: 'Whoever opens the page can create, list or record rooms, or act as the server.',
  fix: 'Issue two tokens: one for the server, and one for the browser that only joins.',
  references: [asvs('8.3.1'), asvs('10.4.11'), cwe(269), cwe(250)],
  applies: ({ token }, { provider }) =>
    token.claims !== null &&
    (provider?.serverRights ?? provider?.hostOnlyRights ?? provider?.otherProductRights) !== undefined,
  check({ token, sightings }, context) {
    const verdicts: Verdict[] = (context.provider?.serverRights?.(token) ?? [])
      // A damaged token may have lost what narrows it.
      .filter(({ total }) => token.problem === null || !total)
      .map(({ claim, says, total }) => ({
        says: `${says.replace(/\.$/, '')}.`,
        at: claimPath(claim),
        severity: total ? 'critical' : 'high',
      }));
    if (verdicts.length > 0) return verdicts;
    const others = (context.provider?.otherProductRights?.(token) ?? []).map(
      ({ claim, says }): Verdict => ({
        says: `${says.replace(/\.$/, '')}.`,
        at: claimPath(claim),
        severity: 'medium',
        // The page may use that product too.
        confidence: 'likely',
      }),
    );
    if (others.length > 0) return others;
    const isGuest = sightings.some((sighting) => guestPage(sighting, context) !== null);
    if (!isGuest) return [];
    return (context.provider?.hostOnlyRights?.(token) ?? []).map(({ claim, says }) => ({
      says: `${says.replace(/\.$/, '')}, on a page for guests.`,
      at: claimPath(claim),
      severity: 'medium',
      confidence: 'likely',
    }));
  },
};
