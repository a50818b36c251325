/**
 * A room's name as the web client asks the server for it: decoded, NFKC, in lower case, and percent-encoded again, so that every
 * character counts (jitsi-meet, react/features/base/util/uri.ts `getBackendSafeRoomName`, read 2026-11).
 */
export function sentRoomName(name: string): string {
  return encoded(decoded(name));
}

function encoded(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase();
  // Half a character cannot be encoded.
  return encodeURIComponent(plain.replace(/\p{Surrogate}/gu, '\ufffd')).toLowerCase();
}

/** Characters that the web client takes out of an address before it reads room and tenant from it (the same file, `_fixPathPart`). */
export const leftOut = /[:?#[\]@!$&'()*+,;=></"\s]/g;

/**
 * The tenant in a path before the room, as the server is asked for it: config.js puts it into lower case, and underscores where it has
 * dots. Of several parts the last one is the tenant, as the web server takes off one after the other (jitsi-meet, config.js and
 * doc/debian/jitsi-meet/jitsi-meet.example, read 2026-11). Null where the path names none.
 */
export function sentTenant(path: string): string | null {
  // The web server decodes before it looks for slashes.
  const last = decoded(path)
    .split('/')
    .findLast((part) => part !== '');
  return last === undefined ? null : encoded(last).replaceAll('.', '_');
}

/** Room and tenant in the path of a call page, as the server is asked for them; null where the path names no room. */
export function roomAndTenant({ pathname }: URL): { room: string; tenant: string | null } | null {
  const parts = pathname.split('/').map((part) => part.replace(leftOut, ''));
  const room = parts.at(-1) ?? '';
  if (room === '') return null;
  return { room: sentRoomName(room), tenant: sentTenant(parts.slice(1, -1).join('/')) };
}

/**
 * A part of a path as people read it: decoded once, unless the web client would then ask for another room, as it decodes what looks
 * encoded still (`50%2525`).
 */
export function readRoomName(part: string): string {
  const plain = decoded(part);
  return sentRoomName(plain) === sentRoomName(part) ? plain : part;
}

/** A claim as the server compares it: Lua puts only the letters A to Z into lower case. */
export function luaLower(claim: string): string {
  return claim.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Percent-decoded, or as it is where it is not encoded. */
export function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
