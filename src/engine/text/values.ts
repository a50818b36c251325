/** What stands at a path below a value from outside (`context.user.id`, `grants.0.actions`). None of them throws. */
import { isObject, type Json, type JsonObject } from './json.ts';

/**
 * The value at a path, or undefined; "" is the value itself. Sees own members only, so `__proto__` and `constructor` are
 * ordinary names.
 */
export function valueAt(claims: Json | null | undefined, path: string): Json | undefined {
  let value: Json | undefined = claims ?? undefined;
  for (const name of path === '' ? [] : path.split('.')) value = memberOf(value, name);
  return value;
}

/** The own member of this name, or undefined; a name with dots (`TLS.time`, `https://call.example/roles`) is no path here. */
export function memberOf(value: Json | null | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as JsonObject)[name];
}

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
  return isObject(value) ? value : null;
}

/** The texts of an array, others left out; null when it is not an array. */
export function stringsAt(claims: Json | null | undefined, path: string): string[] | null {
  const value = valueAt(claims, path);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : null;
}

/** True for a value that says nothing: absent, null, empty or only white space. */
export function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** 8-4-4-4-12 hexadecimal digits, any version. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
