import { isStoredIn, storedIn } from '../../evidence/stored.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const tokenInDom: TokenRule = {
  id: 'token-in-dom',
  judges: 'token',
  group: 'storage',
  title: "Token in the page's HTML",
  severity: 'medium',
  why: 'Whoever gets the page gets the token: caches, saved pages, tools that record sessions, and every script that runs in it.',
  fix: 'Fetch it after the page has loaded, from an endpoint that answers with `Cache-Control: no-store`, and keep it in memory.',
  references: [asvs('3.5.7'), asvs('14.2.3'), asvs('14.3.2'), cwe(525), cwe(200)],
  aboutTheft: true,
  detailOf: 'script-readable',
  applies: (subject) => isStoredIn(subject, 'document'),
  check: (subject) => storedIn(subject, 'document'),
};
