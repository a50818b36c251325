import type { Facts } from '../model/facts.ts';
import type { Token } from '../model/token.ts';
import { addressFrom } from '../text/hosts.ts';
import type { Provider } from './providers/provider.ts';

const parameters = ['room', 'roomName', 'roomname', 'room_name', 'meeting', 'meetingName'];

/** A room as an address names it, decoded. */
export interface NamedRoom {
  name: string;
  /** It stands where the platform itself puts it. What an application writes need not be the name to the letter. */
  isOwn: boolean;
}

/** Rooms that a call page's URL names: what the platform reads from it, else `?room=` and its kin, and `/room/<name>`. Without repetition. */
export function roomsInUrl(
  address: string | null,
  provider: Provider | null,
  token?: Pick<Token, 'claims'>,
): NamedRoom[] {
  const url = addressFrom(address);
  if (!url) return [];
  const own = provider?.roomInUrl?.(url, token) ?? null;
  if (own) return [{ name: own, isOwn: true }];
  const found = parameters.flatMap((name) => url.searchParams.get(name) ?? []);
  const path = /\/(?:room|rooms|meeting|meetings|meet|call|join)\/([^/.]+)\/?$/i.exec(url.pathname)?.[1];
  if (path) found.push(decoded(path));
  const names = new Set(found.map((name) => name.trim()).filter((name) => name !== '' && name.length <= 200));
  return [...names].map((name) => ({ name, isOwn: false }));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** True for ids that a page maps to a room name or back: UUIDs, long numbers and hexadecimal, session ids. */
export function isOpaqueId(name: string): boolean {
  return (
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(name) ||
    /^(?=.*\d)[0-9a-f]{12}[0-9a-f]*$/i.test(name) ||
    /^[\d-]{6}[\d-]*$/.test(name) ||
    /^[12]_MX4/.test(name) ||
    // Twenty or more characters without a word break, digits among them.
    /^(?=.*\d)[\w-]{20}[\w-]*$/.test(name)
  );
}

/** Whether a token of some room, or of some rooms, opens one, as far as is known. */
export function mayOpen(
  provider: Provider | null,
  { token, facts }: { token: Token; facts: Facts },
  { name, isOwn }: NamedRoom,
): boolean {
  const { room, roomScope } = facts;
  if (room === null) return true;
  const isOne = roomScope === 'one-room';
  if (isOne && !isOwn && plain(name) === plain(room)) return true;
  return provider?.opensRoom?.(token, name) ?? (!isOne || folded(name) === folded(room));
}

/** Names compared as loosely as applications write them: case, encoding, a leading `tenant/` and what separates words do not count. */
function plain(name: string): string {
  return folded(name)
    .replace(/^.*\//, '')
    .replace(/[\s_-]+/g, '-');
}

function folded(name: string): string {
  return decoded(name).trim().toLowerCase();
}
