import type { Subject } from '../../../model/report.ts';
import { clip } from '../../../text/sentence.ts';
import { asvs, cwe } from '../references.ts';
import type { ReportRule } from '../rule.ts';

export const harContainsTokens: ReportRule = {
  id: 'har-contains-tokens',
  judges: 'report',
  group: 'transport',
  title: 'File not safe to share',
  severity: 'medium',
  why: 'Whoever gets the recording can use the tokens in it. Sanitised exports keep addresses, bodies and most headers.',
  fix: 'Replace signatures and values before sharing it.',
  references: [asvs('16.2.5'), asvs('14.2.3'), cwe(532), cwe(200)],
  immuneTo: ['M1'],
  check({ subjects, now }) {
    const files = new Map<string, Set<Subject>>();
    for (const subject of subjects) {
      if ((subject.token.signature?.text ?? '') === '') continue;
      for (const { input, place } of subject.sightings) {
        // Recordings of traffic have addresses; a pasted text has none.
        if (
          input === undefined ||
          place.url === null ||
          place.traits.storage === 'local' ||
          place.traits.storage === 'session'
        )
          continue;
        files.set(input, (files.get(input) ?? new Set()).add(subject));
      }
    }
    return [...files].map(([file, held]) => {
      const live = [...held].filter(({ times }) => times.expiresAt === null || times.expiresAt > now).length;
      return {
        says: `${clip(file, 80)} holds ${held.size} signed token${held.size === 1 ? '' : 's'}, ${live} of them live.`,
        at: null,
        severity: live > 0 ? ('high' as const) : ('medium' as const),
        tokens: [...held].map(({ token }) => token.id),
      };
    });
  },
};
