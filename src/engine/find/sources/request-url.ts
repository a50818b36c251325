import type { Exchange, ReadBy } from '../../model/capture.ts';
import { exchangeFacts } from './exchange-facts.ts';
import type { Source } from './source.ts';
import { urlSnippets } from './url-snippets.ts';

export const requestUrl: Source = {
  id: 'request-url',
  name: 'Request URL',
  foundIn: 'traffic',
  snippets: ({ exchanges = [] }) =>
    exchanges
      .filter(({ isContinued, posted, traced }) => !isContinued && !posted && !traced)
      .flatMap((exchange) =>
        urlSnippets(exchange.url, 'request-url', nameOf(exchange), readBy(exchange)).map((snippet) => ({
          ...snippet,
          place: { ...snippet.place, exchange: exchangeFacts(exchange, 'sent') },
          seenAt: exchange.startedAt,
        })),
      ),
};

function nameOf({ name, isRecordedByPage }: Exchange): string {
  return `${name}: request URL${isRecordedByPage ? ' in the page’s own record' : ''}`;
}

function readBy({ isRecordedByPage }: Exchange): ReadBy {
  return isRecordedByPage ? 'page' : 'browser';
}
