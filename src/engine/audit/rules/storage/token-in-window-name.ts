import { isStoredIn, storedIn } from '../../evidence/stored.ts';
import { cheatSheet, cwe, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Browsers clear the name when another site takes the tab, but not in a frame or a window that was opened (HTML, 7.4.2.2). */
export const tokenInWindowName: TokenRule = {
  id: 'token-in-window-name',
  judges: 'token',
  group: 'storage',
  title: 'Leaks across navigations',
  severity: 'medium',
  why: 'The name stays when the window goes to another page, also to one of another origin, which can read it.',
  fix: 'Hand the token over by `postMessage` with the exact origin of the receiver.',
  references: [cheatSheet('HTML5_Security'), wstg('CLNT-11'), cwe(200)],
  aboutTheft: true,
  detailOf: 'script-readable',
  applies: (subject) => isStoredIn(subject, 'window'),
  check: (subject) => storedIn(subject, 'window'),
};
