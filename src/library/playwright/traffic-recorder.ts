import type { Exchange, Header, Problem } from '../../engine/model/capture.ts';
import { readable } from '../../inputs/har-entry.ts';
import type { PlaywrightPage, PlaywrightRequest, PlaywrightResponse, PlaywrightSocket } from './playwright.ts';
import { addStatus, bodyOf, exchangeOfRequest, exchangeOfSocket } from './told-exchange.ts';

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

export interface Recorded {
  exchange: Exchange;
  /** The page that it was made for; null where Playwright does not tell, as of service workers. */
  page(): PlaywrightPage | null;
  /** Its answer has come whole, or its messages are told as they come. */
  isEnded: boolean;
}

/** What was recorded, and what of it was not kept. */
export interface Recording {
  entries: Map<object, Recorded>;
  /** Answers that are still read. */
  pending: Set<Promise<unknown>>;
  unread: Unread;
}

export function emptyRecording(): Recording {
  return {
    entries: new Map(),
    pending: new Set(),
    unread: { media: 0, large: 0, lost: 0, skipped: 0, streams: 0 },
  };
}

/** Takes in what is told, within bounds. Nothing that a page does makes it throw. */
export class Recorder {
  isEnded = false;
  #characters = 0;
  #messages = 0;
  readonly #recording: Recording;

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  request(request: PlaywrightRequest): void {
    const { entries, unread } = this.#recording;
    if (!this.#hasRoom(request.url())) return;
    const page = pageOf(request);
    const exchange = exchangeOfRequest(request, `request ${entries.size + 1}`, page?.url() ?? null);
    exchange.requestBody = this.#kept(exchange.requestBody);
    const isStream = request.resourceType() === 'eventsource';
    if (isStream) unread.streams += 1;
    entries.set(request, { exchange, page: () => pageOf(request), isEnded: isStream });
    // The browser tells what it really sent with the answer, which may never come.
    void request.headersArray().then(
      (headers) => {
        exchange.requestHeaders = this.#headers(headers);
      },
      () => {},
    );
  }

  response(response: PlaywrightResponse): void {
    const recorded = this.#recording.entries.get(response.request());
    if (recorded) this.#await(this.#readHead(response, recorded.exchange));
  }

  /** Its answer has come whole. */
  end(request: PlaywrightRequest): void {
    const recorded = this.fail(request);
    if (recorded) this.#await(this.#readBody(request, recorded.exchange));
  }

  /** Nothing more of it comes. */
  fail(request: PlaywrightRequest): Recorded | undefined {
    const recorded = this.#recording.entries.get(request);
    if (recorded) recorded.isEnded = true;
    return recorded;
  }

  socket(socket: PlaywrightSocket, page: PlaywrightPage): void {
    const { entries, unread } = this.#recording;
    if (!this.#hasRoom(socket.url())) return;
    const exchange = exchangeOfSocket(socket.url(), `request ${entries.size + 1}`, page.url());
    entries.set(socket, { exchange, page: () => page, isEnded: true });
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

  async #readHead(response: PlaywrightResponse, exchange: Exchange): Promise<void> {
    addStatus(exchange, response);
    await response.request().headersArray();
    exchange.responseHeaders = this.#headers(await response.headersArray());
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

  /** Whether one more request is kept. */
  #hasRoom(url: string): boolean {
    const { entries, unread } = this.#recording;
    this.#characters += url.length;
    const hasRoom = entries.size < most.exchanges && this.#characters <= most.characters;
    if (!hasRoom) unread.skipped += 1;
    return hasRoom;
  }

  /** Headers, if there is still room for them. */
  #headers(headers: Header[]): Header[] {
    for (const { name, value } of headers) this.#characters += name.length + value.length;
    if (this.#characters <= most.characters) return headers;
    this.#recording.unread.large += 1;
    return [];
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

/** The page that a request was made for; null where Playwright does not tell. */
export function pageOf(request: PlaywrightRequest): PlaywrightPage | null {
  try {
    return request.frame().page();
  } catch {
    return null;
  }
}

/** What was not kept, in a sentence; none where all was. */
export function unreadProblems({ entries, unread }: Recording): Problem[] {
  const unended = [...entries.values()].filter(({ exchange, isEnded }) => exchange.status !== null && !isEnded).length;
  const { media, large, lost, skipped, streams } = unread;
  const counted = [
    [media, 'bodies of images, media and fonts'],
    [large, `bodies or messages that are larger than ${most.bodyBytes >> 20} MB or too many`],
    [lost, 'bodies that the browser no longer had'],
    [skipped, 'requests or messages beyond what is kept'],
    [unended, 'answers that have not ended'],
    [streams, 'event streams, whose events Playwright does not tell'],
  ] as const;
  const words = counted.filter(([count]) => count > 0).map(([count, what]) => `${what} (${count})`);
  if (words.length === 0) return [];
  return [{ code: 'traffic-unread', message: `Of the traffic these were not read: ${words.join('; ')}.` }];
}
