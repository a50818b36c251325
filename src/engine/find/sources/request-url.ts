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
        urlSnippets(exchange.url, 'request-url', `${exchange.name}: request URL`).map((snippet) => ({
          ...snippet,
          seenAt: exchange.startedAt,
        })),
      ),
};
