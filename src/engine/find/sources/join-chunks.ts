/** A cookie's value, or a piece of one. */
export interface ChunkedValue {
  name: string;
  text: string;
  /** Where the value starts in the header. */
  start: number;
  chunks: number;
}

/** A value cut over `name.0`, `name.1` … becomes one value again, joined in numeric order. */
export function joinChunks<T extends ChunkedValue>(all: readonly T[]): T[] {
  const groups = new Map<string | null, T[]>();
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

function indexOf({ name }: ChunkedValue): number {
  return Number(name.slice(name.lastIndexOf('.') + 1));
}
