import { isStoredIn, storedIn } from '../../evidence/stored.ts';
import { asvs, cheatSheet, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const storageIndexeddb: TokenRule = {
  id: 'storage-indexeddb',
  judges: 'token',
  group: 'storage',
  title: 'In IndexedDB',
  severity: 'medium',
  why: 'It stays after the browser is closed, and every script of the origin can read it.',
  fix: 'Keep it in memory while it is needed, or in an HttpOnly cookie.',
  references: [cheatSheet('HTML5_Security'), asvs('14.3.3'), cwe(922)],
  aboutTheft: true,
  detailOf: 'script-readable',
  applies: (subject) => isStoredIn(subject, 'database'),
  check: (subject) => storedIn(subject, 'database'),
};
