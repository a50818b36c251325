import type { Page } from '../../../model/capture.ts';
import { timesMet } from '../../../model/presence.ts';
import type { Subject } from '../../../model/report.ts';
import type { Sighting } from '../../../model/token.ts';
import { clip } from '../../../text/sentence.ts';
import { isPresent } from '../../evidence/places.ts';
import { thirdPartyScripts } from '../../evidence/third-party-scripts.ts';
import { asvs, browserBasedApps, cheatSheet, cwe, wstg } from '../references.ts';
import type { TokenRule, Verdict } from '../rule.ts';

export const scriptReadable: TokenRule = {
  id: 'script-readable',
  judges: 'token',
  group: 'storage',
  title: 'Readable by any script on the origin',
  severity: 'medium',
  why: 'The page runs scripts from other sites. If one of them is changed or abused, it can take the token.',
  fix: 'Let the server keep it behind an HttpOnly cookie; otherwise keep it in memory and short-lived.',
  references: [
    cheatSheet('HTML5_Security'),
    asvs('3.3.4'),
    asvs('10.1.1'),
    asvs('14.3.3'),
    browserBasedApps,
    wstg('CLNT-12'),
    cwe(922),
  ],
  aboutTheft: true,
  applies: ({ sightings }, { page }) =>
    (thirdPartyScripts(page)?.length ?? 0) > 0 && sightings.some((sighting) => isHere(sighting, page)),
  check: (subject, { page }) => headline(subject, page),
};

/** One for the page's origin: which scripts other frames run is not observed. */
function headline({ sightings }: Subject, page: Page | null): Verdict[] {
  const first = sightings.findIndex((sighting) => isHere(sighting, page));
  const others = thirdPartyScripts(page) ?? [];
  if (first < 0 || others.length === 0) return [];
  const places = sightings.reduce((sum, one) => sum + (isHere(one, page) ? timesMet(one) : 0), 0);
  const named = others.slice(0, 3).map((host) => clip(host, 60));
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  return [
    {
      says: `${places === 1 ? 'One place' : `${places} places`} on ${clip(sightings[first]?.place.origin ?? 'this page', 80)} can be read by scripts, and scripts of ${named.join(', ')}${more} run there.`,
      at: `sightings[${first}]`,
      // Whether a content security policy pins those scripts is not observed.
      confidence: 'likely',
    },
  ];
}

/** In storage, a cookie or the document of the page itself, and open to scripts. Addresses have findings of their own. */
function isHere(sighting: Sighting, page: Page | null): boolean {
  const { traits, origin } = sighting.place;
  if (!isPresent(sighting) || traits.readableByScripts !== true || traits.urlPart !== null) return false;
  return (
    page !== null &&
    origin !== null &&
    page.url.startsWith(origin) &&
    /^(?:[/?#]|$)/.test(page.url.slice(origin.length))
  );
}
