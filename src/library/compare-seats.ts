import type { Expectations } from '../engine/expect/expectations.ts';
import { maskJson } from '../engine/redact/mask.ts';
import type { ReportDocument } from '../engine/report/report-document.ts';
import { compareSeats as compare, type SeatComparison } from '../engine/seats/compare-seats.ts';
import { expectationsOfSeats as expectationsOf } from '../engine/seats/expectations-of-seats.ts';
import type { Seat } from '../engine/seats/seat.ts';
import type { Json } from '../engine/text/json.ts';
import { keptReport, maskerOf } from './kept-reports.ts';

export interface SeatOptions {
  /** What the seats are called, in the order of the reports; "first seat" and "second seat" unless told otherwise. */
  names?: readonly [string, string];
  /** Takes what could not be read for what holds nothing. */
  allowUnread?: boolean;
}

/** Expectations of two seats, and the findings of medium severity or worse that whoever takes them over takes for right. */
export interface SeatExpectations {
  file: Expectations;
  accepted: { rule: string; severity: string; title: string }[];
}

/**
 * Compares what two people's browsers hold at a call: whose seat is the host's, whose a guest's, and in what their tokens differ.
 * `verdict.outcome` is `host-and-guest`, `other` or `untold`. The order of the reports does not matter. Texts are masked where the
 * reports are.
 */
export function compareSeats(a: ReportDocument, b: ReportDocument, options: SeatOptions = {}): SeatComparison {
  const [one, other] = seatsOf(a, b, options);
  const [mask, maskOther] = [maskerOf(keptReport(a)), maskerOf(keptReport(b))];
  const { allowUnread = false } = options;
  // What is JSON is JSON when it is masked.
  const compared = compare(one, other, { allowUnread }) as unknown as Json;
  return maskJson(compared, (text) => maskOther(mask(text))) as unknown as SeatComparison;
}

/**
 * Expectations that hold for both seats as they are and fail when one holds what the other should. Throws `SeatsError` where they are not a
 * host's and a guest's of one call, or cannot be told apart by their pages or files.
 */
export function expectationsOfSeats(
  a: ReportDocument,
  b: ReportDocument,
  { names }: Pick<SeatOptions, 'names'> = {},
): SeatExpectations {
  const { file, accepted } = expectationsOf(...seatsOf(a, b, { ...(names && { names }) }));
  return { file, accepted: accepted.map(({ rule, severity, title }) => ({ rule, severity, title })) };
}

function seatsOf(a: ReportDocument, b: ReportDocument, { names }: SeatOptions): [Seat, Seat] {
  const seatOf = (document: ReportDocument, name: string): Seat => {
    const { report, options } = keptReport(document);
    return { name, report, inputs: options.inputs ?? [] };
  };
  return [seatOf(a, names?.[0] ?? 'first seat'), seatOf(b, names?.[1] ?? 'second seat')];
}
