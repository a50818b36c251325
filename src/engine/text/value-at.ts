import type { Json, JsonObject } from './json.ts';

/**
 * The value at a path below the payload (`context.user.id`, `grants.0.actions`), or undefined; "" is the payload itself.
 * Sees own members only, so `__proto__` and `constructor` are ordinary names.
 */
export function valueAt(claims: Json | null | undefined, path: string): Json | undefined {
  let value: Json | undefined = claims ?? undefined;
  for (const name of path === '' ? [] : path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as JsonObject)[name];
  }
  return value;
}
