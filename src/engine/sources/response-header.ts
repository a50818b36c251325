import type { Exchange, Header, Snippet } from '../model.ts';
import { exchangePlace } from './exchange-place.ts';
import { headerSnippets } from './header-snippets.ts';
import { parseSetCookie } from './parse-set-cookie.ts';
import type { Source } from './source.ts';

export const responseHeader: Source = {
  id: 'response-header',
  name: 'Response header',
  snippets: ({ exchanges = [] }) =>
    exchanges.flatMap((exchange) => [
      ...exchange.responseHeaders.filter(isSetCookie).flatMap((header) => cookieSnippets(header, exchange)),
      ...headerSnippets(
        exchange.responseHeaders.filter((header) => !isSetCookie(header)),
        exchange,
        (name) => exchangePlace(exchange, 'response-header', `response header ${name}`, { key: name }),
      ),
    ]),
};

function isSetCookie({ name }: Header): boolean {
  return name.toLowerCase() === 'set-cookie';
}

/** HAR writes several `Set-Cookie` headers either one by one or as lines of one value. */
function cookieSnippets({ name, value }: Header, exchange: Exchange): Snippet[] {
  return value.split('\n').flatMap((line) => {
    const cookie = parseSetCookie(line, exchange.url, exchange.startedAt);
    if (!cookie) return [];
    const place = exchangePlace(exchange, 'response-header', `response header ${name} ${JSON.stringify(cookie.name)}`, {
      key: cookie.name,
      cookie,
      traits: {
        readableByScripts: !cookie.httpOnly,
        keptAfterClosing: !cookie.session,
        sentToServers: true,
        storage: 'cookie',
      },
    });
    return [{ place, text: cookie.value, start: line.indexOf('=') + 1, chunks: 1, seenAt: exchange.startedAt }];
  });
}
