import { isStoredIn, storedIn } from '../../evidence/stored.ts';
import { asvs, cheatSheet, cwe, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const storageSession: TokenRule = {
  id: 'storage-session',
  judges: 'token',
  group: 'storage',
  title: 'In sessionStorage',
  severity: 'low',
  why: 'It goes with the tab, but until then every script of the origin can read it.',
  fix: 'Keep it in memory while it is needed.',
  references: [cheatSheet('HTML5_Security'), wstg('CLNT-12'), asvs('14.3.3'), cwe(922)],
  aboutTheft: true,
  detailOf: 'script-readable',
  applies: (subject) => isStoredIn(subject, 'session'),
  check: (subject) => storedIn(subject, 'session'),
};
