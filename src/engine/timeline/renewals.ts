import { goneSince } from '../model/presence.ts';
import type { Subject } from '../model/report.ts';
import { holderOf } from './holder-of.ts';

/**
 * Tokens that were renewed: the earlier versions of each, the latest first, by the id of the one that followed them last. A renewal
 * comes after another token in the same place, from the same platform and issuer and for the same holder; or follows it where
 * the page keeps it in memory. An earlier token that still lies somewhere is no version of another: it can be used from there. Ends for whatever a saved report claims of its ids,
 * and lists no token twice.
 */
export function renewals(subjects: readonly Subject[]): Map<string, Subject[]> {
  if (!subjects.some(({ replaces, followed }) => replaces || followed)) return new Map();
  const byId = new Map(subjects.map((subject) => [subject.token.id, subject]));
  const followedBy = new Map(subjects.flatMap((subject) => (subject.followed ? [[subject.followed.by, subject]] : [])));
  const before = (subject: Subject): Subject | null => {
    const { id } = subject.token;
    const replaced = subject.replaces === undefined ? undefined : byId.get(subject.replaces);
    const earlier = replaced?.replacedBy === id ? replaced : followedBy.get(id);
    return earlier && goneSince(earlier) !== null && isSameHolder(earlier, subject) ? earlier : null;
  };
  const earlier = new Set(subjects.map(before));
  const listed = new Set<Subject>();
  const found = new Map<string, Subject[]>();
  for (const subject of subjects) {
    if (earlier.has(subject)) continue;
    const versions: Subject[] = [];
    for (let one = before(subject); one && !listed.has(one); one = before(one)) {
      listed.add(one);
      versions.push(one);
    }
    if (versions.length > 0) found.set(subject.token.id, versions);
  }
  return found;
}

function isSameHolder(a: Subject, b: Subject): boolean {
  return JSON.stringify(holderOf(a)) === JSON.stringify(holderOf(b));
}
