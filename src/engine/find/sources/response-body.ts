import { bodySnippets } from './body-snippets.ts';
import { exchangePlace } from './exchange-place.ts';
import type { Source } from './source.ts';

export const responseBody: Source = {
  id: 'response-body',
  name: 'Response body',
  isPerRequest: true,
  snippets: ({ exchanges = [] }) =>
    exchanges.flatMap((exchange) =>
      bodySnippets(exchange.responseBody, exchange, (field) =>
        exchangePlace(
          exchange,
          'response-body',
          field === null ? 'response body' : `response body part ${JSON.stringify(field)}`,
          { key: field, traits: { sentToServers: false } },
        ),
      ),
    ),
};
