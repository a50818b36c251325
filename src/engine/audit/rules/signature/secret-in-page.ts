import { vendorKey } from '../../../decode/forms/vendor-key.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** What the finder of page secrets notes, and live vendor credentials by their prefix. */
const kinds: [RegExp, string, 'critical' | 'high'][] = [
  [/^-----BEGIN /, 'a private key', 'critical'],
  [/^\{/, 'a private key (JWK)', 'critical'],
  [/^sb_secret_/, 'a Supabase secret key', 'critical'],
  [/^sk\./, 'a secret Mapbox token', 'high'],
  [/^gh[opsur]_|^github_pat_/, 'a GitHub token', 'high'],
  [/^ya29\./, 'a Google access token', 'high'],
  [/^(?:sntrys_|glc_|ops_)/, 'a vendor credential', 'high'],
];

export const secretInPage: TokenRule = {
  id: 'secret-in-page',
  judges: 'token',
  group: 'signature',
  title: 'Signing secret or private key readable on the page',
  severity: 'critical',
  why: 'Whoever visits the page can copy it and act as the service, or sign tokens with any claims.',
  fix: 'Keep it on a server, let the server issue tokens, and change it now.',
  references: [asvs('13.3.1'), cwe(798), cwe(321), cwe(522)],
  judgesNotes: true,
  applies: ({ token }) => token.form === vendorKey.id,
  check(subject) {
    const { token, sightings } = subject;
    const named = sightings.find(({ note }) => note === 'minting-secret');
    const kind = kinds.find(([pattern]) => pattern.test(token.text));
    if (!named && !kind) return [];
    const [, what, severity] = kind ?? [/./, 'a secret that makes tokens', 'critical' as const];
    return spots(subject, ({ place }) => place.origin !== null).map((spot) => ({
      says: `${named ? 'A secret that makes tokens, by its name,' : what.charAt(0).toUpperCase() + what.slice(1)} lies in ${whereWords(spot)}.`,
      at: spot.at,
      severity,
      confidence: named ? 'likely' : 'certain',
    }));
  },
};
