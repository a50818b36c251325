import { exchangeFacts } from './exchange-facts.ts';
import type { Source } from './source.ts';
import { urlSnippets } from './url-snippets.ts';

export const requestUrl: Source = {
  id: 'request-url',
  name: 'Request URL',
  isPerRequest: true,
  snippets: ({ exchanges = [] }) =>
    exchanges
      .filter(({ isContinued }) => !isContinued)
      .flatMap((exchange) =>
        urlSnippets(exchange.url, 'request-url', `${exchange.name}: request URL`, 'browser').map((snippet) => ({
          ...snippet,
          place: { ...snippet.place, exchange: exchangeFacts(exchange, 'sent') },
          seenAt: exchange.startedAt,
        })),
      ),
};
