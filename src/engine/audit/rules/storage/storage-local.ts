import type { Subject } from '../../../model/report.ts';
import { isStoredIn, storedIn } from '../../evidence/stored.ts';
import { asvs, cheatSheet, cwe, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const storageLocal: TokenRule = {
  id: 'storage-local',
  judges: 'token',
  group: 'storage',
  title: 'In localStorage',
  severity: 'medium',
  why: 'It stays after the browser is closed, and every script of the origin can read it, injected ones included.',
  fix: 'Keep it in memory while it is needed, or in an HttpOnly cookie.',
  references: [cheatSheet('HTML5_Security'), wstg('CLNT-12'), asvs('14.3.1'), asvs('14.3.3'), cwe(922)],
  aboutTheft: true,
  detailOf: 'script-readable',
  judgesNotes: true,
  applies: (subject) =>
    isStoredIn(subject, 'local') && (isLocked(subject) || subject.sightings.some(({ note }) => note === null)),
  check: (subject) => {
    const verdicts = storedIn(subject, 'local');
    const words = subject.token.lock?.whereStored;
    return words ? verdicts.map((verdict) => ({ ...verdict, ...words, severity: 'low' })) : verdicts;
  },
};

/** Locked where it lies: it is listed as a note, and judged all the same. */
function isLocked({ token }: Subject): boolean {
  return token.lock?.whereStored !== undefined;
}
