// What compares two seats of a call: loaded when the first report of another seat is opened.
export { readReport } from '../../engine/report/read-report.ts';
export { compareSeats } from '../../engine/seats/compare-seats.ts';
export { expectationsOfSeats } from '../../engine/seats/expectations-of-seats.ts';
export { answerIn, linesOf } from '../../engine/seats/seat-lines.ts';
