const units = [
  ['day', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** A thousand years, in seconds: nothing that is about tokens is known that far ahead. */
const longest = 1000 * 365.25 * 86_400;

/**
 * A length of time in one unit, rounded so that two runs agree: what is within half a percent, or five seconds, of a whole number of a
 * unit is that number, all else has two digits. "1 h", "90 min", "400 days". Takes seconds.
 */
export function spanWords(seconds: number): string {
  const length = Math.max(0, Math.round(seconds));
  if (!(length < longest)) return 'more than 1000 years';
  for (const [unit, size] of units) {
    const count = Math.round(length / size);
    if (unit === 's' && count >= 120) break;
    if (count >= 1 && Math.abs(length - count * size) <= Math.max(5, length / 200)) return words(count, unit);
  }
  const [unit, size] = units.find((one) => length >= 2 * one[1]) ?? units[3];
  const count = length / size;
  const digits = count < 100 ? 1 : 10 ** (Math.floor(Math.log10(count)) - 1);
  return words(Math.round(count / digits) * digits, unit);
}

function words(count: number, unit: string): string {
  return `${count} ${unit === 'day' && count !== 1 ? 'days' : unit}`;
}

/** Seconds of a length of time as `spanWords` says it, or null for what is none. */
export function spanSeconds(text: string): number | null {
  const [, count, unit] = /^(\d{1,12}) (days?|h|min|s)$/.exec(text) ?? [];
  const size = units.find(([name]) => unit === name || unit === `${name}s`)?.[1];
  return count === undefined || size === undefined ? null : Number(count) * size;
}

/** How long it lives whose beginning nobody knows: by what was left of it when it was seen. Takes seconds. */
export function toSetTime(left: number): string {
  return left > 0 ? `until a set time, ${spanWords(left)} ahead` : 'until a set time';
}

export function isToSetTime(lives: string): boolean {
  return lives.startsWith('until a set time');
}

/** What is left depends on when one looks: less is no change, and neither is what an earlier look would have seen, twice as much. */
function isSameLeft(locked: string, seen: string): boolean {
  const [one, other] = [leftSeconds(locked), leftSeconds(seen)];
  return one === null || other === null || other <= 2 * one + 60;
}

/** Null where it is over, or is not told. */
function leftSeconds(lives: string): number | null {
  const [, span] = /^until a set time, (.{1,30}) ahead$/.exec(lives) ?? [];
  if (span === undefined) return null;
  return spanSeconds(span) ?? Number.POSITIVE_INFINITY;
}

/** Whether two lengths are the same but for how they were rounded, or for what else is said of them (`*` is any). */
export function isSameSpan(locked: string, seen: string, most = 1.05): boolean {
  if (locked === seen || locked === '*') return true;
  if (isToSetTime(locked) && isToSetTime(seen)) return isSameLeft(locked, seen);
  const [one, other] = [spanSeconds(locked), spanSeconds(seen)];
  if (one === null || other === null) return false;
  const [shorter, longer] = [Math.min(one, other), Math.max(one, other)];
  // What was rounded to the next whole minute may differ by some seconds.
  return longer <= most * shorter || (shorter >= 30 && longer - shorter <= 8);
}
