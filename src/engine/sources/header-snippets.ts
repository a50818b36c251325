import type { Exchange, Header, Place, Snippet } from '../model.ts';

/** The shortest value worth a search: a token's header and payload alone are longer. */
const shortest = 16;

/** One snippet per header that may hold a token; cookies in a `Cookie` header each stand for themselves. */
export function headerSnippets(
  headers: readonly Header[],
  exchange: Exchange,
  placeOf: (name: string, cookieName: string | null) => Place,
): Snippet[] {
  return headers.flatMap(({ name, value }) => {
    if (value.length < shortest) return [];
    if (name.toLowerCase() === 'cookie') return cookies(value, name);
    return [snippet(placeOf(name, null), value, 0)];
  });

  function cookies(value: string, header: string): Snippet[] {
    return joinChunks(pairs(value))
      .filter(({ text }) => text.length >= shortest)
      .map(({ name, text, start, chunks }) => ({ ...snippet(placeOf(header, name), text, start), chunks }));
  }

  function snippet(place: Place, text: string, start: number): Snippet {
    return { place, text, start, chunks: 1, seenAt: exchange.startedAt };
  }
}

interface Pair {
  name: string;
  text: string;
  /** Where the value starts in the header. */
  start: number;
  chunks: number;
}

function pairs(value: string): Pair[] {
  let at = 0;
  return value.split(';').map((pair) => {
    const equals = pair.indexOf('=');
    const start = at + equals + 1;
    at += pair.length + 1;
    return { name: equals > 0 ? pair.slice(0, equals).trim() : '', text: pair.slice(equals + 1), start, chunks: 1 };
  });
}

/** A value cut over `name.0`, `name.1` … becomes one value again, joined in numeric order. */
function joinChunks(all: Pair[]): Pair[] {
  const groups = new Map<string | null, Pair[]>();
  for (const pair of all) {
    const base = /^(.+)\.\d{1,3}$/.exec(pair.name)?.[1] ?? null;
    const group = groups.get(base);
    if (group) group.push(pair);
    else groups.set(base, [pair]);
  }
  return [...groups].flatMap(([base, group]) => {
    const sorted = [...group].sort((a, b) => indexOf(a) - indexOf(b));
    const whole = group.length > 1 && sorted.every((one, index) => indexOf(one) === index);
    const first = sorted[0];
    if (base === null || !first || !whole) return group;
    return [{ ...first, name: base, text: sorted.map(({ text }) => text).join(''), chunks: group.length }];
  });
}

function indexOf({ name }: Pair): number {
  return Number(name.slice(name.lastIndexOf('.') + 1));
}
