import type { Subject } from '../../../model/report.ts';
import { clip } from '../../../text/sentence.ts';
import { stringAt } from '../../../text/values.ts';
import { cwe, rfc } from '../references.ts';
import type { ReportRule } from '../rule.ts';

export const jtiReused: ReportRule = {
  id: 'jti-reused',
  judges: 'report',
  group: 'structure',
  title: 'Same id on different tokens',
  severity: 'low',
  why: 'Blocking one token by its id blocks the others, and replay checks refuse the second.',
  fix: 'Give every token an id of its own.',
  references: [rfc(7519, '4.1.7'), cwe(837), cwe(294)],
  check({ subjects }) {
    const byId = new Map<string, Subject[]>();
    for (const subject of subjects) {
      const id = stringAt(subject.token.claims, 'jti');
      if (id === null || subject.token.problem !== null) continue;
      const key = JSON.stringify([stringAt(subject.token.claims, 'iss'), id]);
      const list = byId.get(key);
      if (list) list.push(subject);
      else byId.set(key, [subject]);
    }
    return [...byId.values()].flatMap((group) => {
      // The same payload signed again is a renewed signature, not a reused id.
      const payloads = new Set(group.map(({ token }) => payloadOf(token.text)));
      if (payloads.size < 2) return [];
      return [
        {
          says: `${group.length} different tokens have the id "${clip(stringAt(group[0]?.token.claims ?? null, 'jti') ?? '')}".`,
          at: 'claims.jti',
          tokens: group.map(({ token }) => token.id),
        },
      ];
    });
  },
};

function payloadOf(text: string): string {
  return text.split('.')[1] ?? text;
}
