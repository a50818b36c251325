import type { Cookies } from 'webextension-polyfill';
import type { Cookie } from '../../engine/model/capture.ts';

const sameSites = { no_restriction: 'none', lax: 'lax', strict: 'strict', unspecified: 'unspecified' } as const;

/** By its partition, or where Firefox isolates by first party, by that: a site without its scheme, which is taken from the document. */
function partitionOf({ partitionKey, firstPartyDomain }: Cookies.Cookie, url: string): string | null {
  if (partitionKey?.topLevelSite) return partitionKey.topLevelSite;
  return firstPartyDomain ? `${url.startsWith('https:') ? 'https' : 'http'}://${firstPartyDomain}` : null;
}

/** @param url of the document that it was asked for */
export function toCookie(cookie: Cookies.Cookie, url: string): Cookie {
  return {
    name: cookie.name,
    value: cookie.value,
    domain: cookie.domain,
    hostOnly: cookie.hostOnly,
    path: cookie.path,
    httpOnly: cookie.httpOnly,
    secure: cookie.secure,
    sameSite: sameSites[cookie.sameSite] ?? 'unspecified',
    session: cookie.session,
    expiresAt: cookie.expirationDate ?? null,
    partitionedBy: partitionOf(cookie, url),
    url,
  };
}
