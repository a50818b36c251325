import type { Token } from '../model/token.ts';
import { isObject, type Json, type JsonObject, parseJson } from '../text/json.ts';
import { memberOf, valueAt } from '../text/values.ts';
import { isOfType } from './claim-type.ts';
import type { ClaimType, Provider } from './providers/provider.ts';

/** Longest text that is read as JSON, or as a number, in characters. */
const longestText = 16_384;

/**
 * A token as a platform would have it, where values of its claims have the wrong shape and it can be told what was meant: a text for
 * a number, a number for a text, one value in a list or an object, JSON in a text. For telling whose it is; what it says is read from the token itself.
 * Null where nothing was to be done.
 */
export function straightened(token: Token, { claims: meanings }: Pick<Provider, 'claims'>): Token | null {
  const { header, claims } = token;
  if (!claims) return null;
  const typed = typedClaims(meanings);
  const straightHeader = header && withMeant(header, typed.header);
  const straightClaims = withMeant(claims, typed.claims);
  return straightHeader === header && straightClaims === claims
    ? null
    : { ...token, header: straightHeader, claims: straightClaims };
}

interface TypedClaim {
  path: readonly string[];
  types: readonly ClaimType[];
}

/** Claims of a type, by the first name of their path: most tokens have few of them. */
type ByFirstName = ReadonlyMap<string, readonly TypedClaim[]>;

const known = new WeakMap<Provider['claims'], { header: ByFirstName; claims: ByFirstName }>();

function typedClaims(meanings: Provider['claims']): { header: ByFirstName; claims: ByFirstName } {
  const before = known.get(meanings);
  if (before) return before;
  const header = new Map<string, TypedClaim[]>();
  const claims = new Map<string, TypedClaim[]>();
  for (const [name, { type }] of Object.entries(meanings)) {
    if (type === undefined || name.includes('*')) continue;
    const inHeader = name.startsWith('header.');
    const path = (inHeader ? name.slice('header.'.length) : name).split('.');
    const into = inHeader ? header : claims;
    const [first = ''] = path;
    into.set(first, [...(into.get(first) ?? []), { path, types: [type].flat() as ClaimType[] }]);
  }
  known.set(meanings, { header, claims });
  return { header, claims };
}

/** The same, or a copy in which values are as they were meant. */
function withMeant(whole: JsonObject, typed: ByFirstName): JsonObject {
  let straight = whole;
  for (const [first, entries] of typed) {
    if (!Object.hasOwn(whole, first)) continue;
    for (const { path, types } of entries) {
      const value = valueAt(straight, path.join('.'));
      if (value === undefined || value === null || types.some((one) => isOfType(value, one))) continue;
      const meant = types.map((one) => meantBy(value, one)).find((one) => one !== undefined);
      if (meant !== undefined) straight = withAt(straight, path, meant);
    }
  }
  return straight;
}

/** The value as one of that type; undefined where none can have been meant. */
function meantBy(value: Json, type: ClaimType): Json | undefined {
  if (Array.isArray(value)) return onlyOf(value, type);
  if (isObject(value) && type !== 'object') return onlyOf(Object.values(value), type);
  if (type === 'string') return typeof value === 'number' ? String(value) : undefined;
  if (typeof value !== 'string' || value.length > longestText) return type === 'array' ? [value] : undefined;
  const text = value.trim();
  if (type === 'number') return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
  if (type === 'boolean') return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
  const read = parseJson(text);
  if (type === 'object') return isObject(read) ? read : undefined;
  return type === 'array' ? (Array.isArray(read) ? read : [text]) : undefined;
}

/** What stands alone in a list or an object, where it is of that type. */
function onlyOf(values: readonly Json[], type: ClaimType): Json | undefined {
  const [only] = values;
  return values.length === 1 && only !== undefined && only !== null && isOfType(only, type) ? only : undefined;
}

/** A copy with another value at a path that is there; what lies beside the path is shared. */
function withAt(whole: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject {
  const inner = memberOf(whole, name);
  const next = rest.length === 0 ? value : isObject(inner) ? withAt(inner, rest, value) : inner;
  // Defined, not assigned: a claim may be called `__proto__`.
  const copy = { ...whole };
  if (next !== undefined)
    Object.defineProperty(copy, name, { value: next, enumerable: true, configurable: true, writable: true });
  return copy;
}
