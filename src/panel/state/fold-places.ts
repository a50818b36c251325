import { withoutNumber } from '../../engine/find/sources/exchange-place.ts';
import type { Sighting } from '../../engine/model/token.ts';

/** Something about one sighting. */
interface Seen {
  sighting: Sighting;
}

/** Many of one kind, on one line until it is opened. */
export interface Fold<One> {
  /** "localStorage", "request header Authorization". */
  kind: string;
  /** In the order in which they were seen. */
  all: One[];
}

/**
 * Places in the order in which they were seen, those of unknown time last; where more than `most` are of one kind, they are one
 * line where the first of them would stand. What is gone is of another kind than what is there.
 */
export function foldPlaces<One extends Seen>(places: readonly One[], most: number): (One | Fold<One>)[] {
  const kinds = new Map<string, One[]>();
  const inOrder = [...places].sort((a, b) => seenAt(a) - seenAt(b) || 0);
  const keys = inOrder.map((one) => keyOf(one.sighting));
  for (const [index, one] of inOrder.entries()) {
    const key = keys[index] ?? '';
    const list = kinds.get(key);
    if (list) list.push(one);
    else kinds.set(key, [one]);
  }
  return inOrder.flatMap<One | Fold<One>>((one, index) => {
    const all = kinds.get(keys[index] ?? '') ?? [];
    if (all.length <= most) return [one];
    return all[0] === one ? [{ kind: kindOf(one.sighting), all }] : [];
  });
}

export function isFold<One extends Seen>(line: One | Fold<One>): line is Fold<One> {
  return 'all' in line;
}

function seenAt({ sighting }: Seen): number {
  return sighting.seenAt ?? Number.MAX_VALUE;
}

function keyOf({ place, goneAt, ...sighting }: Sighting): string {
  const kind = kindOf({ place, goneAt, ...sighting });
  return JSON.stringify([place.source, place.origin, place.exchange?.direction ?? null, kind, goneAt === null]);
}

/** A place without what tells it from its likes: its number, its key, its element. */
function kindOf({ place: { traits, label } }: Sighting): string {
  if (traits.storage === 'document') return 'the document';
  return withoutNumber(label.slice(0, 300)).replace(/(?: ?"|\[| of )[\s\S]*$/, '');
}
