import { headerOf, isWholeSignature } from '../decode/forms/compact.ts';
import type { Snippet } from '../model/capture.ts';
import type { Sighting } from '../model/token.ts';

/**
 * A token split across two stored values, header and payload in one, the signature in another that scripts may not be
 * able to read: a deliberate protection. Where a value of the same origin has the length of the signature, the token is
 * shown whole; where none has, it counts as cut.
 */
export function joinSplit(sighting: Sighting, signatures: readonly Snippet[]): Sighting {
  if (sighting.note !== 'split-signature') return sighting;
  const header = headerOf(sighting.token);
  const fitting = signatures.filter(
    ({ place, text }) => place.origin === sighting.place.origin && isWholeSignature(text, header),
  );
  const named = fitting.filter(({ place }) => /sig/i.test(place.key ?? ''));
  const [one, another] = named.length > 0 ? named : fitting;
  if (!one) return { ...sighting, note: 'token-truncated' };
  // Of several that fit nobody can tell which one belongs to it.
  return another && another.text !== one.text ? sighting : { ...sighting, token: `${sighting.token}.${one.text}` };
}

/** A stored value that is as long as signatures are, and nothing else. */
export function mayBeSignature({ place, text }: Snippet): boolean {
  return place.traits.storage !== null && /^[\w-]{43,683}$/.test(text);
}
