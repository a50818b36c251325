import type { Row } from '../rows.ts';

/** Why joining with a token would fail. */
export function JoinDiagnosis(_: { row: Row }) {
  return null;
}
