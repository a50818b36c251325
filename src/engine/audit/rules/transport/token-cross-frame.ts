import { hostOf, isHostLike } from '../../../text/hosts.ts';
import { clip, clipName } from '../../../text/sentence.ts';
import { siteOf } from '../../../text/site-of.ts';
import { isPresent } from '../../evidence/places.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const tokenCrossFrame: TokenRule = {
  id: 'token-cross-frame',
  judges: 'token',
  group: 'transport',
  title: 'Visible to a foreign frame',
  severity: 'medium',
  why: 'The frame belongs to another site, whose scripts can use the token.',
  fix: 'Pass the frame only what it needs.',
  references: [asvs('10.1.1'), cwe(346)],
  aboutTheft: true,
  applies: ({ sightings }, { page }) => page !== null && sightings.some(({ place }) => place.origin !== null),
  check({ sightings }, { page, provider, policy }) {
    const own = hostOf(page?.url ?? null);
    if (own === null) return [];
    const isHere = (url: string | null) => siteOf(hostOf(url) ?? '') === siteOf(own);
    // A call embedded by its own platform is meant to get the token.
    const hosts = [...(provider?.transport.hosts ?? []), ...policy.recipients];
    const index = sightings.findIndex((sighting) => {
      const host = hostOf(sighting.place.origin);
      const { traits } = sighting.place;
      const isOfFrame = traits.storage !== null || (traits.urlPart !== null && traits.readableByScripts === true);
      return (
        isPresent(sighting) &&
        isOfFrame &&
        host !== null &&
        !isHere(sighting.place.origin) &&
        !hosts.some((one) => isHostLike(host, one))
      );
    });
    if (index < 0 || !sightings.some(({ place }) => place.origin !== null && isHere(place.origin))) return [];
    const { place } = sightings[index] ?? { place: null };
    return [
      {
        says: `The page's token is also in ${clipName(place?.label ?? '')} of ${clip(place?.origin ?? '', 80)}.`,
        at: `sightings[${index}]`,
      },
    ];
  },
};
