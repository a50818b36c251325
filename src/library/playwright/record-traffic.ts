import type { Exchange, Problem } from '../../engine/model/capture.ts';
import { readable } from '../../inputs/har-entry.ts';
import { by, type Deadline } from './deadline.ts';
import {
  isPage,
  type PlaywrightContext,
  type PlaywrightPage,
  type PlaywrightRequest,
  type PlaywrightResponse,
  type PlaywrightSocket,
  type PlaywrightTarget,
} from './playwright.ts';
import { bodyOf, exchangeOfRequest, withAnswer } from './told-exchange.ts';

/** What is kept of the traffic of one recording: requests and sockets, messages, and characters of bodies and messages in all. */
const most = { exchanges: 10_000, messages: 20_000, characters: 128 << 20, bodyBytes: 4 << 20 };
/** Kinds of resources whose bodies hold no token. */
const media = new Set(['image', 'media', 'font']);

/** What was not kept, and why. */
interface Unread {
  media: number;
  large: number;
  lost: number;
  skipped: number;
  streams: number;
}

interface Recorded {
  exchange: Exchange;
  /** The page that it was made for; null where Playwright does not tell, as of service workers. */
  page(): PlaywrightPage | null;
}

interface Recording {
  entries: Map<object, Recorded>;
  /** Answers that are still read. */
  pending: Set<Promise<unknown>>;
  unread: Unread;
  /** Addresses of pages that were open before. */
  before: string[];
}

const recordings = new WeakMap<object, Recording[]>();

/**
 * Records what a page, or every page of a context, sends and receives from now on, for `inspectPage` and the matchers: requests with their
 * headers and bodies, answers, and messages of WebSockets. Start it before the page is opened. Returns what ends the recording;
 * what was recorded still counts then.
 */
export function recordTraffic(target: PlaywrightTarget): () => void {
  const context = isPage(target) ? target.context() : target;
  const isWanted = (page: PlaywrightPage | null) => !isPage(target) || page === null || page === target;
  const pages = (isPage(target) ? [target] : context.pages()).map((page) => page.url());
  const recording: Recording = {
    entries: new Map(),
    pending: new Set(),
    unread: { media: 0, large: 0, lost: 0, skipped: 0, streams: 0 },
    before: pages.filter((url) => url !== 'about:blank'),
  };
  recordings.set(context, [...(recordings.get(context) ?? []), recording]);
  return listen(context, isWanted, new Recorder(recording), isPage(target) ? target : null);
}

/** Has a recorder hear what a context tells, until the returned function is called. */
function listen(
  context: PlaywrightContext,
  isWanted: (page: PlaywrightPage | null) => boolean,
  recorder: Recorder,
  only: PlaywrightPage | null,
): () => void {
  const onRequest = (request: PlaywrightRequest) => {
    if (isWanted(pageOf(request))) recorder.request(request);
  };
  const onResponse = (response: PlaywrightResponse) => recorder.response(response);
  const onEnd = (request: PlaywrightRequest) => recorder.end(request);
  const heard: [PlaywrightPage, (socket: PlaywrightSocket) => void][] = [];
  const onPage = (page: PlaywrightPage) => {
    const onSocket = (socket: PlaywrightSocket) => recorder.socket(socket, page);
    page.on('websocket', onSocket);
    heard.push([page, onSocket]);
  };
  context.on('request', onRequest);
  context.on('response', onResponse);
  context.on('requestfinished', onEnd);
  if (only) onPage(only);
  else {
    context.on('page', onPage);
    for (const page of context.pages()) onPage(page);
  }
  return () => {
    context.removeListener('request', onRequest);
    context.removeListener('response', onResponse);
    context.removeListener('requestfinished', onEnd);
    context.removeListener('page', onPage);
    for (const [page, onSocket] of heard) page.removeListener('websocket', onSocket);
    recorder.isEnded = true;
  };
}

/** Takes in what is told, within bounds. Nothing that a page does makes it throw. */
class Recorder {
  isEnded = false;
  #characters = 0;
  #messages = 0;
  readonly #recording: Recording;

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  request(request: PlaywrightRequest): void {
    const { entries, unread } = this.#recording;
    if (entries.size >= most.exchanges) {
      unread.skipped += 1;
      return;
    }
    const page = pageOf(request);
    const exchange = exchangeOfRequest(request, `request ${entries.size + 1}`, page?.url() ?? null);
    if (request.resourceType() === 'eventsource') unread.streams += 1;
    exchange.requestBody = this.#kept(exchange.requestBody);
    entries.set(request, { exchange, page: () => pageOf(request) });
    this.#await(
      request.headersArray().then((headers) => {
        exchange.requestHeaders = headers;
      }),
    );
  }

  response(response: PlaywrightResponse): void {
    const recorded = this.#recording.entries.get(response.request());
    if (recorded) this.#await(withAnswer(recorded.exchange, response));
  }

  /** Its answer has come whole. */
  end(request: PlaywrightRequest): void {
    const recorded = this.#recording.entries.get(request);
    if (recorded) this.#await(this.#readBody(request, recorded.exchange));
  }

  socket(socket: PlaywrightSocket, page: PlaywrightPage): void {
    const { entries, unread } = this.#recording;
    if (entries.size >= most.exchanges) {
      unread.skipped += 1;
      return;
    }
    const exchange: Exchange = {
      ...exchangeOfSocket(socket.url(), `request ${entries.size + 1}`, page.url()),
    };
    entries.set(socket, { exchange, page: () => page });
    const hear =
      (direction: 'sent' | 'received') =>
      ({ payload }: { payload: string | Uint8Array }) => {
        if (this.isEnded) return;
        this.#messages += 1;
        const text = typeof payload === 'string' ? payload : readable(payload);
        const body = this.#messages > most.messages ? null : this.#kept({ text, mimeType: null });
        if (body) exchange.messages.push({ direction, text: body.text, at: Date.now() / 1000 });
        else unread.skipped += 1;
      };
    socket.on('framesent', hear('sent'));
    socket.on('framereceived', hear('received'));
  }

  async #readBody(request: PlaywrightRequest, exchange: Exchange): Promise<void> {
    const { unread } = this.#recording;
    try {
      const { startTime, responseEnd } = request.timing();
      if (startTime > 0 && responseEnd > 0) exchange.endedAt = (startTime + responseEnd) / 1000;
      const response = await request.response();
      // A redirect has no body to be had, nor has an answer without content.
      if (!response || (response.status() >= 300 && response.status() < 400) || response.status() === 204) return;
      if (media.has(request.resourceType())) {
        unread.media += 1;
        return;
      }
      const { responseBodySize } = await request.sizes();
      if (responseBodySize > most.bodyBytes) {
        unread.large += 1;
        return;
      }
      const bytes = await response.body();
      exchange.responseBody = this.#kept(bodyOf(exchange, bytes));
    } catch {
      unread.lost += 1;
    }
  }

  /** A body, if there is still room for it. */
  #kept<B extends { text: string } | null>(body: B): B | null {
    if (body === null) return null;
    if (body.text.length > most.bodyBytes || this.#characters + body.text.length > most.characters) {
      this.#recording.unread.large += 1;
      return null;
    }
    this.#characters += body.text.length;
    return body;
  }

  #await(work: Promise<unknown>): void {
    const { pending } = this.#recording;
    // A page that is closed takes what it had not told yet along.
    const settled = work.catch(() => {}).finally(() => pending.delete(settled));
    pending.add(settled);
  }
}

function exchangeOfSocket(url: string, name: string, pageUrl: string): Exchange {
  return {
    name,
    method: 'GET',
    url,
    startedAt: Date.now() / 1000,
    pageUrl,
    initiator: null,
    requestHeaders: [],
    requestBody: null,
    status: null,
    responseHeaders: [],
    responseBody: null,
    messages: [],
  };
}

/** The page that a request was made for; null where Playwright does not tell. */
function pageOf(request: PlaywrightRequest): PlaywrightPage | null {
  try {
    return request.frame().page();
  } catch {
    return null;
  }
}

export interface RecordedTraffic {
  isRecorded: boolean;
  exchanges: Exchange[];
  problems: Problem[];
}

/** What was recorded of a page until now. Never rejects, and ends by the deadline. */
export async function recordedTraffic(page: PlaywrightPage, deadline: Deadline): Promise<RecordedTraffic> {
  const all = recordings.get(page.context()) ?? [];
  const pending = all.flatMap((one) => [...one.pending]);
  const isWhole = await by(
    deadline,
    Promise.all(pending).then(() => true),
    false,
  );
  const entries = new Map<object, Recorded>();
  for (const recording of all) for (const [key, one] of recording.entries) if (!entries.has(key)) entries.set(key, one);
  const own = [...entries.values()].filter((one) => {
    const made = one.page();
    return made === null || made === page;
  });
  return {
    isRecorded: all.length > 0,
    exchanges: own.map(({ exchange }) => exchange),
    problems: [...all.flatMap(problemsOf), ...(isWhole ? [] : [unfinished])],
  };
}

const unfinished: Problem = {
  code: 'traffic-unread',
  message: 'Some answers were still being read when the time was over; what they hold is not in the report.',
};

function problemsOf({ unread, before }: Recording): Problem[] {
  const { media, large, lost, skipped, streams } = unread;
  const counted = [
    [media, 'bodies of images, media and fonts'],
    [large, `bodies or messages that are larger than ${most.bodyBytes >> 20} MB or too many`],
    [lost, 'bodies that the browser no longer had'],
    [skipped, 'requests or messages beyond what is kept'],
    [streams, 'event streams, whose events Playwright does not tell'],
  ] as const;
  const words = counted.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return [
    ...(words.length > 0
      ? [{ code: 'traffic-unread', message: `Of the traffic these were not read: ${words.join('; ')}.` }]
      : []),
    ...before.slice(0, 5).map((url) => ({
      code: 'traffic-late',
      message: 'The page was open before its traffic was recorded: what it sent and received until then is not known.',
      subject: url,
    })),
  ];
}
