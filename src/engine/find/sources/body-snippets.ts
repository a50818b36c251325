import type { Body, Exchange, Place, Snippet } from '../../model/capture.ts';
import { endOfName, longName, splitPieces } from './split-pieces.ts';

/** A body as texts to search: fields of forms and parts of multipart bodies each stand for themselves. */
export function bodySnippets(
  body: Body | null,
  exchange: Exchange,
  placeOf: (field: string | null) => Place,
): Snippet[] {
  if (!body?.text) return [];
  const type = (body.mimeType ?? '').toLowerCase();
  // Some libraries call whatever they send a form.
  if (type.startsWith('application/x-www-form-urlencoded') && !/^\s*[[{"]/.test(body.text)) return fields(body.text);
  if (type.startsWith('multipart/')) return parts(body.text, body.mimeType ?? '');
  return [snippet(null, body.text, 0)];

  function fields(text: string): Snippet[] {
    const found: Snippet[] = [];
    for (const { text: pair, start, isRest } of splitPieces(text, '&')) {
      const equals = isRest ? -1 : endOfName(pair);
      const value = pair.slice(equals + 1);
      const name = equals > 0 ? decodeLoosely(pair.slice(0, equals)) : null;
      if (equals >= longName) found.push(snippet(null, pair.slice(0, equals), start));
      if (value) found.push(snippet(name, value, start + equals + 1));
    }
    return found;
  }

  function parts(text: string, mimeType: string): Snippet[] {
    const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(mimeType) ?? [];
    const boundary = quoted ?? bare;
    if (!boundary) return [snippet(null, text, 0)];
    const found: Snippet[] = [];
    for (const { text: part, start: at, isRest } of splitPieces(text, `--${boundary}`)) {
      const end = isRest ? null : /\r?\n\r?\n/.exec(part);
      const head = end ? part.slice(0, end.index) : part;
      // What stands before a part's text, or is no part, may hold one, too.
      if (head.length >= longName) found.push(snippet(null, head, at));
      if (!end) continue;
      const [, name] = /\bname="([^"]*)"/i.exec(head) ?? [];
      const start = end.index + end[0].length;
      found.push(snippet(name ?? null, part.slice(start).replace(/\r?\n$/, ''), at + start));
    }
    return found;
  }

  function snippet(field: string | null, text: string, start: number): Snippet {
    return { place: placeOf(field), text, start, chunks: 1, seenAt: exchange.startedAt };
  }
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
