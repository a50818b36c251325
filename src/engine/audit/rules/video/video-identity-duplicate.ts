import type { Place } from '../../../model/capture.ts';
import type { Subject } from '../../../model/report.ts';
import { skewSeconds } from '../../../recognise/times.ts';
import { clip } from '../../../text/sentence.ts';
import { cwe } from '../references.ts';
import type { ReportRule } from '../rule.ts';

export const videoIdentityDuplicate: ReportRule = {
  id: 'video-identity-duplicate',
  judges: 'report',
  group: 'video',
  title: 'Same identity, different tokens',
  severity: 'medium',
  why: 'Most platforms disconnect the first participant when a second joins under the same identity.',
  fix: 'Give every participant an identity of their own.',
  references: [
    { title: 'livekit issue 4620', url: 'https://github.com/livekit/livekit/issues/4620' },
    {
      title: 'video-quickstart-android issue 120',
      url: 'https://github.com/twilio/video-quickstart-android/issues/120',
    },
    cwe(287),
    cwe(837),
  ],
  check({ subjects, now }) {
    const slots = new Map<string, Subject[]>();
    for (const subject of subjects) {
      const { facts, provider, times } = subject;
      const isLive = times.expiresAt === null || times.expiresAt > now - skewSeconds;
      if (facts.use !== 'video-join' || !provider || facts.room === null || facts.userId === null || !isLive) continue;
      const key = JSON.stringify([provider.id, facts.tenant, facts.room, facts.userId]);
      const list = slots.get(key);
      if (list) list.push(subject);
      else slots.set(key, [subject]);
    }
    return [...slots.values()].flatMap((group) => {
      // Tokens that follow one another in one place are one participant renewing.
      if (group.length < 2 || !liesApart(group)) return [];
      const { facts } = group[0] ?? { facts: null };
      return [
        {
          says: `${group.length} live tokens are for "${clip(facts?.userId ?? '')}" in "${clip(facts?.room ?? '')}".`,
          at: null,
          confidence: 'likely' as const,
          tokens: group.map(({ token }) => token.id),
        },
      ];
    });
  },
};

/** Two of them lie on different origins, or in different recordings. */
function liesApart(group: readonly Subject[]): boolean {
  const homes = group.map(
    ({ sightings }) => new Set(sightings.map(({ place, input }) => `${input ?? ''} ${homeOf(place)}`)),
  );
  return homes.some((home, index) => homes.slice(index + 1).some((other) => [...other].every((one) => !home.has(one))));
}

/** Addresses say less: a renewed token goes to others, or stands in them itself. An opaque origin is no one place. */
function homeOf({ origin, url, label }: Place): string {
  return origin === null || origin === 'null' ? (url ?? label) : origin;
}
