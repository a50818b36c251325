import type { Subject } from '../../../model/report.ts';
import { hostOf } from '../../../text/hosts.ts';
import { clip, clipName } from '../../../text/sentence.ts';
import { siteOf } from '../../../text/site-of.ts';
import { isPresent, spots } from '../../evidence/places.ts';
import { asvs, cookies, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const cookieDomainWide: TokenRule = {
  id: 'cookie-domain-wide',
  judges: 'token',
  group: 'storage',
  title: 'Shared with sibling hosts',
  severity: 'low',
  why: 'Every host below that domain receives the token; the least careful one decides how safe it is.',
  fix: 'Leave out `Domain`, and name the cookie `__Host-…`.',
  references: [cookies('4.1.2.3'), cookies('8.6'), asvs('3.3.3'), asvs('3.5.4'), cwe(284)],
  aboutTheft: true,
  applies: ({ sightings }) => sightings.some(({ place }) => place.cookie?.hostOnly === false),
  check(subject, { subjects }) {
    const wide = spots(subject, (sighting) => {
      const { cookie, url } = sighting.place;
      const host = hostOf(url);
      if (!isPresent(sighting) || cookie?.hostOnly !== false || !cookie.domain || !host) return false;
      const domain = cookie.domain.replace(/^\./, '').toLowerCase();
      if (domain.split('.').length < host.split('.').length) return true;
      return domain === siteOf(domain) && hasSibling(subjects, domain);
    });
    return wide.map((spot) => ({
      says: `Cookie ${JSON.stringify(clipName(spot.sighting.place.key ?? ''))} goes to every host of ${clip(spot.sighting.place.cookie?.domain?.replace(/^\./, '') ?? '', 80)}.`,
      at: spot.at,
    }));
  },
};

const hostsBySite = new WeakMap<readonly Subject[], Map<string, Set<string>>>();

/** True when another host of the site than the domain itself holds a token in this report. */
function hasSibling(subjects: readonly Subject[], domain: string): boolean {
  let sites = hostsBySite.get(subjects);
  if (!sites) {
    sites = new Map();
    for (const { sightings } of subjects) {
      for (const { place } of sightings) {
        const host = hostOf(place.url);
        if (!host) continue;
        const site = siteOf(host);
        sites.set(site, (sites.get(site) ?? new Set()).add(host));
      }
    }
    hostsBySite.set(subjects, sites);
  }
  return [...(sites.get(domain) ?? [])].some((host) => host !== domain);
}
