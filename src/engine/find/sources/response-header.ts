import type { Exchange, Header, Snippet } from '../../model/capture.ts';
import { exchangePlace } from './exchange-place.ts';
import { headerSnippets } from './header-snippets.ts';
import { joinChunks } from './join-chunks.ts';
import { withName } from './name-snippets.ts';
import { parseSetCookie } from './parse-set-cookie.ts';
import type { Source } from './source.ts';
import { splitPieces } from './split-pieces.ts';

export const responseHeader: Source = {
  id: 'response-header',
  name: 'Response header',
  foundIn: 'traffic',
  isInHead: true,
  snippets: ({ exchanges = [] }) =>
    exchanges.flatMap((exchange) => [
      ...cookieSnippets(exchange.responseHeaders.filter(isSetCookie), exchange),
      ...headerSnippets(
        exchange.responseHeaders.filter((header) => !isSetCookie(header)),
        exchange,
        (name) => exchangePlace(exchange, 'response-header', 'received', `response header ${name}`, { key: name }),
      ),
    ]),
};

function isSetCookie({ name }: Header): boolean {
  return name.toLowerCase() === 'set-cookie';
}

/** HAR writes several `Set-Cookie` headers either one by one or as lines of one value. */
function cookieSnippets(headers: readonly Header[], exchange: Exchange): Snippet[] {
  const values = headers.flatMap(({ name: header, value }) =>
    [...splitPieces(value, '\n')].flatMap(({ text: line }) => {
      const cookie = parseSetCookie(line, exchange.url, exchange.startedAt);
      const start = line.indexOf('=') + 1;
      return cookie ? [{ header, cookie, name: cookie.name, text: cookie.value, start, chunks: 1 }] : [];
    }),
  );
  const listed = (exchange.responseCookies ?? []).map((cookie) => ({
    header: 'Set-Cookie',
    cookie,
    name: cookie.name,
    text: cookie.value,
    start: 0,
    chunks: 1,
  }));
  return joinChunks([...values, ...listed]).flatMap(({ header, cookie, name, text, start, chunks }) =>
    withName({
      text,
      start,
      chunks,
      seenAt: exchange.startedAt,
      place: exchangePlace(
        exchange,
        'response-header',
        'received',
        `response header ${header} ${JSON.stringify(name)}`,
        {
          key: name,
          cookie: { ...cookie, name, value: text },
          traits: {
            readableByScripts: cookie.httpOnly === null ? null : !cookie.httpOnly,
            keptAfterClosing: cookie.session === null ? null : !cookie.session,
            sentToServers: true,
            storage: 'cookie',
          },
        },
      ),
    }),
  );
}
