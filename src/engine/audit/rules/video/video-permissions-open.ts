import { valueAt } from '../../../text/values.ts';
import { guestPage } from '../../evidence/guest-page.ts';
import { isVideoJoin } from '../../evidence/video-token.ts';
import { cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoPermissionsOpen: TokenRule = {
  id: 'video-permissions-open',
  judges: 'token',
  group: 'video',
  title: 'Unset means allowed',
  severity: 'low',
  why: 'What the token leaves out is allowed, so a viewer may speak and send.',
  fix: 'Set every permission explicitly.',
  references: [
    { title: 'LiveKit: tokens and grants', url: 'https://docs.livekit.io/home/get-started/authentication/' },
    cwe(276),
  ],
  applies: (subject, context) => isVideoJoin(subject, context) && (context.provider?.openByDefault?.length ?? 0) > 0,
  check({ token, facts, sightings }, context) {
    if (facts.role === 'host' || !sightings.some((sighting) => guestPage(sighting, context) !== null)) return [];
    const open = (context.provider?.openByDefault ?? []).filter((path) => valueAt(token.claims, path) === undefined);
    const [first] = open;
    if (first === undefined) return [];
    return [
      {
        says: `On a page for guests, ${open.map((path) => `\`${path}\``).join(', ')} ${open.length > 1 ? 'are' : 'is'} not set.`,
        at: `claims.${first}`,
        confidence: 'likely',
      },
    ];
  },
};
