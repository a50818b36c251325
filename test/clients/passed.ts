import type { DocumentSighting } from '../../src/engine/report/report-document.ts';

/** What went by the stub, or what the page said to its console, and when. */
export interface Passed {
  /** Milliseconds since the epoch: when the stub had it, or gave it away. */
  at: number;
  /** Messages as the page sees them. */
  what: 'request' | 'reply' | 'sent' | 'received' | 'console';
  /** Of the request or socket; of the page for what it says itself. */
  url: string;
  headers: string;
  body: string;
}

const partOf: Readonly<Record<string, 'url' | 'headers' | 'body'>> = {
  'request-url': 'url',
  'frame-url': 'url',
  'request-header': 'headers',
};

/** When a token first went the way that a sighting tells of, in milliseconds since the epoch; null when it did not go by. */
export function passedAt(passed: readonly Passed[], token: string, sighting: DocumentSighting): number | null {
  const spellings = [token, encodeURIComponent(token)];
  const what = whatOf(sighting);
  const part = partOf[sighting.source] ?? 'body';
  const first = passed.find(
    (one) =>
      one.what === what &&
      withoutQuery(one.url) === withoutQuery(sighting.url ?? '') &&
      spellings.some((text) => one[part].includes(text)),
  );
  return first?.at ?? null;
}

/** An address without query and fragment. */
export const withoutQuery = (url: string) => url.replace(/[?#].*/, '');

function whatOf({ source, direction }: DocumentSighting): Passed['what'] {
  if (source === 'message') return 'console';
  if (source === 'websocket-message') return direction === 'received' ? 'received' : 'sent';
  return source.startsWith('response-') ? 'reply' : 'request';
}

/** In one line, for whoever looks for why a client went another way. */
export function lineOf({ what, url, headers, body }: Passed): string {
  return [what, url, headers, body].filter(Boolean).join(' ').slice(0, 1000);
}
