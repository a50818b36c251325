import { readSeats, type Seat } from './seat.ts';
import { type SeatRow, seatRows } from './seat-rows.ts';
import { type SeatVerdict, type VerdictOptions, verdictOf } from './seat-verdict.ts';
import { seatingOf } from './seating.ts';

/** Two seats side by side, and what they are to one another. */
export interface SeatComparison {
  /** Names of the seats, in the order in which they were given; they tell the two apart. */
  seats: readonly [string, string];
  verdict: SeatVerdict;
  /** Kinds of call tokens, each beside what comes nearest to it in the other seat. */
  rows: readonly SeatRow[];
  /** Kinds that there are no rows for, because there are too many. */
  unlisted: number;
}

/**
 * Compares what two people's browsers hold at a call: whose seat is the host's, whose a guest's, and in what their tokens differ. What
 * cannot be told, or was not looked at, is said and never taken for right. The verdict follows from the seats, not from their order.
 * Pure, and never throws.
 */
export function compareSeats(a: Seat, b: Seat, options: VerdictOptions = {}): SeatComparison {
  const seats = readSeats(a, b);
  return {
    seats: [seats[0].name, seats[1].name],
    verdict: verdictOf(seatingOf(seats), options),
    ...seatRows(seats),
  };
}
