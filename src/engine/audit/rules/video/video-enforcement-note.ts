import { isVideoJoin } from '../../evidence/video-token.ts';
import { asvs } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoEnforcementNote: TokenRule = {
  id: 'video-enforcement-note',
  judges: 'token',
  group: 'video',
  title: 'What to verify on the server',
  severity: 'info',
  why: 'A token says what should hold; only the server can make it hold. Self-hosted modules change what is checked.',
  fix: 'Try it: let a guest do what only a host may, and join with an expired token.',
  references: [asvs('8.3.1')],
  applies: isVideoJoin,
  check: (_, { provider }) =>
    provider
      ? [{ says: `When joining: ${provider.enforcement.atJoin} At expiry: ${provider.enforcement.atExpiry}`, at: null }]
      : [],
};
