import { headerOf, isWholeSignature } from '../decode/forms/compact.ts';
import type { Snippet } from '../model/capture.ts';
import type { Sighting } from '../model/token.ts';

/**
 * Joins a token that is split across two stored values, header and payload in one, the signature in another that scripts may not be
 * able to read: a deliberate protection. Where a value of the same origin has the length of the signature, the token is
 * shown whole; where none has, it counts as cut. What is stored is gone through once, however many tokens are split, and not at all where none is.
 */
export function createJoiner(parts: readonly Snippet[]): (sighting: Sighting) => Sighting {
  let stored: Map<string | null, Fitting[]> | null = null;
  return (sighting) => {
    if (sighting.note !== 'split-signature') return sighting;
    stored ??= byLength(parts.filter(mayBeSignature));
    const header = headerOf(sighting.token);
    const fitting = (stored.get(sighting.place.origin) ?? []).filter(({ named, others }) =>
      isWholeSignature((named[0] ?? others[0]) as string, header),
    );
    const named = fitting.flatMap((one) => one.named);
    const [one, another] = named.length > 0 ? named : fitting.flatMap((some) => some.others);
    if (one === undefined) return { ...sighting, note: 'token-truncated' };
    // Of several that fit nobody can tell which one belongs to it.
    return another === undefined ? { ...sighting, token: `${sighting.token}.${one}` } : sighting;
  };
}

/** Values of one length, by whether their names speak of signatures: the first of each, and one that differs. */
interface Fitting {
  named: string[];
  others: string[];
}

function byLength(signatures: readonly Snippet[]): Map<string | null, Fitting[]> {
  const found = new Map<string | null, Map<number, Fitting>>();
  for (const { place, text } of signatures) {
    const ofOrigin = found.get(place.origin) ?? new Map<number, Fitting>();
    found.set(place.origin, ofOrigin);
    const fitting = ofOrigin.get(text.length) ?? { named: [], others: [] };
    ofOrigin.set(text.length, fitting);
    const list = /sig/i.test(place.key ?? '') ? fitting.named : fitting.others;
    if (list.length < 2 && !list.includes(text)) list.push(text);
  }
  return new Map([...found].map(([origin, all]) => [origin, [...all.values()]]));
}

/** A stored value that is as long as signatures are, and nothing else. */
function mayBeSignature({ place, text, isName }: Snippet): boolean {
  return !isName && place.traits.storage !== null && /^[\w-]{43,683}$/.test(text);
}
