import type { Cookie } from '../../model/capture.ts';
import { hostOf } from '../../text/hosts.ts';
import { sameSiteIn } from '../../text/same-site.ts';

/**
 * Reads a `Set-Cookie` header as a browser does (RFC 6265 §5.2). Null when it sets nothing.
 * `receivedAt` is in seconds since the epoch; without it, `Max-Age` gives no expiry time.
 */
export function parseSetCookie(header: string, url: string, receivedAt: number | null): Cookie | null {
  const [pair = '', ...attributes] = header.split(';');
  const equals = pair.indexOf('=');
  if (equals < 0) return null;
  const cookie: Cookie = {
    name: pair.slice(0, equals).trim(),
    value: pair.slice(equals + 1).trim(),
    domain: hostOf(url),
    hostOnly: true,
    path: '/',
    httpOnly: false,
    secure: false,
    sameSite: 'unspecified',
    session: true,
    expiresAt: null,
    partitionedBy: null,
    url,
  };
  let maxAge: number | null = null;
  for (const attribute of attributes) {
    const at = attribute.indexOf('=');
    const name = (at < 0 ? attribute : attribute.slice(0, at)).trim().toLowerCase();
    const value = at < 0 ? '' : attribute.slice(at + 1).trim();
    if (name === 'httponly') cookie.httpOnly = true;
    else if (name === 'secure') cookie.secure = true;
    else if (name === 'path' && value.startsWith('/')) cookie.path = value;
    else if (name === 'samesite') cookie.sameSite = sameSiteIn(value) ?? 'unspecified';
    else if (name === 'domain' && value) {
      cookie.domain = value.replace(/^\./, '').toLowerCase();
      cookie.hostOnly = false;
    } else if (name === 'expires') {
      const milliseconds = Date.parse(value);
      if (Number.isFinite(milliseconds)) cookie.expiresAt = milliseconds / 1000;
    } else if (name === 'max-age' && /^-?\d+$/.test(value)) maxAge = Number(value);
  }
  // Max-Age wins over Expires (RFC 6265 §5.3).
  if (maxAge !== null) cookie.expiresAt = receivedAt === null ? null : receivedAt + maxAge;
  cookie.session = cookie.expiresAt === null && maxAge === null;
  return cookie;
}
