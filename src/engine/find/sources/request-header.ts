import { exchangePlace } from './exchange-place.ts';
import { headerSnippets } from './header-snippets.ts';
import type { Source } from './source.ts';

export const requestHeader: Source = {
  id: 'request-header',
  name: 'Request header',
  foundIn: 'traffic',
  snippets: ({ exchanges = [] }) =>
    exchanges.flatMap((exchange) =>
      headerSnippets(exchange.requestHeaders, exchange, (name, cookieName, cookie) =>
        exchangePlace(
          exchange,
          'request-header',
          'sent',
          cookieName === null ? `request header ${name}` : `request header ${name} ${JSON.stringify(cookieName)}`,
          {
            key: cookieName ?? name,
            cookie,
            traits: {
              sentToServers: true,
              storage: cookieName === null ? null : 'cookie',
              readableByScripts: cookie && !cookie.httpOnly,
              keptAfterClosing: cookie && !cookie.session,
            },
          },
        ),
      ),
    ),
};
