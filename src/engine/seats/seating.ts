import type { ReadSeat } from './seat.ts';

/** The seats in an order that follows from what they are, as far as that is told. */
export interface Seating {
  host: ReadSeat | null;
  guest: ReadSeat | null;
  first: ReadSeat;
  second: ReadSeat;
}

/** Whose seats they are. Follows from what is in them, not from their order. */
export function seatingOf([a, b]: readonly [ReadSeat, ReadSeat]): Seating {
  const host = [a, b].find(({ kind }) => kind === 'host') ?? null;
  const guest = [a, b].find(({ kind }) => kind === 'guest') ?? null;
  const isTold = host !== null && guest !== null;
  const isTurned = host === b || (host === null && guest === a && b.kind !== 'guest');
  const [first, second] = isTurned ? [b, a] : [a, b];
  return { host: isTold ? host : null, guest: isTold ? guest : null, first, second };
}
