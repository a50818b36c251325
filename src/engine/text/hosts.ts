/** A URL in its parts; null for what is none. `URL.canParse` of Node 20 forgets, once it was asked often, that letters may be other than ASCII. */
export function urlFrom(text: string | null, base?: string): URL | null {
  if (text === null) return null;
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

/**
 * An address whose host is written as it is known: without the dot that names the root of all domains, and with which browsers
 * reach the same host. Null for what is no URL.
 */
export function addressFrom(text: string | null): URL | null {
  const url = urlFrom(text);
  if (url?.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  return url;
}

/** The host of a URL or origin, without port; null where there is none. */
export function hostOf(url: string | null): string | null {
  return urlFrom(url)?.hostname || null;
}

/** True for hosts that only developers reach: loopback, `.localhost`, `.test`, and private addresses (RFC 1918, RFC 4193, RFC 6761). */
export function isDevelopmentHost(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (isLoopback(name)) return true;
  if (/(^|\.)test$/.test(name)) return true;
  if (/^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)(\.\d{1,3}){1,3}$/.test(name))
    return /^\d+(\.\d+){3}$/.test(name);
  return /^f[cd][0-9a-f]{2}:|^fe80:/.test(name);
}

/** True for `localhost`, names under it, 127.0.0.0/8 and ::1. */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  return name === '::1' || /(^|\.)localhost$/.test(name) || /^127(\.\d{1,3}){3}$/.test(name);
}

/** True when a host is the pattern, or lies below it where it starts with `*.`. */
export function isHostLike(host: string, pattern: string): boolean {
  const plain = pattern.toLowerCase().replace(/^\*\./, '');
  return host === plain || (pattern.startsWith('*.') && host.endsWith(`.${plain}`));
}
