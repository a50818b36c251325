import { type Exchange, type Snippet, type TracedCall, unknownTraits } from '../../model/capture.ts';
import type { Source } from './source.ts';
import { originOf } from './url-snippets.ts';

/** What the page's scripts handed to the browser's functions, line by line, where that was traced. It is a moment, not a place at rest. */
export const tracedCall: Source = {
  id: 'traced-call',
  name: 'Traced call',
  snippets: ({ exchanges = [] }) =>
    exchanges.flatMap((exchange) => (exchange.traced ? snippetsOf(exchange, exchange.traced) : [])),
};

function snippetsOf({ name, url, initiator, messages }: Exchange, { call, parts, stack }: TracedCall): Snippet[] {
  return messages.map(({ text, at }, index) => ({
    text,
    start: 0,
    chunks: 1,
    seenAt: at,
    place: {
      source: 'traced-call',
      label: `${name}: ${call}, ${parts[index] ?? 'text'}`,
      origin: originOf(url),
      url,
      key: null,
      cookie: null,
      readBy: 'page',
      traits: unknownTraits,
      call: { script: initiator, stack },
    },
  }));
}
