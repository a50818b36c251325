/** Members of a value that ought to be an object; none when it is not. */
export function record(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : Object.create(null);
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Seconds since the epoch from an ISO 8601 text; null when it is none. */
export function seconds(value: unknown): number | null {
  const milliseconds = Date.parse(string(value));
  return Number.isFinite(milliseconds) ? milliseconds / 1000 : null;
}
