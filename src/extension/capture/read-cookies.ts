import type { Cookie } from '../../engine/model/capture.ts';
import { carriedAt, isSentWith } from '../../engine/model/cookie-scope.ts';
import { fairShare } from '../../engine/text/fair-share.ts';
import type { SiteAccess } from '../../panel/host.ts';
import { isCandidate } from '../../probes/candidate.ts';
import { type Browser, within } from '../browsers/browser.ts';
import { parse } from './frame-origin.ts';
import type { StorageGroup } from './frames.ts';
import { isGranted } from './site-access.ts';

/** Frames whose cookies are asked for. */
const maxUrls = 200;

/** Cookies that were set between two looks and are kept for the next. */
const mostFleeting = 200;

/** The cookies of the sites that may be read, with their attributes. Asked for only when they may have changed. */
export class CookieMemory {
  #cookies: Cookie[] = [];
  #key = '';
  #changes = 0;
  /** How many that were set in between were left out, because there were too many at once. */
  left = 0;
  /** Set since the last look, as the browser told then: by the next they may be gone or overwritten. */
  #fleeting: Cookie[] = [];
  /** Whether there are frames whose cookies were not asked for. */
  unasked = false;
  /** How often in a row the browser told no cookies though it was asked. */
  misses = 0;
  readonly #browser: Browser;
  readonly #patience: number;

  constructor(browser: Browser, patience: number) {
    this.#browser = browser;
    this.#patience = patience;
  }

  /** Something happened after which cookies may differ: `set` is one that was set just now. */
  notice(set?: Cookie): void {
    this.#changes += 1;
    // A flood of cookies that hold no token, or of one name, pushes out no other.
    if (!set || !isCandidate(set.value)) return;
    this.#fleeting.push(set);
    if (this.#fleeting.length <= mostFleeting * 2) return;
    this.left += this.#fleeting.length - mostFleeting;
    this.#fleeting = fairShare(this.#fleeting, mostFleeting, ({ name, domain }) => `${name} ${domain}`);
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
    // Of very many frames, one of each folder: cookies know no other difference.
    const asked = fairShare([...urls].reverse(), maxUrls, folderOf).reverse();
    this.unasked = new Set(urls.map(folderOf)).size > maxUrls;
    const listed = asked.length > 0 ? await within(this.#patience, this.#browser.listCookies(asked), null) : [];
    this.misses = listed ? 0 : this.misses + 1;
    if (!listed) return this.#cookies;
    this.#key = key;
    this.#cookies = ownCookies(listed, pageUrl);
    const missed = missedCookies(this.#fleeting, this.#cookies, asked, pageUrl);
    this.#fleeting = [];
    // They count for this look alone: the next asks again, and finds them gone.
    if (missed.length > 0) this.#changes += 1;
    return [...this.#cookies, ...missed];
  }
}

function folderOf(url: string): string {
  const address = url.split(/[?#]/, 1)[0] ?? '';
  return address.slice(0, address.lastIndexOf('/') + 1);
}

/** Cookies that belong to the inspected page: of several partitions, only the page's own counts. Each once. */
function ownCookies(cookies: readonly Cookie[], pageUrl: string): Cookie[] {
  const seen = new Set<string>();
  return cookies.filter((cookie) => {
    if (cookie.partitionedBy !== null && !isSameSite(cookie.partitionedBy, pageUrl)) return false;
    const name = JSON.stringify([cookie.name, cookie.domain, cookie.path, cookie.partitionedBy]);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/** Those of the cookies that were set which a document, or its requests to another path, would send, and which are no longer there as they were set. */
function missedCookies(
  set: readonly Cookie[],
  there: readonly Cookie[],
  urls: readonly string[],
  pageUrl: string,
): Cookie[] {
  const missed = new Map<string, Cookie>();
  for (const cookie of set) {
    const url =
      urls.find((one) => isSentWith(cookie, one)) ??
      urls.map((one) => carriedAt(cookie, one)).find((one) => one !== null);
    if (!url || (cookie.partitionedBy !== null && !isSameSite(cookie.partitionedBy, pageUrl))) continue;
    const key = ({ name, value, domain, path, partitionedBy }: Cookie) =>
      JSON.stringify([name, value, domain, path, partitionedBy]);
    if (!there.some((one) => key(one) === key(cookie))) missed.set(key(cookie), { ...cookie, url });
  }
  return [...missed.values()];
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
