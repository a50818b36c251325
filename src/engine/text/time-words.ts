const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A length of time as a person would say it: "90 days", "1 hour 30 minutes", "45 seconds". At most two units; years above two years. */
export function inWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'an unlimited time';
  const whole = Math.abs(Math.round(seconds));
  if (whole >= 2 * 365 * 86_400) return count(Math.round(whole / (365.25 * 86_400)), 'year');
  const first = units.findIndex(([, size]) => whole >= size);
  const unit = units[first];
  if (!unit) return '0 seconds';
  const words = count(Math.floor(whole / unit[1]), unit[0]);
  const next = units[first + 1];
  const rest = next ? Math.floor((whole % unit[1]) / next[1]) : 0;
  // Odd hours no longer matter in a span of weeks.
  return next && rest > 0 && whole < 14 * 86_400 ? `${words} ${count(rest, next[0])}` : words;
}

function count(number: number, unit: string): string {
  return `${number.toLocaleString('en-US')} ${unit}${number === 1 ? '' : 's'}`;
}

/** Seconds since the epoch as ISO 8601 in UTC, "2026-11-20T12:00:00Z"; the bare number where no calendar reaches. */
export function isoUtc(seconds: number): string {
  const date = new Date(Math.round(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace('.000Z', 'Z');
}
