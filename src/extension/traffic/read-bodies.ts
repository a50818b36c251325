import type { Body } from '../../engine/model/capture.ts';
import type { Unread } from '../../engine/model/traffic.ts';
import { list, record, string } from '../../engine/text/narrow.ts';
import { exchangeOf, wholeEntry } from '../../inputs/har-entry.ts';
import { createBodyPatterns, patternIdOf } from './body-patterns.ts';
import { createBodyQueue } from './body-queue.ts';
import { whyNotAsked } from './choose-body.ts';
import type { Content } from './network.ts';
import { unscramble } from './unscramble.ts';

export interface BodyReaderOptions {
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Whether a body holds a token. */
  holdsToken: (text: string) => Promise<boolean>;
  /** Where it is counted what was not read. */
  unread: Unread;
  /** The address of the page now; null while no navigation was seen. */
  pageUrl: () => string | null;
}

/** Reads the bodies of replies that are worth it, and counts the others. */
export function createBodyReader({ clock, holdsToken, unread, pageUrl }: BodyReaderOptions) {
  const queue = createBodyQueue(clock);
  const patterns = createBodyPatterns(clock);

  async function ask(entry: unknown, patternId: string, ask: () => Promise<Content | null>): Promise<Body | null> {
    const fetched = await queue.ask(patternId, ask);
    if (typeof fetched === 'string') {
      const isGone = fetched === 'lost' || fetched === 'navigation';
      unread[isGone && isDocumentOf(entry, pageUrl()) ? 'documents' : fetched] += 1;
      return null;
    }
    const mimeType = string(record(record(record(entry).response).content).mimeType);
    const text = fetched.isBase64 ? fetched.text : unscramble(fetched.text, contentTypeOf(entry));
    const content = { mimeType, text, encoding: fetched.isBase64 ? 'base64' : '' };
    const body = exchangeOf(wholeEntry({ response: { content } }), '', null).responseBody;
    if (body) void learn(patternId, body.text);
    return body;
  }

  async function askLater(...given: Parameters<typeof ask>): Promise<Body | null> {
    if (await patterns.chooseLater(given[1])) return ask(...given);
    unread.often += 1;
    return null;
  }

  /** What held a token once is read each time. */
  async function learn(patternId: string, text: string): Promise<void> {
    if (patterns.isOpen(patternId) && (await holdsToken(text).catch(() => true))) patterns.noteToken(patternId);
  }

  return {
    /** The body, if there is to be one; null when it is not even asked for. Nothing is to wait for one that is `late`. */
    read(entry: unknown, body: () => Promise<Content | null>): { body: Promise<Body | null>; isLate: boolean } | null {
      const reason = whyNotAsked(entry);
      if (reason === 'media' || reason === 'large') unread[reason] += 1;
      if (reason !== null) return null;
      const patternId = patternIdOf(entry);
      const isChosen = patterns.choose(patternId, entry);
      return { body: (isChosen ? ask : askLater)(entry, patternId, body), isLate: !isChosen };
    },

    navigate: queue.navigate,
    stop: queue.clear,
  };
}

function contentTypeOf(entry: unknown): string {
  const headers = list(record(record(entry).response).headers).map(record);
  return string(headers.find(({ name }) => string(name).toLowerCase() === 'content-type')?.value);
}

/** Whether it brought the page itself, which browsers tend not to hand over where another process takes the page over. */
function isDocumentOf(entry: unknown, pageUrl: string | null): boolean {
  const { request, _resourceType: type } = record(entry);
  const addressOf = (url: string) => url.replace(/#.*$/s, '');
  return type === 'document' && pageUrl !== null && addressOf(string(record(request).url)) === addressOf(pageUrl);
}
