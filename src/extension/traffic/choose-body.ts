import { list, number, record, string } from '../../engine/text/narrow.ts';

/** Why the body of a reply is not asked for. */
export type Reason = 'none' | 'media' | 'large';

/** Largest body that is asked for, in bytes: each costs the page a millisecond in a hundred kilobytes. */
const largest = 256 * 1024;

/** Types in which no token is looked for. */
const media =
  /^(?:image|audio|video|font)\/(?!svg)|^text\/css|^application\/(?:wasm|font-|x-font|vnd\.ms-fontobject|pdf|zip)/i;

/** Whether the body of a reply is worth asking for, by what its entry says of it; null where it is. */
export function whyNotAsked(entry: unknown): Reason | null {
  const { response, _resourceType: type, _eventSourceMessages: events } = record(entry);
  const { status, content, redirectURL, bodySize } = record(response);
  const { mimeType } = record(content);
  const size = sizeOf(entry);
  const code = number(status) ?? 0;
  // Sockets have messages, redirects a target, and what was not modified has come before.
  if (code < 200 || code === 204 || code === 205 || code === 304 || string(redirectURL)) return 'none';
  // Of what a service worker fetches, only what came over the wire is told.
  if (type === 'websocket' || list(events).length > 0 || (size === 0 && !((number(bodySize) ?? 0) > 0))) return 'none';
  if (media.test(string(mimeType))) return 'media';
  return (size ?? 0) > largest ? 'large' : null;
}

/** Bytes of the body, as far as the entry tells. */
export function sizeOf(entry: unknown): number | null {
  return number(record(record(record(entry).response).content).size);
}
