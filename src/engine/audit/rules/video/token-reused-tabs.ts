import { goneSince } from '../../../model/presence.ts';
import { cwe, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const tokenReusedTabs: TokenRule = {
  id: 'token-reused-tabs',
  judges: 'token',
  group: 'video',
  title: 'Same token in several tabs',
  severity: 'low',
  why: 'Each of them joins as the same person, with the same rights; the first may be disconnected.',
  fix: 'Issue a token for each join. A tab that was only duplicated needs no change.',
  references: [wstg('SESS-10'), cwe(294), cwe(837)],
  applies: ({ facts }, { elsewhere }) => facts.use === 'video-join' && (elsewhere?.size ?? 0) > 0,
  check(subject, { elsewhere }) {
    const others = elsewhere?.get(subject.token.id) ?? 0;
    if (others === 0 || goneSince(subject) !== null) return [];
    return [
      {
        says: `${others === 1 ? 'Another tab' : `${others} other tabs`} of this browser ${others === 1 ? 'holds' : 'hold'} the same join token.`,
        at: null,
        // It may be a tab that was duplicated, or left open.
        confidence: 'likely',
      },
    ];
  },
};
