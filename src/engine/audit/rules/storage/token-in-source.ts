import type { Severity, Subject } from '../../../model/report.ts';
import type { Sighting } from '../../../model/token.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const tokenInSource: TokenRule = {
  id: 'token-in-source',
  judges: 'token',
  group: 'storage',
  title: 'Token hard-coded in a script file',
  severity: 'medium',
  why: 'Everybody who loads the script gets the same token, and it stays in caches, builds and repositories.',
  fix: 'Mint a token for each user when it is needed, and revoke this one.',
  references: [asvs('13.3.1'), asvs('3.5.7'), cwe(798), cwe(540)],
  // The severity counts what the token is worth.
  immuneTo: ['M5'],
  applies: ({ sightings }) => sightings.some(isCode),
  check: (subject) =>
    spots(subject, isCode).map((spot) => ({
      says: `It is written in ${whereWords(spot)}.`,
      at: spot.at,
      severity: severityOf(subject),
      // A server can write a user's own token into a page; a script file is the same for all unless it says otherwise.
      confidence: spot.sighting.place.traits.storage === 'document' ? 'possible' : 'likely',
    })),
};

function isCode({ place }: Sighting): boolean {
  return place.traits.isCode === true;
}

function severityOf({ facts, times }: Subject): Severity {
  if (facts.use === 'public-key-token' || times.status === 'expired') return 'info';
  if (facts.use === 'access' || facts.use === 'service-key' || facts.role === 'host' || facts.role === 'server')
    return 'high';
  return 'medium';
}
