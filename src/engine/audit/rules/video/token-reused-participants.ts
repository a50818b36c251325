import { asvs, cwe } from '../references.ts';
import type { ReportRule } from '../rule.ts';

export const tokenReusedParticipants: ReportRule = {
  id: 'token-reused-participants',
  judges: 'report',
  group: 'video',
  title: 'Same token, two people',
  severity: 'medium',
  why: 'Both joined as the same person, with the same rights; the first may be disconnected.',
  fix: 'Issue one token for each person and join.',
  references: [asvs('7.2.4'), cwe(294), cwe(287)],
  check: ({ subjects }) =>
    subjects.flatMap(({ token, facts, sightings }) => {
      if (facts.use !== 'video-join') return [];
      const inputs = new Set(sightings.flatMap(({ input }) => input ?? []));
      if (inputs.size < 2) return [];
      return [
        {
          says: `${inputs.size} recordings hold the same join token${facts.role === 'host' ? ', a host’s' : ''}.`,
          at: null,
          severity: facts.role === 'host' ? ('high' as const) : ('medium' as const),
          // Recordings may be of one person on two devices.
          confidence: 'likely' as const,
          tokens: [token.id],
        },
      ];
    }),
};
