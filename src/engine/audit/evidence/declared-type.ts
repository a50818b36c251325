import type { JsonObject } from '../../text/json.ts';
import { valueAt } from '../../text/values.ts';

/** `typ` in lower case and without `application/`, both of which mean nothing (RFC 7515 §4.1.9); null when absent. */
export function declaredType(header: JsonObject | null): string | null {
  const typ = valueAt(header, 'typ');
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : null;
}
