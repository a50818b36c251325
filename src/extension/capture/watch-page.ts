import type { Capture } from '../../engine/model/capture.ts';
import type { HostEvent, PageState } from '../../panel/host.ts';
import { probes } from '../../probes/index.ts';
import type { Browser } from '../browsers/browser.ts';
import { assembleCapture } from './assemble-capture.ts';
import { EarlierRequests } from './earlier-requests.ts';
import { PageReader, type PageReading, type ReadPart, type WatchOptions } from './read-page.ts';
import { defaultPace, Rounds } from './rounds.ts';

const defaultOptions = { probes, pace: defaultPace, clock: () => Date.now(), onEarlier: () => {} };

export interface PageWatch {
  /** Reads everything afresh, now. */
  rescan(): void;
  pause(): void;
  resume(): void;
  stop(): void;
}

/** Follows the inspected page and reports fresh captures whenever something changed. */
export function watchPage(
  browser: Browser,
  listener: (event: HostEvent) => void,
  given: Partial<WatchOptions> = {},
): PageWatch {
  const options: WatchOptions = { ...defaultOptions, earlier: new EarlierRequests(), ...given };
  const news = new News(listener);
  // A late answer is news too.
  const reader = new PageReader(browser, options, () => rounds.soon(0));
  const look = createLook(reader, news, options, () => rounds.isActive);
  const rounds = new Rounds(look, options);
  const stopListening = browser.onChange((change, set) => {
    reader.notice(change, set);
    if (change === 'page') rounds.begin();
    else if (change === 'access') rounds.soon(0);
    else rounds.hurry(50);
  });
  news.tellState({ kind: 'loading' });
  rounds.soon(0);

  return {
    rescan() {
      reader.forget();
      news.forgetCapture();
      rounds.soon(0);
    },
    pause: () => rounds.pause(),
    resume() {
      if (!rounds.isPaused) return;
      reader.distrust();
      rounds.resume();
    },
    stop() {
      rounds.stop();
      stopListening();
    },
  };
}

/** One look at the page after another. Each gives the milliseconds it may have cost the page. */
function createLook(
  reader: PageReader,
  news: News,
  { pace, clock, earlier, onEarlier }: WatchOptions,
  isWanted: () => boolean,
): () => Promise<number> {
  async function look(): Promise<number> {
    const reading = await reader.read(isWanted);
    if (!isWanted()) return 0;
    if (!reading) {
      news.tellState({ kind: 'failed', message: 'The browser does not say what this tab shows. It is asked again.' });
      return 0;
    }
    // While a page is being replaced it refuses for a moment.
    if (isRefused(reading) && (pagePart(reading)?.misses ?? 0) < 3) return 0;
    news.tellState(stateOf(reading));
    const requests = earlier.take(reading.parts, reading.frames);
    if (requests.length > 0) onEarlier(requests, earlier.left);
    news.tellCapture(assembleCapture(reading, Math.floor(clock() / 1000)), stampsOf(reading));
    const isTampered = reading.parts.some(({ last }) => last?.isTampered);
    return isTampered ? pace.longest / pace.restFactor : reading.cost;
  }

  return async () => {
    try {
      return await look();
    } catch (error) {
      // A browser API that rejects where it is not documented to must not end the watch.
      const message = `Reading the page failed (${String(error).slice(0, 200)}). It is tried again.`;
      news.tellState({ kind: 'failed', message });
      return pace.longest;
    }
  };
}

function pagePart({ parts }: PageReading): ReadPart | undefined {
  return parts.find(({ group }) => group.isPage);
}

function isRefused(all: PageReading): boolean {
  const reading = pagePart(all)?.reading;
  return reading?.ok === false && (reading.code === 'refused' || reading.code === 'forbidden');
}

/** No extension may enter, sandboxed or not. */
function isForbidden(all: PageReading): boolean {
  const reading = pagePart(all)?.reading;
  return reading?.ok === false && reading.code === 'forbidden';
}

function stateOf(reading: PageReading): PageState {
  const { top, unsupported, sites } = reading;
  if (unsupported) return { kind: 'unsupported', url: top.url || null, reason: unsupported };
  // One document after the other may refuse because it is left.
  if (isRefused(reading) && (pagePart(reading)?.failures ?? 0) >= 3)
    return { kind: 'unsupported', url: top.url, reason: isForbidden(reading) ? 'other' : 'sandboxed' };
  const page = pagePart(reading)?.reading;
  if (page?.ok !== false || page.code !== 'no-answer') return { kind: 'watching', sites };
  return {
    kind: 'failed',
    message:
      'The page is not answering: it, or the devtools, are busy, or it is stopped in the debugger, or has crashed. What was found so far is kept, and reading goes on by itself as soon as the page answers or is loaded again.',
  };
}

/** Stands for the contents of every storage. */
function stampsOf({ parts }: PageReading): string {
  return JSON.stringify(parts.map(({ last }) => last?.stamp));
}

/** What a page's own script tells is told again once nothing has changed for so long: what requests carried meanwhile is held against it. */
const settledSeconds = 4;

/** Tells what is new, and keeps to itself what was told already. */
class News {
  #capture = '';
  #state = '';
  /** When a capture was told that was new, in seconds since the epoch; null once it was told again. */
  #newAt: number | null = null;
  readonly #listener: (event: HostEvent) => void;

  constructor(listener: (event: HostEvent) => void) {
    this.#listener = listener;
  }

  tellState(state: PageState): void {
    const text = JSON.stringify(state);
    if (text === this.#state) return;
    this.#state = text;
    this.#listener({ kind: 'state', state });
  }

  /** @param stamps stand for the stores, which are too long to be compared */
  tellCapture(capture: Capture, stamps: string): void {
    const { page, frames, cookies, problems, stores } = capture;
    const key = JSON.stringify([page, frames, cookies, problems, stamps, stores.length]);
    if (key === this.#capture) {
      if (this.#newAt === null || capture.readAt < this.#newAt + settledSeconds) return;
      this.#newAt = null;
    } else this.#newAt = capture.closedHosts?.length ? capture.readAt : null;
    this.#capture = key;
    this.#listener({ kind: 'capture', capture });
  }

  /** The next capture is told, whether it differs or not. */
  forgetCapture(): void {
    this.#capture = '';
  }
}
