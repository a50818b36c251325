import type { Subject } from '../model.ts';
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
  judgesNotes: true,
  applies: (subject) =>
    isStoredIn(subject, 'local') && (isEncrypted(subject) || subject.sightings.some(({ note }) => note === null)),
  check: (subject) => {
    const verdicts = storedIn(subject, 'local');
    return isEncrypted(subject) ? verdicts.map((verdict) => ({ ...verdict, ...encrypted })) : verdicts;
  },
};

function isEncrypted({ token }: Subject): boolean {
  return token.form === 'msal-encrypted';
}

const encrypted = {
  severity: 'low',
  why: 'It is encrypted, but its key lies in the cookie `msal.cache.encryption`, which every script of the origin can read.',
  fix: 'Where nobody needs to stay signed in after a reload, set MSAL’s `cacheLocation` to `memoryStorage`.',
} as const;
