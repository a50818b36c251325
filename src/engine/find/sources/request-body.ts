import { bodySnippets } from './body-snippets.ts';
import { exchangePlace } from './exchange-place.ts';
import type { Source } from './source.ts';

export const requestBody: Source = {
  id: 'request-body',
  name: 'Request body',
  foundIn: 'traffic',
  snippets: ({ exchanges = [] }) =>
    exchanges.flatMap((exchange) =>
      bodySnippets(exchange.requestBody, exchange, (field) =>
        exchangePlace(
          exchange,
          'request-body',
          'sent',
          field === null ? 'request body' : `request body field ${JSON.stringify(field)}`,
          { key: field, traits: { sentToServers: true } },
        ),
      ),
    ),
};
