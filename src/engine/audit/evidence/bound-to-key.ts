import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Subject } from '../../model/report.ts';
import { base64Bytes, toBase64url } from '../../text/base64.ts';
import { hostOf } from '../../text/hosts.ts';
import type { JsonObject } from '../../text/json.ts';
import { siteOf } from '../../text/site-of.ts';
import { objectAt, stringAt } from '../../text/values.ts';
import { isPresent } from './places.ts';

/** What tokens and requests show of keys that somebody proved to hold. */
interface Proofs {
  /** Thumbprints of keys, by the id of the token that they were proved for; null where a proof does not tell its key. */
  keys: Map<string, (string | null)[]>;
  /** Cookies that a browser renews by such a proof: site and name. */
  cookies: Set<string>;
}

/**
 * Whether a token was sent with a proof of the key that it is bound to: a DPoP proof whose `ath` is its hash (RFC 9449 §4.2) and,
 * where both tell, whose key has the thumbprint `cnf.jkt` (§6.1); a token whose claims cannot be read may be bound without
 * showing it (§6.2). Or whether it lies in nothing but cookies of a device-bound session (https://w3c.github.io/webappsec-dbsc/,
 * read 2026-11). Binding to a certificate cannot be seen here.
 */
export function isProvenBound({ token, sightings }: Subject, subjects: readonly Subject[]): boolean {
  const { keys, cookies } = proofsOf(subjects);
  const proved = keys.get(token.id);
  if (proved && (token.claims === null || objectAt(token.claims, 'cnf') !== null)) {
    const bound = stringAt(token.claims, 'cnf.jkt');
    if (proved.some((key) => key === null || bound?.length !== key.length || key === bound)) return true;
  }
  if (cookies.size === 0) return false;
  const stored = sightings.filter((one) => isPresent(one) && one.place.traits.readableByScripts !== null);
  return (
    stored.length > 0 && stored.every(({ place }) => cookies.has(cookieAt(place.origin, place.cookie?.name ?? null)))
  );
}

const known = new WeakMap<readonly Subject[], Proofs>();

function proofsOf(subjects: readonly Subject[]): Proofs {
  const before = known.get(subjects);
  if (before) return before;
  const found: Proofs = { keys: new Map(), cookies: new Set() };
  for (const { facts, token, sightings } of subjects) {
    const ath = facts.use === 'dpop-proof' ? stringAt(token.claims, 'ath') : null;
    if (ath !== null && /^[\w-]{43}$/.test(ath)) {
      const id = bytesToHex(base64Bytes(ath));
      found.keys.set(id, [...(found.keys.get(id) ?? []), thumbprintOf(objectAt(token.header, 'jwk'))]);
    }
    for (const { place } of sightings)
      for (const name of place.exchange?.reply?.boundCookies ?? []) found.cookies.add(cookieAt(place.origin, name));
  }
  known.set(subjects, found);
  return found;
}

function cookieAt(origin: string | null, name: string | null): string {
  return JSON.stringify([siteOf(hostOf(origin) ?? ''), name]);
}

/** Members that count, in order, by the kind of the key (RFC 7638 §3.2, RFC 8037 §2). */
const counting: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
};

/** Null when the key is of no known kind, or does not tell all that counts. */
function thumbprintOf(key: JsonObject | null): string | null {
  const kind = stringAt(key, 'kty') ?? '';
  const names = Object.hasOwn(counting, kind) ? (counting[kind] ?? []) : [];
  const members = names.map((name) => [name, stringAt(key, name)]);
  if (members.length === 0 || members.some(([, value]) => value === null)) return null;
  return toBase64url(sha256(utf8ToBytes(JSON.stringify(Object.fromEntries(members)))));
}
