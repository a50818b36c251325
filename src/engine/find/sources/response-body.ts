import type { Exchange } from '../../model/capture.ts';
import { bodySnippets } from './body-snippets.ts';
import { exchangePlace } from './exchange-place.ts';
import type { Source } from './source.ts';

export const responseBody: Source = {
  id: 'response-body',
  name: 'Response body',
  foundIn: 'traffic',
  snippets: ({ exchanges = [] }) =>
    exchanges.flatMap((exchange) =>
      bodySnippets(exchange.responseBody, exchange, (field) =>
        exchangePlace(
          exchange,
          'response-body',
          'received',
          field === null ? 'response body' : `response body part ${JSON.stringify(field)}`,
          { key: field, traits: { sentToServers: false, ...(isSharedCode(exchange) && { isCode: true }) } },
        ),
      ),
    ),
};

/** A script that says nothing against being kept for others: one that is made for each user is not (RFC 9111 §5.2.2). */
function isSharedCode({ responseBody, responseHeaders }: Exchange): boolean {
  if (!/^(?:application|text)\/(?:x-)?(?:java|ecma)script\b/i.test(responseBody?.mimeType ?? '')) return false;
  const isOwn = responseHeaders.some(
    ({ name, value }) => name.toLowerCase() === 'cache-control' && /\b(?:no-store|private)\b/i.test(value),
  );
  return !isOwn;
}
