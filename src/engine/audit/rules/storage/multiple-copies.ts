import type { Sighting } from '../../../model/token.ts';
import { clip, clipName } from '../../../text/sentence.ts';
import { isPresent, kindOf } from '../../evidence/places.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const multipleCopies: TokenRule = {
  id: 'multiple-copies',
  judges: 'token',
  group: 'storage',
  title: 'Same token in several places',
  severity: 'info',
  why: 'Each copy has to be protected and removed; the least protected one decides.',
  fix: 'Keep it in one place.',
  references: [asvs('3.3.4'), cwe(922)],
  applies: ({ sightings }) => sightings.length > 1,
  check({ sightings }) {
    const byOrigin = new Map<string, { sighting: Sighting; index: number }[]>();
    sightings.forEach((sighting, index) => {
      const { origin } = sighting.place;
      if (origin === null || !isPresent(sighting) || !isKept(sighting)) return;
      const list = byOrigin.get(origin);
      if (list) list.push({ sighting, index });
      else byOrigin.set(origin, [{ sighting, index }]);
    });
    return [...byOrigin].flatMap(([origin, copies]) => {
      const kinds = new Map<string, string>();
      for (const { sighting } of copies) {
        const kind = kindOf(sighting.place);
        if (!kinds.has(kind)) kinds.set(kind, sighting.place.label);
      }
      const open = copies.find(({ sighting }) => isCookie(sighting, false));
      const isVoid = open !== undefined && copies.some(({ sighting }) => isCookie(sighting, true));
      if (kinds.size < 2 && !isVoid) return [];
      const places = [...kinds.values()].slice(0, 4).map((label) => clipName(label));
      return [
        {
          says: isVoid
            ? `A copy on ${clip(origin, 80)} lies in a cookie that scripts can read, beside an HttpOnly one; the second protects nothing.`
            : `Copies on ${clip(origin, 80)}: ${places.join(', ')}${kinds.size > 4 ? ' and more' : ''}.`,
          at: `sightings[${(open && isVoid ? open : copies[0])?.index ?? 0}]`,
          severity: isVoid ? 'low' : 'info',
        } as const,
      ];
    });
  },
};

/** Requests carry copies of what is kept, but for cookies that only they tell of. */
function isKept({ place: { exchange, traits } }: Sighting): boolean {
  return !exchange || traits.storage !== null;
}

function isCookie({ place }: Sighting, httpOnly: boolean): boolean {
  return place.cookie?.httpOnly === httpOnly;
}
