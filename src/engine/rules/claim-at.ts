import type { Json, JsonObject } from '../model.ts';

/** The value at a path of own members (`context.user.id`, `roles.0`); undefined where it leads nowhere. */
export function claimAt(claims: JsonObject | null, path: string): Json | undefined {
  let value: Json | undefined = claims ?? undefined;
  for (const name of path === '' ? [] : path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as JsonObject)[name];
  }
  return value;
}

/** A non-blank string at a path, or null. */
export function textAt(claims: JsonObject | null, path: string): string | null {
  const value = claimAt(claims, path);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** True for a value that says nothing: absent, null, empty or only white space. */
export function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
