import type { Capture, Cookie, Page, Problem, Store } from '../../engine/model.ts';
import type { HostEvent, PageState, SiteAccess } from '../../panel/host.ts';
import { type Browser, type BrowserFrame, within } from '../browsers/browser.ts';
import { captureFrames, groupByOrigin, isWeb, type OriginGroup, parse } from './frames.ts';
import { ownCookies, scriptCookies } from './read-cookies.ts';
import { OriginReader, type OriginReading } from './read-origin.ts';

export interface Pace {
  /** Milliseconds between readings of a quick page. */
  shortest: number;
  longest: number;
  /** A reading that took n milliseconds is followed by n times this much rest: 50 keeps the cost below 2 %. */
  restFactor: number;
  /** Milliseconds the page has to answer. */
  patience: number;
  /** Milliseconds after which titles, scripts and windows are looked at again. */
  thoroughEvery: number;
  /** Milliseconds after which everything is copied afresh, whatever the stamps say. */
  afreshEvery: number;
}

export const defaultPace: Pace = {
  shortest: 500,
  longest: 10_000,
  restFactor: 50,
  patience: 4000,
  thoroughEvery: 5000,
  afreshEvery: 60_000,
};

export interface PageWatch {
  /** Reads everything afresh, now. */
  rescan(): void;
  pause(): void;
  resume(): void;
  stop(): void;
}

interface Origin {
  reader: OriginReader;
  /** What was read last; kept while the page does not answer. */
  last: (OriginReading & { ok: true }) | null;
  /** A reading the page has not answered yet; no second one is sent after it. */
  pending: Promise<OriginReading> | null;
  /** How many readings in a row failed. */
  failures: number;
}

/** Follows the inspected page and reports fresh captures whenever something changed. */
export function watchPage(
  browser: Browser,
  listener: (event: HostEvent) => void,
  clock: () => number = Date.now,
  pace: Pace = defaultPace,
): PageWatch {
  const origins = new Map<string, Origin>();
  const firstSeen = new Map<string, number>();
  const accessKnown = new Map<string, boolean>();
  let cookies: Cookie[] = [];
  let cookieKey = '';
  let cookieChanges = 0;
  let isStopped = false;
  let isPaused = false;
  let isRunning = false;
  /** A round asked for while another runs: at once after a navigation, after a decent rest otherwise. */
  let wanted: 'now' | 'later' | null = null;
  let interrupt = () => {};
  let thoroughAt = 0;
  let afreshAt = clock() + pace.afreshEvery;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastCapture = '';
  let lastState = '';
  let refusals = 0;
  let costs: number[] = [];

  const stopListening = browser.onChange((change) => {
    if (change === 'page' || change === 'frames') thoroughAt = 0;
    if (change === 'access') accessKnown.clear();
    if (change !== 'frames') cookieChanges += 1;
    // A document that has gone never answers.
    if (change === 'page') {
      for (const origin of origins.values()) origin.pending = null;
      interrupt();
    }
    soon(change === 'page' || change === 'access' ? 0 : 50);
  });
  setState({ kind: 'loading' });
  soon(0);

  return {
    rescan() {
      for (const { reader } of origins.values()) reader.forget();
      thoroughAt = 0;
      cookieChanges += 1;
      lastCapture = '';
      soon(0);
    },
    pause() {
      isPaused = true;
      clearTimeout(timer);
    },
    resume() {
      if (!isPaused) return;
      isPaused = false;
      accessKnown.clear();
      cookieChanges += 1;
      thoroughAt = 0;
      soon(0);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      stopListening();
    },
  };

  function soon(milliseconds: number) {
    if (isStopped || isPaused) return;
    if (isRunning) {
      wanted = milliseconds === 0 || wanted === 'now' ? 'now' : 'later';
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => void round(), milliseconds);
  }

  async function round() {
    isRunning = true;
    wanted = null;
    const startedAt = clock();
    let cost = pace.longest;
    try {
      cost = await read();
    } catch (error) {
      // A browser API that rejects where it is not documented to must not end the watch.
      setState({
        kind: 'failed',
        message: `Reading the page failed (${String(error).slice(0, 200)}). It is tried again.`,
      });
    }
    isRunning = false;
    // A busy machine makes one look slow now and then; what the page makes slow is slow every time.
    costs = [...costs.slice(-3), cost];
    const rest = Math.min(pace.longest, Math.max(pace.shortest, Math.min(...costs) * pace.restFactor));
    const taken = clock() - startedAt;
    soon(wanted === 'now' ? 0 : wanted === 'later' ? Math.min(rest, Math.max(50, taken / 2)) : rest);
  }

  /** One look at everything. Returns the milliseconds it may have cost the page. */
  async function read(): Promise<number> {
    const frames = await within(pace.patience, browser.listFrames(), null);
    const top = frames?.find(({ id }) => id === 0);
    if (isStopped || isPaused) return 0;
    if (!frames || !top) {
      setState({ kind: 'failed', message: 'The browser does not say what this tab shows. It is asked again.' });
      return 0;
    }
    forgetGoneFrames(frames);
    const unsupported = whyUnsupported(top);
    if (unsupported) {
      origins.clear();
      setState({ kind: 'unsupported', url: top.url || null, reason: unsupported });
      emit(frames, top, [], [], [], null);
      return 0;
    }

    const groups = groupByOrigin(frames);
    for (const id of origins.keys()) if (!groups.some((group) => group.id === id)) origins.delete(id);
    const sites = await listSites(groups);
    const now = clock();
    const isThorough = now >= thoroughAt;
    if (isThorough) thoroughAt = now + pace.thoroughEvery;
    if (now >= afreshAt) {
      afreshAt = now + pace.afreshEvery;
      for (const { reader } of origins.values()) reader.forget();
    }
    const interrupted = new Promise<void>((resolve) => {
      interrupt = resolve;
    });
    const readings = await Promise.all(
      groups.map(async (group) => ({ group, reading: await readGroup(group, sites, isThorough, interrupted) })),
    );
    await readCookies(groups, sites, top.url);
    if (isStopped || isPaused) return 0;
    const cost = clock() - now;

    const page = readings.find(({ group }) => group.isPage)?.reading;
    if (page && !page.ok && page.code === 'refused') {
      refusals += 1;
      // While a page is being replaced it refuses for a moment.
      if (refusals < 3) return 0;
      setState({ kind: 'unsupported', url: top.url, reason: 'sandboxed' });
    } else {
      refusals = 0;
      if (page && !page.ok && page.code === 'no-answer')
        setState({
          kind: 'failed',
          message:
            'The page is not answering: it is busy, or stopped in the debugger. What was found so far is kept, and reading goes on by itself as soon as the page answers.',
        });
      else setState({ kind: 'watching', sites });
    }

    const stores: Store[] = [];
    const problems: Problem[] = [];
    const shownCookies = [...cookies];
    for (const { group, reading } of readings) {
      const last = origins.get(group.id)?.last;
      problems.push(...(reading.ok ? reading.problems : failureProblems(group, reading.code)));
      if (!last) continue;
      for (const store of last.stores) if (!isRepeated(store, stores)) stores.push(store);
      if (sites.some((site) => site.site === group.site && site.granted)) continue;
      for (const cookie of scriptCookies(last.facts.cookies, last.stores[0]?.url ?? group.origin))
        if (!isKnownCookie(cookie, shownCookies)) shownCookies.push(cookie);
    }
    emit(frames, top, stores, shownCookies, problems, origins.get(groups[0]?.id ?? '')?.last ?? null);
    const isTampered = [...origins.values()].some(({ last }) => last?.isTampered);
    return isTampered ? pace.longest / pace.restFactor : cost;
  }

  async function readGroup(
    group: OriginGroup,
    sites: SiteAccess[],
    thorough: boolean,
    interrupted: Promise<void>,
  ): Promise<OriginReading> {
    let origin = origins.get(group.id);
    if (!origin) {
      origin = { reader: new OriginReader(browser), last: null, pending: null, failures: 0 };
      origins.set(group.id, origin);
    }
    const known = origin;
    const hasAccess = sites.some(({ site, granted }) => granted && site === group.site);
    if (!known.pending) {
      const reading = known.reader.read(group, hasAccess, thorough || known.last === null);
      known.pending = reading;
      void reading.then((value) => {
        // A page that has been replaced since has no say any more.
        if (known.pending !== reading) return;
        known.pending = null;
        if (!value.ok) return;
        known.last = value;
        // A late answer is news too.
        if (known.failures > 0) soon(0);
      });
    }
    // Who kept everybody waiting once is not waited for again.
    const patience = known.failures > 0 ? Math.min(250, pace.patience) : pace.patience;
    const left = interrupted.then(() => ({ ok: false as const, code: 'not-found' as const, message: '' }));
    const reading = await within(patience, Promise.race([known.pending, left]), {
      ok: false as const,
      code: 'no-answer' as const,
      message: '',
    });
    known.failures = reading.ok ? 0 : known.failures + 1;
    if (!reading.ok && reading.code !== 'no-answer' && known.failures >= 3) known.last = null;
    return reading;
  }

  /** Frames come and go, and fail for a moment while they do; only what stays unreadable is worth a word. */
  function failureProblems(group: OriginGroup, code: string): Problem[] {
    if ((origins.get(group.id)?.failures ?? 0) < 3 && code !== 'no-answer') return [];
    const subject = group.frames[0]?.url ?? group.origin;
    if (code === 'no-answer')
      return [
        {
          code: group.isPage ? 'page-not-answering' : 'frame-not-answering',
          message: `${group.isPage ? 'The page' : 'A frame'} is busy or stopped in the debugger; what it stores was last read before that.`,
          subject,
        },
      ];
    return [
      {
        code: 'frame-unreadable',
        message: `The browser does not let its tools into this ${group.isPage ? 'page' : 'frame'} (it may be sandboxed), so what it stores was not read. Its URL was.`,
        subject,
      },
    ];
  }

  async function listSites(groups: OriginGroup[]): Promise<SiteAccess[]> {
    const sites = new Map<string, SiteAccess>();
    for (const { site, isPage } of groups) {
      if (sites.has(site)) continue;
      let granted = accessKnown.get(site);
      if (granted === undefined) {
        granted = await within(pace.patience, browser.hasAccess(site), false);
        accessKnown.set(site, granted);
      }
      sites.set(site, { site, granted, isPage });
    }
    return [...sites.values()];
  }

  async function readCookies(groups: OriginGroup[], sites: SiteAccess[], pageUrl: string) {
    const readable = groups.filter(({ site }) => sites.some((one) => one.granted && one.site === site));
    const urls = [...new Set(readable.flatMap(({ frames }) => frames.map(({ url }) => url.replace(/#[\s\S]*$/, ''))))];
    const key = JSON.stringify([cookieChanges, urls]);
    if (key === cookieKey) return;
    const listed = urls.length > 0 ? await within(pace.patience, browser.listCookies(urls.slice(0, 200)), null) : [];
    if (!listed) return;
    cookieKey = key;
    cookies = ownCookies(listed, pageUrl);
  }

  function forgetGoneFrames(frames: BrowserFrame[]) {
    const present = new Set(frames.map(frameName));
    for (const name of firstSeen.keys()) if (!present.has(name)) firstSeen.delete(name);
    for (const name of present) if (!firstSeen.has(name)) firstSeen.set(name, Math.floor(clock() / 1000));
  }

  function emit(
    frames: BrowserFrame[],
    top: BrowserFrame,
    stores: Store[],
    shownCookies: Cookie[],
    problems: Problem[],
    reading: (OriginReading & { ok: true }) | null,
  ) {
    const seenAt = (frame: BrowserFrame) => firstSeen.get(frameName(frame)) ?? Math.floor(clock() / 1000);
    const page: Page = {
      url: top.url,
      title: reading?.facts.title ?? '',
      scriptOrigins: reading?.facts.scriptOrigins ?? null,
      loadedAt: seenAt(top),
    };
    const frameList = captureFrames(frames, seenAt);
    for (const { last } of origins.values()) {
      for (const url of last?.facts.windows ?? []) {
        // The browser's own list is the better one; this adds the frames it leaves out.
        if (!url.startsWith('blob:') || frameList.some((frame) => frame.url === url)) continue;
        frameList.push({ url, origin: parse(url)?.origin ?? 'null', parentUrl: null, loadedAt: seenAt(top) });
      }
    }
    const stamps = [...origins.values()].map(({ last }) => last?.stamp);
    const key = JSON.stringify([page, frameList, shownCookies, problems, stamps, stores.length]);
    if (key === lastCapture) return;
    lastCapture = key;
    const capture: Capture = {
      readAt: Math.floor(clock() / 1000),
      page,
      frames: frameList,
      stores,
      cookies: shownCookies,
      texts: [],
      problems,
    };
    listener({ kind: 'capture', capture });
  }

  function setState(state: PageState) {
    const text = JSON.stringify(state);
    if (text === lastState) return;
    lastState = text;
    listener({ kind: 'state', state });
  }
}

type UnsupportedReason = (PageState & { kind: 'unsupported' })['reason'];

function whyUnsupported(top: BrowserFrame): UnsupportedReason | null {
  const url = parse(top.url);
  if (top.isError) return 'error-page';
  if (!url) return 'other';
  if (isWeb(url)) return null;
  if (url.protocol === 'file:') return 'file';
  return ['about:', 'data:', 'blob:'].includes(url.protocol) ? 'other' : 'browser-page';
}

/** Whether the same contents were read already through another frame of the origin. */
function isRepeated(store: Store, stores: Store[]): boolean {
  return stores.some(
    (other) =>
      other.source === store.source &&
      other.origin === store.origin &&
      other.entries.length === store.entries.length &&
      other.entries.every(({ key, text }, i) => store.entries[i]?.key === key && store.entries[i]?.text === text),
  );
}

/** Ports share cookies, so two origins of one host show the same ones. */
function isKnownCookie(cookie: Cookie, cookies: Cookie[]): boolean {
  const host = parse(cookie.url)?.hostname;
  return cookies.some(
    (other) => other.name === cookie.name && other.value === cookie.value && parse(other.url)?.hostname === host,
  );
}

function frameName({ id, documentId, url }: BrowserFrame): string {
  return JSON.stringify([id, documentId, url]);
}
