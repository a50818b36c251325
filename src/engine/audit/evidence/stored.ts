import type { Traits } from '../../model/capture.ts';
import type { Subject } from '../../model/report.ts';
import type { Verdict } from '../rules/rule.ts';
import { isPresent, spots, whereWords } from './places.ts';

/** True when a copy lies in this kind of storage now. */
export function isStoredIn({ sightings }: Subject, storage: Traits['storage']): boolean {
  return sightings.some((sighting) => sighting.place.traits.storage === storage && isPresent(sighting));
}

/** One verdict for each origin that keeps the token in this kind of storage. */
export function storedIn(subject: Subject, storage: Traits['storage']): Verdict[] {
  return spots(subject, (sighting) => sighting.place.traits.storage === storage && isPresent(sighting)).map((spot) => ({
    says: `It lies in ${whereWords(spot)}.`,
    at: spot.at,
  }));
}
