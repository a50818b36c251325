import { isLoopback, urlFrom } from '../text/hosts.ts';
import type { Cookie } from './capture.ts';

/** Whether requests to a URL carry a cookie (RFC 6265 §5.1.3, §5.1.4, §5.4). */
export function isSentWith({ domain, hostOnly, path, secure }: Cookie, text: string): boolean {
  const url = urlFrom(text);
  if (!url || domain === null) return false;
  const host = domain.replace(/^\./, '');
  const isHost = url.hostname === host || (hostOnly !== true && url.hostname.endsWith(`.${host}`));
  const folder = path ?? '/';
  const isBelow = url.pathname === folder || url.pathname.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
  const isLocal = isLoopback(url.hostname);
  return isHost && isBelow && (secure !== true || url.protocol === 'https:' || isLocal);
}

/**
 * Where requests to the origin of a URL carry a cookie, at the cookie's own path, below which no document need lie; null where none does.
 * The path is set, not resolved: one may begin with two slashes, as a host would.
 */
export function carriedAt(cookie: Cookie, text: string): string | null {
  const url = urlFrom(text);
  if (!url || !isSentWith({ ...cookie, path: '/' }, text)) return null;
  return Object.assign(new URL(url.origin), { pathname: cookie.path ?? '/' }).href;
}
