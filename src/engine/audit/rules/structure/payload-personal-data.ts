import type { Json } from '../../../text/json.ts';
import { eachText } from '../../evidence/each-text.ts';
import { type PersonalKind, personalByName, personalKinds, sensitiveKinds } from '../../evidence/personal-data.ts';
import { receivingSites } from '../../evidence/receiving-sites.ts';
import { isVideoJoin } from '../../evidence/video-token.ts';
import { asvs, cheatSheet, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** What an ID token is for: telling its own client who signed in (OpenID Connect Core §5.1). */
const standardClaims = /^(?:email|phone_number|address(?:\..*)?|birthdate)$/;

export const payloadPersonalData: TokenRule = {
  id: 'payload-personal-data',
  judges: 'token',
  group: 'structure',
  title: 'Personal data in a readable payload',
  severity: 'low',
  why: 'A signed token is not encrypted: everybody who sees it, in a log or an address, can read what it says.',
  fix: 'Use opaque ids and fetch details from the server, or encrypt the token.',
  references: [
    rfc(7519, '12'),
    rfc(9068, '6'),
    asvs('14.1.1'),
    asvs('14.2.6'),
    asvs('14.3.3'),
    cheatSheet('JSON_Web_Token_for_Java'),
    cwe(359),
    cwe(312),
    cwe(315),
  ],
  applies: ({ token }) => token.claims !== null || token.disclosures.length > 0,
  check(subject, context) {
    const { token, facts, sightings } = subject;
    const covered = isVideoJoin(subject, context) ? (context.provider?.publicClaims ?? []) : [];
    const isCovered = (path: string) => covered.some((one) => path === one || path.startsWith(`${one}.`));
    const found = new Map<PersonalKind, string>();
    const look = (value: Json, start: string) =>
      eachText(value, start, (text, path) => {
        // Names of claims the platform shows to others are judged by `video-personal-data`.
        if (isCovered(path)) return;
        for (const kind of [...personalKinds(text, path), ...personalByName(text, path)]) {
          if (!found.has(kind)) found.set(kind, path);
        }
      });
    if (token.claims) look(token.claims, '');
    for (const { name, value } of token.disclosures.slice(0, 100)) look(value, name ?? '');
    if (found.size === 0) return [];
    const kinds = [...found.keys()];
    const paths = [...found.values()];
    const isSensitive = kinds.some((kind) => sensitiveKinds.includes(kind));
    const isInUrl = sightings.some(({ place }) => place.traits.urlPart !== null);
    const isOwnId =
      facts.use === 'id' && paths.every((path) => standardClaims.test(path)) && receivingSites(subject).length === 0;
    return [
      {
        says: `${[...found]
          .slice(0, 4)
          .map(([kind, path]) => `\`${path}\` holds ${article(kind)}`)
          .join(', ')}${isInUrl ? ', and the token stands in an address' : ''}.`,
        at: `claims.${paths[0]}`,
        severity: isSensitive || isInUrl ? 'medium' : isOwnId ? 'info' : 'low',
        confidence: 'likely',
      },
    ];
  },
};

function article(kind: string): string {
  return `${/^[aeio]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
