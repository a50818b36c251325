import { asvs, cheatSheet, cwe, wstg } from './references.ts';
import type { TokenRule } from './rule.ts';
import { isStoredIn, storedIn } from './stored.ts';

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
  applies: (subject) => isStoredIn(subject, 'local'),
  check: (subject) => storedIn(subject, 'local'),
};
