import type { Cookie } from '../../engine/model/capture.ts';
import type { SiteAccess } from '../../panel/host.ts';
import { type Browser, within } from '../browsers/browser.ts';
import { parse } from './frame-origin.ts';
import type { StorageGroup } from './frames.ts';
import { isGranted } from './site-access.ts';

/** Frames whose cookies are asked for. */
const maxUrls = 200;

/** The cookies of the sites that may be read, with their attributes. Asked for only when they may have changed. */
export class CookieMemory {
  #cookies: Cookie[] = [];
  #key = '';
  #changes = 0;
  readonly #browser: Browser;
  readonly #patience: number;

  constructor(browser: Browser, patience: number) {
    this.#browser = browser;
    this.#patience = patience;
  }

  /** Something happened after which cookies may differ. */
  notice(): void {
    this.#changes += 1;
  }

  async read(
    groups: readonly StorageGroup[],
    sites: readonly SiteAccess[],
    pageUrl: string,
  ): Promise<readonly Cookie[]> {
    const readable = groups.filter(({ site }) => isGranted(sites, site));
    const urls = [...new Set(readable.flatMap(({ frames }) => frames.map(({ url }) => url.replace(/#[\s\S]*$/, ''))))];
    const key = JSON.stringify([this.#changes, urls]);
    if (key === this.#key) return this.#cookies;
    const asked = urls.slice(0, maxUrls);
    const listed = asked.length > 0 ? await within(this.#patience, this.#browser.listCookies(asked), null) : [];
    if (!listed) return this.#cookies;
    this.#key = key;
    this.#cookies = ownCookies(listed, pageUrl);
    return this.#cookies;
  }
}

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

/** Ports share cookies, so two origins of one host show the same ones. */
export function isKnownCookie(cookie: Cookie, cookies: readonly Cookie[]): boolean {
  const host = parse(cookie.url)?.hostname;
  return cookies.some(
    (other) => other.name === cookie.name && other.value === cookie.value && parse(other.url)?.hostname === host,
  );
}
