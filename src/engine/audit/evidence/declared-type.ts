import type { JsonObject } from '../../text/json.ts';

/** `typ` in lower case and without `application/`, both of which mean nothing (RFC 7515 §4.1.9); null when absent. */
export function declaredType(header: JsonObject | null): string | null {
  const typ = header && Object.hasOwn(header, 'typ') ? header.typ : null;
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : null;
}
