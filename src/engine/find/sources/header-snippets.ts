import type { Cookie, Exchange, Header, Place, Snippet } from '../../model/capture.ts';
import { type ChunkedValue, joinChunks } from './join-chunks.ts';
import { withName } from './name-snippets.ts';
import { longName, splitPieces } from './split-pieces.ts';

/** The shortest value worth a search: a token's header and payload alone are longer. */
const shortest = 16;

/** What stands before the credential in an `Authorization` header (RFC 9110 §11.4). */
const scheme = /^(?:Bearer|JWT|Token) +/i;

/** One snippet per header that may hold a token; cookies in a `Cookie` header and the protocols of a socket each stand for themselves. */
export function headerSnippets(
  headers: readonly Header[],
  exchange: Exchange,
  placeOf: (name: string, cookieName: string | null, cookie: Cookie | null) => Place,
): Snippet[] {
  return headers.flatMap(({ name, value }) => {
    if (value.length < shortest && name.length < longName) return [];
    const known = name.toLowerCase();
    if (known === 'cookie') return cookies(value, name);
    const place = placeOf(name, null, null);
    if (known === 'sec-websocket-protocol') return protocols(value, place);
    const start = known.endsWith('authorization') ? (scheme.exec(value)?.[0].length ?? 0) : 0;
    return withName(snippet(place, value.slice(start), start));
  });

  /** Browsers let a page send no header with a socket, so tokens go as one of its protocols, named by the one before it. */
  function protocols(value: string, place: Place): Snippet[] {
    let named = place;
    return [...splitPieces(value, ',')].flatMap(({ text, start }) => {
      const protocol = text.trim();
      const found = protocol.length < shortest ? [] : [snippet(named, protocol, start + text.indexOf(protocol))];
      named = { ...place, key: protocol };
      return found;
    });
  }

  function cookies(value: string, header: string): Snippet[] {
    return joinChunks(pairs(value))
      .filter(({ name, text }) => text.length >= shortest || name.length >= longName)
      .flatMap(({ name, text, start, chunks }) =>
        withName({ ...snippet(placeOf(header, name, cookieOf(name, text)), text, start), chunks }),
      );
  }

  /** One that was joined of several parts is told of by none. */
  function cookieOf(name: string, value: string): Cookie | null {
    return exchange.requestCookies?.find((cookie) => cookie.name === name && cookie.value === value) ?? null;
  }

  function snippet(place: Place, text: string, start: number): Snippet {
    return { place, text, start, chunks: 1, seenAt: exchange.startedAt };
  }
}

function pairs(value: string): ChunkedValue[] {
  return [...splitPieces(value, ';')].map(({ text: pair, start, isRest }) => {
    const equals = isRest ? -1 : pair.indexOf('=');
    const name = equals > 0 ? pair.slice(0, equals).trim() : '';
    return { name, text: pair.slice(equals + 1), start: start + equals + 1, chunks: 1 };
  });
}
