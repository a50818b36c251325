import type { Cookie, Exchange, Problem } from '../../engine/model/capture.ts';
import type { PageState, SiteAccess } from '../../panel/host.ts';
import type { Probe } from '../../probes/probe.ts';
import { type Browser, type BrowserFrame, type Change, within } from '../browsers/browser.ts';
import type { EarlierRequests } from './earlier-requests.ts';
import { isWeb, parse } from './frame-origin.ts';
import { groupByStorage, type StorageGroup } from './frames.ts';
import { type KnownFrame, KnownFrames } from './known-frames.ts';
import { CookieMemory } from './read-cookies.ts';
import type { StorageReading } from './read-storage.ts';
import type { Pace } from './rounds.ts';
import { AccessMemory, isGranted } from './site-access.ts';
import { StorageWatch } from './storage-watch.ts';
import { UnreachedFrames } from './unreached-frames.ts';

type UnsupportedReason = (PageState & { kind: 'unsupported' })['reason'];

export interface WatchOptions {
  probes: readonly Probe[];
  pace: Pace;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Remembers which requests from before devtools were opened were told. */
  earlier: EarlierRequests;
  /** Hears of requests from before devtools were opened, each once, and of how many were left out in all. */
  onEarlier: (requests: Exchange[], left: number) => void;
}

export interface PageReading {
  /** The page itself; one of the frames. */
  top: KnownFrame;
  frames: KnownFrame[];
  /** Why nothing but its URLs can be read; null for an ordinary page. */
  unsupported: UnsupportedReason | null;
  sites: SiteAccess[];
  /** The page's own first. */
  parts: ReadPart[];
  /** Frames that nobody looks into. */
  unreached: readonly Problem[];
  /** With all their attributes, from sites that may be read. */
  cookies: readonly Cookie[];
  /** How many that were set between looks were left out; and whether some frames' were not asked for. */
  cookiesLeft: number;
  areCookiesPartial: boolean;
  /** The browser was asked for cookies several times and told none. */
  areCookiesUntold: boolean;
  /** Milliseconds that the page may have been kept busy. */
  cost: number;
}

/** One storage of the page, as this look found it. */
export interface ReadPart {
  group: StorageGroup;
  reading: StorageReading;
  /** The reading that counts: this one, or while the page does not answer an earlier one. */
  last: (StorageReading & { ok: true }) | null;
  /** How many readings in a row failed, whatever document there was; and of the document that is there. */
  misses: number;
  failures: number;
  /** When the reading that counts was made, in seconds since the epoch. */
  lastAt: number | null;
}

const noCookies = { cookiesLeft: 0, areCookiesPartial: false, areCookiesUntold: false };
/** Asked in vain this often in a row, the browser does not tell cookies. */
const fewestMisses = 2;

/** Looks at everything a page shows, and remembers between looks what need not be asked again. */
export class PageReader {
  readonly #frames: KnownFrames;
  readonly #storages = new Map<string, StorageWatch>();
  readonly #access: AccessMemory;
  readonly #unreached = new UnreachedFrames();
  readonly #cookies: CookieMemory;
  #thoroughAt = 0;
  /** When the page came that is shown, in the clock's milliseconds. */
  #cameAt: number;
  #interrupt = () => {};
  readonly #browser: Browser;
  readonly #probes: readonly Probe[];
  readonly #pace: Pace;
  readonly #clock: () => number;
  readonly #onLateAnswer: () => void;

  /** @param onLateAnswer called when the page answers a look that was given up */
  constructor(browser: Browser, { probes, pace, clock }: WatchOptions, onLateAnswer: () => void) {
    this.#browser = browser;
    this.#probes = probes;
    this.#pace = pace;
    this.#clock = clock;
    this.#onLateAnswer = onLateAnswer;
    this.#frames = new KnownFrames(browser, pace.patience);
    this.#access = new AccessMemory(browser, pace.patience);
    this.#cookies = new CookieMemory(browser, pace.patience);
    this.#cameAt = clock();
  }

  /** What happened to the tab, so that the next look asks for what it may have changed. */
  notice(change: Change, set?: Cookie): void {
    if (change === 'page' || change === 'address' || change === 'frames') this.#thoroughAt = 0;
    if (change === 'access') this.#forgetAccess();
    if (change !== 'frames') this.#cookies.notice(set);
    if (change !== 'page') return;
    this.#cameAt = this.#clock();
    for (const storage of this.#storages.values()) storage.abandon();
    this.#interrupt();
  }

  /** Nobody looked for a while: whatever events tell may have been missed. */
  distrust(): void {
    this.#forgetAccess();
    this.#cookies.notice();
    this.#thoroughAt = 0;
    for (const storage of this.#storages.values()) storage.distrust();
  }

  /** Makes the next look copy everything afresh, as the user has pressed for. */
  forget(): void {
    for (const storage of this.#storages.values()) storage.forget();
    this.#cookies.notice();
    this.#thoroughAt = 0;
  }

  /**
   * One look.
   *
   * @param isWanted asked between steps; when nobody waits any more, nothing further is asked of the page
   * @returns null when the browser does not say what the tab shows, or nobody waits any more
   */
  async read(isWanted: () => boolean): Promise<PageReading | null> {
    const listed = await within(this.#pace.patience, this.#browser.listFrames(), null);
    if (!isWanted() || !listed?.some(isTop)) return null;
    const frames = await this.#frames.update(listed, this.#clock() / 1000);
    const top = frames.find(isTop);
    if (!isWanted() || !top) return null;
    const unsupported = whyUnsupported(top);
    if (unsupported) {
      this.#storages.clear();
      return { top, frames, unsupported, sites: [], parts: [], unreached: [], cookies: [], ...noCookies, cost: 0 };
    }
    const groups = groupByStorage(frames);
    const sites = await this.#access.list(groups);
    const startedAt = this.#clock();
    const thorough = this.#isThorough(startedAt);
    const readings = await this.#readStorages(groups, sites, thorough);
    const cookies = await this.#cookies.read(groups, sites, top.url);
    const cost = this.#clock() - startedAt;
    const parts = readings.map(({ group, storage, reading }) => {
      const { last, lastAt, misses, failures } = storage;
      return { group, reading, last, lastAt, misses, failures };
    });
    if (thorough) this.#unreached.update(frames, parts, await this.#listDocuments());
    const { problems: unreached } = this.#unreached;
    const { left: cookiesLeft, unasked: areCookiesPartial, misses } = this.#cookies;
    const areCookiesUntold = misses >= fewestMisses;
    const told = { cookies, cookiesLeft, areCookiesPartial, areCookiesUntold };
    return { top, frames, unsupported, sites, parts, unreached, ...told, cost };
  }

  /** What the browser says of sites and frames depends on what it may say. */
  #forgetAccess(): void {
    this.#access.forget();
    this.#frames.forgetPartitions();
  }

  /** Whether this look is one of the thorough ones. */
  #isThorough(now: number): boolean {
    if (now < this.#thoroughAt) return false;
    // A page that has just come changes quickly.
    this.#thoroughAt = now + Math.min(this.#pace.thoroughEvery, Math.max(1000, now - this.#cameAt));
    return true;
  }

  async #listDocuments(): Promise<readonly string[]> {
    return within(this.#pace.patience, this.#browser.listDocuments?.() ?? Promise.resolve([]), []);
  }

  #readStorages(groups: readonly StorageGroup[], sites: readonly SiteAccess[], thorough: boolean) {
    for (const id of this.#storages.keys()) if (!groups.some((group) => group.id === id)) this.#storages.delete(id);
    const interrupted = new Promise<void>((resolve) => {
      this.#interrupt = resolve;
    });
    const { patience } = this.#pace;
    return Promise.all(
      groups.map(async (group) => {
        const storage = this.#storageOf(group);
        const hasAccess = isGranted(sites, group.site);
        const reading = await storage.read(group, { hasAccess, thorough, patience, interrupted });
        return { group, storage, reading };
      }),
    );
  }

  #storageOf({ id }: StorageGroup): StorageWatch {
    const storage =
      this.#storages.get(id) ?? new StorageWatch(this.#browser, this.#probes, this.#clock, this.#onLateAnswer);
    this.#storages.set(id, storage);
    return storage;
  }
}

function isTop({ id }: BrowserFrame): boolean {
  return id === 0;
}

function whyUnsupported(top: KnownFrame): UnsupportedReason | null {
  const url = parse(top.url);
  if (top.isError) return 'error-page';
  if (!url) return 'other';
  if (isWeb(url)) return null;
  if (url.protocol === 'file:') return 'file';
  return ['about:', 'data:', 'blob:'].includes(url.protocol) ? 'other' : 'browser-page';
}
