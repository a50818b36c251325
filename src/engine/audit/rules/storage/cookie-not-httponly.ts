import { isPresent, spots, whereWords } from '../../evidence/places.ts';
import { asvs, cookies, cwe, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const cookieNotHttponly: TokenRule = {
  id: 'cookie-not-httponly',
  judges: 'token',
  group: 'storage',
  title: 'Cookie readable by scripts',
  severity: 'medium',
  why: 'Every script of the site can read it, injected ones included.',
  fix: 'Set `HttpOnly`, and let the server set the cookie.',
  references: [cookies('4.1.2.6'), asvs('3.3.4'), wstg('SESS-02'), cwe(1004)],
  aboutTheft: true,
  detailOf: 'script-readable',
  applies: ({ sightings }) => sightings.some(({ place }) => place.traits.storage === 'cookie'),
  check: (subject) =>
    spots(
      subject,
      (sighting) =>
        isPresent(sighting) &&
        sighting.place.traits.storage === 'cookie' &&
        sighting.place.traits.readableByScripts === true,
    ).map((spot) => ({
      says: `${capital(whereWords(spot))} is not HttpOnly.`,
      at: spot.at,
      // "high for session or refresh with host privileges" is what M5 makes of it.
    })),
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
