import type { Json, JsonObject } from './json.ts';
import { valueAt } from './value-at.ts';

export { valueAt };

/** True when the member is there at all, whatever it holds. */
export function hasAt(claims: Json | null | undefined, path: string): boolean {
  return valueAt(claims, path) !== undefined;
}

/** A text that says something: not empty and not only white space. Null otherwise. */
export function stringAt(claims: Json | null | undefined, path: string): string | null {
  const value = valueAt(claims, path);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** A finite number, or null. */
export function numberAt(claims: Json | null | undefined, path: string): number | null {
  const value = valueAt(claims, path);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A JSON boolean, or null: the text "true" is none. */
export function booleanAt(claims: Json | null | undefined, path: string): boolean | null {
  const value = valueAt(claims, path);
  return typeof value === 'boolean' ? value : null;
}

/** A JSON object that is no array, or null. */
export function objectAt(claims: Json | null | undefined, path: string): JsonObject | null {
  const value = valueAt(claims, path);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

/** The texts of an array, others left out; null when it is not an array. */
export function stringsAt(claims: Json | null | undefined, path: string): string[] | null {
  const value = valueAt(claims, path);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : null;
}

/** 8-4-4-4-12 hexadecimal digits, any version. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

/** A claim's value as it may stand in a sentence: JSON, at most 48 characters. */
export function shown(value: Json | undefined): string {
  if (value === undefined) return 'absent';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 49)) : String(value);
  return text.length > 50 ? `${text.slice(0, 47)}…"` : text;
}

/** Half a sentence about one claim: "`room` is absent", "`room` is 7". */
export function stated(claims: Json | null | undefined, path: string): string {
  return `\`${path}\` is ${shown(valueAt(claims, path))}`;
}

/** Names in a sentence: "a, b and c". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
