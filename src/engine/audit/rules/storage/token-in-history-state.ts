import { isStoredIn, storedIn } from '../../evidence/stored.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const tokenInHistoryState: TokenRule = {
  id: 'token-in-history-state',
  judges: 'token',
  group: 'storage',
  title: 'In `history.state`',
  severity: 'low',
  why: 'It comes back with the Back button and with a restored tab, long after the page has forgotten it.',
  fix: 'Keep it in memory; give the router only what names the page.',
  references: [rfc(9700, '4.3'), cwe(200)],
  aboutTheft: true,
  detailOf: 'script-readable',
  applies: (subject) => isStoredIn(subject, 'history'),
  check: (subject) => storedIn(subject, 'history'),
};
