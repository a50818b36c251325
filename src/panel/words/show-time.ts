import { isCalendarTime } from '../../engine/text/calendar-time.ts';
import { groupDigits } from './group-digits.ts';

export type TimeZone = 'local' | 'utc';

const formats: Partial<Record<TimeZone, Intl.DateTimeFormat>> = {};

/** Made when it is first asked for: each takes as long as the first drawing of half the panel. */
function formatOf(zone: TimeZone): Intl.DateTimeFormat {
  formats[zone] ??= new Intl.DateTimeFormat('en-CA', {
    timeZone: zone === 'utc' ? 'UTC' : undefined,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  return formats[zone];
}

/** `2026-11-20 12:00:00 UTC`. Seconds since the epoch; a number no calendar holds is said to be one. */
export function dateTime(at: number, zone: TimeZone): string {
  const parts = partsOf(at, zone);
  if (!parts) return 'beyond any calendar';
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second} ${parts.timeZoneName}`;
}

/** `12:00:00`, for moments of this session. */
export function timeOfDay(at: number, zone: TimeZone): string {
  const parts = partsOf(at, zone);
  return parts ? `${parts.hour}:${parts.minute}:${parts.second}` : 'never';
}

function partsOf(at: number, zone: TimeZone): Record<string, string> | null {
  if (!isCalendarTime(at)) return null;
  return Object.fromEntries(
    formatOf(zone)
      .formatToParts(new Date(at * 1000))
      .map(({ type, value }) => [type, value]),
  );
}

const units: [seconds: number, word: string][] = [
  [31_557_600, 'y'],
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
];

const longest = 1000 * 31_557_600;

/** A length of time in its two greatest units: `1 h 5 min`, `90 d`, `0 s`; `over 1,000 y` above that. */
export function duration(seconds: number): string {
  let left = Math.floor(Math.abs(seconds));
  if (!(left <= longest)) return 'over 1,000 y';
  const words: string[] = [];
  for (const [size, word] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) words.push(`${groupDigits(count)} ${word}`);
    else if (words.length > 0) break;
    if (words.length === 2) break;
  }
  return words.join(' ') || '0 s';
}

/** `in 59 min 3 s`, `3 d ago`, `now`. */
export function relative(at: number, now: number): string {
  const seconds = Math.round(at - now);
  if (seconds === 0) return 'now';
  return seconds > 0 ? `in ${duration(seconds)}` : `${duration(seconds)} ago`;
}
