import type { Place } from '../../model/capture.ts';
import type { Subject } from '../../model/report.ts';

const byCookie = new WeakMap<readonly Subject[], Map<string, Subject[]>>();

/** Every token that lies in the same cookie, built once per report. */
export function tokensIn(place: Place, subjects: readonly Subject[]): readonly Subject[] {
  let index = byCookie.get(subjects);
  if (!index) {
    index = new Map();
    for (const subject of subjects) {
      const keys = new Set(subject.sightings.flatMap(({ place }) => (place.cookie ? [keyOf(place)] : [])));
      for (const key of keys) {
        const list = index.get(key);
        if (list) list.push(subject);
        else index.set(key, [subject]);
      }
    }
    byCookie.set(subjects, index);
  }
  return index.get(keyOf(place)) ?? [];
}

function keyOf({ cookie, origin }: Place): string {
  return JSON.stringify([
    cookie?.name ?? '',
    cookie?.domain ?? origin,
    cookie?.path ?? '',
    cookie?.partitionedBy ?? '',
  ]);
}
