import { isoUtc } from '../../../text/time-words.ts';
import { claimPath, isVideoJoin } from '../../evidence/video-token.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoNoEject: TokenRule = {
  id: 'video-no-eject',
  judges: 'token',
  group: 'video',
  title: 'No ejection at expiry',
  severity: 'info',
  why: 'Expiry only stops joining. Whoever is in the call stays until they leave or are removed.',
  fix: 'Remove participants through the server API when the time is over.',
  references: [
    {
      title: 'Daily: create a meeting token (eject_at_token_exp)',
      url: 'https://docs.daily.co/reference/rest-api/meeting-tokens/create-meeting-token',
    },
    asvs('7.4.1'),
    cwe(613),
  ],
  // Without an expiry there is nothing to eject at; `exp-missing` speaks of that.
  applies: (subject, context) =>
    isVideoJoin(subject, context) &&
    subject.token.problem === null &&
    subject.times.expiresAt !== null &&
    context.provider?.expiryEjects !== undefined,
  check({ token, times }, { provider, policy }) {
    const ejection = provider?.expiryEjects?.(token);
    if (!ejection || ejection.ejects || times.expiresAt === null) return [];
    return [
      {
        says: `A participant who has joined stays after ${isoUtc(times.expiresAt)}${ejection.claim ? `, because \`${ejection.claim}\` is not set` : ''}.`,
        at: claimPath(ejection.claim),
        severity: policy.timeBoxedCalls ? 'medium' : 'info',
      },
    ];
  },
};
