import { isStoredIn, storedIn } from '../../evidence/stored.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const storageCache: TokenRule = {
  id: 'storage-cache',
  judges: 'token',
  group: 'storage',
  title: 'In a cached response',
  severity: 'medium',
  why: 'It stays on disk, and every script of the origin can read it.',
  fix: 'Leave token endpoints out of the service worker’s cache, and answer them with `Cache-Control: no-store`.',
  references: [asvs('14.3.2'), asvs('14.2.2'), cwe(525), cwe(524)],
  aboutTheft: true,
  detailOf: 'script-readable',
  applies: (subject) => isStoredIn(subject, 'cache'),
  check: (subject) => storedIn(subject, 'cache'),
};
