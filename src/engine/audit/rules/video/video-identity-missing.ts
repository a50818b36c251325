import { isBlank, valueAt } from '../../../text/values.ts';
import { isVideoJoin } from '../../evidence/video-token.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoIdentityMissing: TokenRule = {
  id: 'video-identity-missing',
  judges: 'token',
  group: 'video',
  title: 'Participant without identity',
  severity: 'low',
  why: 'Reports, moderation and bans cannot tell who it was. Anonymous guests are meant so.',
  fix: 'Set a stable id.',
  references: [rfc(7519, '4.1.2'), cwe(1287)],
  applies: (subject, context) =>
    isVideoJoin(subject, context) && subject.token.problem === null && context.provider?.identityClaim !== undefined,
  check({ token, facts }, { provider }) {
    const identity = provider?.identityClaim;
    if (!identity || facts.userId !== null || !isBlank(valueAt(token.claims, identity.path))) return [];
    return [
      {
        says: `\`${identity.path}\` is empty or absent${identity.required ? `, and ${provider?.name} refuses such a token` : ''}.`,
        at: `claims.${identity.path}`,
        severity: identity.required ? 'medium' : 'low',
      },
    ];
  },
};
