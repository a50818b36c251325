import type { Provider } from './providers/provider.ts';

const parameters = ['room', 'roomName', 'roomname', 'room_name', 'meeting', 'meetingName'];

/** Room names a call page's URL holds: what the platform reads from it, `?room=` and its kin, and `/room/<name>`. Decoded, without repetition. */
export function roomsInUrl(address: string | null, provider: Provider | null): string[] {
  if (!address) return [];
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return [];
  }
  const own = provider?.roomInUrl?.(url) ?? null;
  if (own) return [own];
  const found = parameters.flatMap((name) => url.searchParams.get(name) ?? []);
  const path = /\/(?:room|rooms|meeting|meetings|meet|call|join)\/([^/.]+)\/?$/i.exec(url.pathname)?.[1];
  if (path) found.push(decoded(path));
  return [...new Set(found.map((name) => name.trim()).filter((name) => name !== '' && name.length <= 200))];
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

/** Names compared as call servers do: case, encoding and a leading `tenant/` do not count. */
export function isSameRoom(a: string, b: string): boolean {
  const plain = (name: string) =>
    decoded(name)
      .trim()
      .toLowerCase()
      .replace(/^.*\//, '')
      .replace(/[\s_-]+/g, '-');
  return plain(a) === plain(b);
}
