import type { Body, Exchange, Place, Snippet } from '../../model/capture.ts';
import { splitPieces } from './split-pieces.ts';

/** A body as texts to search: fields of forms and parts of multipart bodies each stand for themselves. */
export function bodySnippets(
  body: Body | null,
  exchange: Exchange,
  placeOf: (field: string | null) => Place,
): Snippet[] {
  if (!body?.text) return [];
  const type = (body.mimeType ?? '').toLowerCase();
  if (type.startsWith('application/x-www-form-urlencoded')) return fields(body.text);
  if (type.startsWith('multipart/')) return parts(body.text, body.mimeType ?? '');
  return [snippet(null, body.text, 0)];

  function fields(text: string): Snippet[] {
    const found: Snippet[] = [];
    for (const { text: pair, start, isRest } of splitPieces(text, '&')) {
      const equals = isRest ? -1 : pair.indexOf('=');
      const value = pair.slice(equals + 1);
      const name = equals > 0 ? decodeLoosely(pair.slice(0, equals)) : null;
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
      if (isRest) found.push(snippet(null, part, at));
      const end = isRest ? null : /\r?\n\r?\n/.exec(part);
      if (end) {
        const [, name] = /\bname="([^"]*)"/i.exec(part.slice(0, end.index)) ?? [];
        const start = end.index + end[0].length;
        found.push(snippet(name ?? null, part.slice(start).replace(/\r?\n$/, ''), at + start));
      }
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
