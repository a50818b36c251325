/** The years 1 to 9999, in seconds since the epoch: those that dates are written in everywhere. */
const earliest = -62_135_596_800;
const latest = 253_402_300_799;

/** False for what lies outside of the years 1 to 9999, and so is no date that means anything. */
export function isCalendarTime(seconds: number): boolean {
  return seconds >= earliest && seconds <= latest;
}
