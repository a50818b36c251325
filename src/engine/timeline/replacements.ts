import { sourceOf } from '../find/sources/index.ts';
import type { Place } from '../model/capture.ts';
import type { Sighting } from '../model/token.ts';

/** Texts of the tokens before and after one, in a place where it lies or lay. */
export interface Neighbours {
  replaces?: string;
  replacedBy?: string;
}

/**
 * Which token followed which: in one place, the next that was first seen, or found back, when or after the one before was
 * found missing. Of several places, the one where it happened last counts. By token text; tokens that lay alone are left out.
 *
 * @param sightings of one second, the latest first, as a timeline lists them
 */
export function replacements(sightings: readonly Sighting[]): Map<string, Neighbours> {
  // Nothing follows what is still there.
  if (sightings.every(({ goneAt }) => goneAt === null)) return new Map();
  const slots = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    if (sighting.seenAt === null) continue;
    const slot = slotOf(sighting);
    const list = slots.get(slot);
    if (list) list.push(sighting);
    else slots.set(slot, [sighting]);
  }
  const found = new Map<string, Neighbours>();
  const at = (text: string) => found.get(text) ?? found.set(text, {}).get(text) ?? {};
  for (const { before, after } of [...slots.values()].flatMap(successions).sort((a, b) => a.at - b.at)) {
    at(before).replacedBy = after;
    at(after).replaces = before;
  }
  return found;
}

interface Succession {
  before: string;
  after: string;
  /** Seconds since the epoch. */
  at: number;
}

function successions(slot: readonly Sighting[]): Succession[] {
  if (slot.length < 2) return [];
  const inOrder = [...slot].reverse().sort(byTurn);
  return inOrder.slice(1).flatMap((after, index) => {
    const before = inOrder[index];
    const isAfter = before && before.goneAt !== null && before.goneAt <= startOf(after);
    return isAfter && before.token !== after.token
      ? [{ before: before.token, after: after.token, at: before.goneAt ?? 0 }]
      : [];
  });
}

/** A page is looked at twice a second, and times are whole seconds: of two that came in one second, the first to go was the first. */
function byTurn(a: Sighting, b: Sighting): number {
  const turn = startOf(a) - startOf(b);
  if (turn !== 0 || a.goneAt === b.goneAt) return turn;
  return (a.goneAt ?? Number.POSITIVE_INFINITY) - (b.goneAt ?? Number.POSITIVE_INFINITY);
}

const startOf = ({ seenAt, backAt }: Sighting) => backAt ?? seenAt ?? 0;

/** A place that holds one token at a time: the same key, and the same path in what lies there. */
export function slotOf({ place, path, input }: Pick<Sighting, 'place' | 'path' | 'input'>): string {
  return JSON.stringify([input ?? null, place.source, place.origin, labelOf(place), path]);
}

/** A cookie is told by its attributes where they are known; everything else by its label, and a frame by its document. */
function labelOf({ source, label, url, cookie }: Place): unknown {
  if (cookie) return [label, cookie.domain, cookie.path, cookie.partitionedBy];
  return sourceOf(source)?.isPerDocument ? [label, url?.replace(/[?#].*$/s, '')] : label;
}
