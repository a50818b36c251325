import type { Place } from '../../model/capture.ts';
import { timesMet } from '../../model/presence.ts';
import type { Subject } from '../../model/report.ts';
import type { Sighting } from '../../model/token.ts';
import { clip, clipName } from '../../text/sentence.ts';
import { receiptOf, receipts } from './receipt.ts';

/** The first of several like places: same kind, same origin. Findings point at it and say how many there are, repeats included. */
export interface Spot {
  sighting: Sighting;
  at: string;
  count: number;
}

/** Sightings that `wanted` accepts, one spot per kind of place and origin; what was sent is not counted with what was not, and comes before. */
export function spots({ sightings }: Subject, wanted: (sighting: Sighting) => boolean): Spot[] {
  const found = new Map<string, Spot>();
  sightings.forEach((sighting, index) => {
    if (!wanted(sighting)) return;
    const key = `${kindOf(sighting.place)} ${sighting.place.origin} ${receiptOf(sighting.place)}`;
    const known = found.get(key);
    const count = timesMet(sighting);
    if (known) known.count += count;
    else found.set(key, { sighting, at: `sightings[${index}]`, count });
  });
  const rank = ({ sighting: { place } }: Spot) => receipts.indexOf(receiptOf(place));
  return [...found.values()].sort((one, other) => rank(one) - rank(other));
}

/** What sort of place it is, whatever its key: "local storage", "cookie", "query". */
export function kindOf({ traits, source }: Place): string {
  return traits.storage ?? traits.urlPart ?? source;
}

/** Still there, as far as the last reading saw. */
export function isPresent({ goneAt }: Sighting): boolean {
  return goneAt === null;
}

/** The spot as a developer would write it: `localStorage["auth"]` of https://app.example, and 2 more. */
export function whereWords({ sighting: { place }, count }: Spot): string {
  const more = count > 1 ? ` and ${(count - 1).toLocaleString('en-US')} more like it` : '';
  return `${clipName(place.label, 80)}${place.origin ? ` of ${clip(place.origin, 80)}` : ''}${more}`;
}
