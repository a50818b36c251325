import type { Cookie } from '../../engine/model.ts';
import { parse } from './frames.ts';

/** Cookies that belong to the inspected page: of several partitions, only the page's own counts. Each once. */
export function ownCookies(cookies: readonly Cookie[], pageUrl: string): Cookie[] {
  const seen = new Set<string>();
  return cookies.filter((cookie) => {
    if (cookie.partitionedBy !== null && !isSameSite(cookie.partitionedBy, pageUrl)) return false;
    const name = JSON.stringify([cookie.name, cookie.domain, cookie.path, cookie.partitionedBy]);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/** A partition names the top-level site: a scheme and a registrable domain, which ends the host name. */
function isSameSite(site: string, pageUrl: string): boolean {
  const top = parse(site);
  const page = parse(pageUrl);
  if (!top || !page) return false;
  return (
    page.protocol === top.protocol && (page.hostname === top.hostname || page.hostname.endsWith(`.${top.hostname}`))
  );
}

/** Cookies as a page's own scripts see them: names and values; every attribute but their readability is unobserved. */
export function scriptCookies(text: string, url: string): Cookie[] {
  return text.split(/;\s?/).flatMap((pair) => {
    if (!pair) return [];
    const equals = pair.indexOf('=');
    return [
      {
        name: equals < 0 ? '' : pair.slice(0, equals),
        value: pair.slice(equals + 1),
        domain: null,
        hostOnly: null,
        path: null,
        httpOnly: false,
        secure: null,
        sameSite: null,
        session: null,
        expiresAt: null,
        partitionedBy: null,
        url,
      },
    ];
  });
}
