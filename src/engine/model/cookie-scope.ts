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
