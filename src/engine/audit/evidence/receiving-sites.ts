import type { Subject } from '../../model/report.ts';
import { hostOf } from '../../text/hosts.ts';
import { siteOf } from '../../text/site-of.ts';

/** Sites whose servers were seen to receive the token, in requests and addresses. */
export function receivingSites({ sightings }: Subject): string[] {
  const hosts = sightings.flatMap(({ place }) =>
    place.traits.sentToServers === true && place.traits.storage !== 'cookie' ? (hostOf(place.url) ?? []) : [],
  );
  return [...new Set(hosts.map(siteOf))];
}
