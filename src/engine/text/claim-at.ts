import type { Json, JsonObject } from './json.ts';
import { valueAt as claimAt } from './value-at.ts';

export { claimAt };

/** A non-blank string at a path, or null. */
export function textAt(claims: JsonObject | null, path: string): string | null {
  const value = claimAt(claims, path);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** True for a value that says nothing: absent, null, empty or only white space. */
export function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
