/** Units that a time can be written in instead of seconds, smallest number first. */
const units = [
  // Up to the end of the year 9999, which is how "for ever" is written; in seconds that would be millions of years.
  { unit: 'milliseconds', scale: 1e3, latest: 253_402_300_799_999 },
  { unit: 'microseconds', scale: 1e6, latest: 4_102_444_800 * 1e6 },
  { unit: 'nanoseconds', scale: 1e9, latest: 4_102_444_800 * 1e9 },
] as const;

const year2000 = 946_684_800;

export const otherUnits = units.map(({ unit }) => unit);
export type OtherUnit = (typeof otherUnits)[number];

/**
 * The unit that a time since the epoch was meant in when it is none of seconds, and how many make a second: what lies in
 * or after the year 2000 by that unit, and tens of thousands of years ahead in seconds. Null for everything else.
 */
export function otherUnit(value: number): { unit: OtherUnit; scale: number } | null {
  return units.find(({ scale, latest }) => value >= year2000 * scale && value <= latest) ?? null;
}
