import type { Place, ReadBy, Snippet, SourceId } from '../../model/capture.ts';
import { endOfName, longName, splitPieces } from './split-pieces.ts';

/** Splits a URL into path, query parameters and fragment parameters: each is its own place, with its own traits. */
export function urlSnippets(url: string, source: SourceId, name: string, readBy?: ReadBy): Snippet[] {
  const hash = url.indexOf('#');
  const beforeHash = hash < 0 ? url : url.slice(0, hash);
  const mark = beforeHash.indexOf('?');
  const pathStart = startOfPath(beforeHash);
  const isLocal = /^(?:data|blob|about|file):/i.test(url);
  const pathEnd = mark < 0 ? beforeHash.length : mark;
  const snippets: Snippet[] = [];
  if (pathStart >= 0 && pathStart < pathEnd) add('path', null, pathStart, url.slice(pathStart, pathEnd));
  if (mark >= 0 && wholeQueries.test(beforeHash.slice(pathStart, pathEnd))) {
    add('query', 'checksum', pathStart, beforeHash.slice(pathStart));
  } else if (mark >= 0) addParameters('query', mark + 1, beforeHash.slice(mark + 1));
  if (hash >= 0) addParameters('fragment', hash + 1, url.slice(hash + 1));
  return snippets;

  function addParameters(part: 'query' | 'fragment', start: number, text: string) {
    for (const piece of splitPieces(text, '&')) {
      const equals = piece.isRest ? -1 : endOfName(piece.text);
      const key = equals > 0 ? decodeLoosely(piece.text.slice(0, equals)) : null;
      const valueStart = equals > 0 ? equals + 1 : 0;
      if (equals >= longName) add(part, null, start + piece.start, piece.text.slice(0, equals));
      add(part, key, start + piece.start + valueStart, piece.text.slice(valueStart));
    }
  }

  function add(urlPart: 'path' | 'query' | 'fragment', key: string | null, start: number, text: string) {
    if (text) snippets.push({ place: place(urlPart, key), text, start, chunks: 1 });
  }

  function place(urlPart: 'path' | 'query' | 'fragment', key: string | null): Place {
    const sign = { path: ' path', query: ' ?', fragment: ' #' }[urlPart];
    return {
      source,
      ...(readBy && { readBy }),
      label: `${name}${sign}${key ?? ''}`,
      origin: originOf(url),
      url,
      key,
      cookie: null,
      traits: {
        // Scripts of a page read its address; those of a server never see a request's.
        readableByScripts: source === 'request-url' ? null : true,
        keptAfterClosing: source === 'page-url',
        sentToServers: urlPart !== 'fragment' && !isLocal,
        keptInHistory: source === 'page-url',
        urlPart,
        storage: null,
      },
    };
  }
}

/** After the server's name, also where the scheme is not known; of addresses that name none (`data:`), after the scheme. -1 where nothing follows. */
function startOfPath(url: string): number {
  const [authority] = /^(?:[a-z][a-z\d+.-]*:)?\/\//i.exec(url) ?? [];
  return authority === undefined ? url.indexOf(':') + 1 : url.indexOf('/', authority.length);
}

/** Paths behind which the query is a credential as a whole, held together by its checksum: join links of BigBlueButton. */
const wholeQueries = /\/bigbluebutton\/api\/join$/;

/** The origin of a URL as the URL standard serialises it, "null" for opaque ones, null when it cannot be parsed. */
export function originOf(url: string): string | null {
  // Asked for every parameter, header and field of one exchange, whose address may itself be megabytes long.
  if (url !== last.url) last = { url, origin: readOrigin(url) };
  return last.origin;
}

let last: { url: string; origin: string | null } = { url: '', origin: null };

function readOrigin(url: string): string | null {
  // Of `https://a.example/…` the rest cannot change it.
  const [start] = /^https?:\/\/[\w.:-]{1,300}[/?#]/i.exec(url.slice(0, 400)) ?? [url];
  try {
    return new URL(start).origin;
  } catch {
    return null;
  }
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
