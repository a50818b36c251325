import type { Provider } from '../../../recognise/providers/provider.ts';
import { editDistance } from '../../../text/edit-distance.ts';
import type { Json, JsonObject } from '../../../text/json.ts';
import { clip } from '../../../text/sentence.ts';
import { valueAt } from '../../../text/values.ts';
import { isVideoJoin } from '../../evidence/video-token.ts';
import { cwe } from '../references.ts';
import type { TokenRule, Verdict } from '../rule.ts';

export const videoGrantTypo: TokenRule = {
  id: 'video-grant-typo',
  judges: 'token',
  group: 'video',
  title: 'Member name the vendor does not know',
  severity: 'medium',
  why: 'The platform ignores it: a right is missing without a word, or the room stays open.',
  fix: 'Check the spelling.',
  references: [{ title: 'livekit issue 3566', url: 'https://github.com/livekit/livekit/issues/3566' }, cwe(1287)],
  // In a damaged token, a name may be what is left of another.
  applies: (subject, context) => isVideoJoin(subject, context) && subject.token.problem === null,
  check({ token: { claims } }, { provider }) {
    if (!claims || !provider) return [];
    const verdicts: Verdict[] = [];
    for (const [written, meant] of Object.entries(provider.aliases ?? {})) {
      const value = valueAt(claims, written);
      // A feature switched off, or empty, changes nothing.
      if (value === undefined || value === null || valueAt(claims, meant) !== undefined) continue;
      verdicts.push({
        says: `\`${written}\` is not read; \`${meant}\` may be meant.`,
        at: `claims.${written}`,
        confidence: 'likely',
      });
    }
    for (const path of provider.closedObjects ?? []) verdicts.push(...strangers(valueAt(claims, path), path, provider));
    return verdicts.slice(0, 10);
  },
};

/** Members close to a known one; new members of the vendor are not mistakes, so distance decides. */
function strangers(value: Json | undefined, path: string, provider: Provider): Verdict[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const known = knownMembers(provider, path);
  return Object.keys(value as JsonObject)
    .slice(0, 200)
    .flatMap((name) => {
      if (known.has(name) || known.has('*') || name.length > 40) return [];
      const full = path === '' ? name : `${path}.${name}`;
      if (Object.hasOwn(provider.aliases ?? {}, full)) return [];
      const meant = [...known].find((one) => isNear(name, one));
      if (meant === undefined) return [];
      return [
        {
          says: `\`${clip(full)}\` is not read; \`${path === '' ? meant : `${path}.${meant}`}\` may be meant.`,
          at: `claims.${full}`,
          confidence: 'likely' as const,
        },
      ];
    });
}

function knownMembers(provider: Provider, path: string): Set<string> {
  const start = path === '' ? '' : `${path}.`;
  const names = Object.keys(provider.claims)
    .filter((claim) => claim.startsWith(start) && !claim.startsWith('header.'))
    .map((claim) => claim.slice(start.length).split('.')[0] ?? '');
  if (path === '') names.push('iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti');
  return new Set(names.filter((name) => name !== ''));
}

/** Equal but for case, `_` and `-`, or within two letters of a name long enough for that to mean something. */
function isNear(written: string, known: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/[_-]/g, '');
  if (plain(written) === plain(known)) return true;
  return (
    known.length >= 5 && Math.abs(written.length - known.length) <= 2 && editDistance(plain(written), plain(known)) <= 2
  );
}
