import { number, record, string } from '../../engine/text/narrow.ts';

/** Why the body of a reply is not asked for. */
export type Reason = 'none' | 'media' | 'large';

/** Largest body that is asked for, in bytes: each costs the page a millisecond in a hundred kilobytes. */
const largest = 256 * 1024;

/** Types in which no token is looked for. */
const media =
  /^(?:image|audio|video|font)\/(?!svg)|^text\/css|^application\/(?:wasm|font-|x-font|vnd\.ms-fontobject|pdf|zip)/i;

/** Whether the body of a reply is worth asking for, by what its entry says of it; null where it is. */
export function whyNotAsked(entry: unknown): Reason | null {
  const { response, _resourceType: type } = record(entry);
  const { status, content, redirectURL } = record(response);
  const { size, mimeType } = record(content);
  const code = number(status) ?? 0;
  // Sockets have messages, redirects a target, and what was not modified has come before.
  if (code < 200 || code === 204 || code === 205 || code === 304 || string(redirectURL)) return 'none';
  if (type === 'websocket' || size === 0) return 'none';
  if (media.test(string(mimeType))) return 'media';
  return (number(size) ?? 0) > largest ? 'large' : null;
}
