import { isObject, type Json } from '../text/json.ts';
import type { ClaimType } from './providers/provider.ts';

/** Whether a claim's value is of a type that a platform documents for it. */
export function isOfType(value: Json, type: ClaimType): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'boolean-text') return value === 'true' || value === 'false';
  return typeof value === type;
}
