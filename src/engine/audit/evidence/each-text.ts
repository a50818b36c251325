import type { Json } from '../../text/json.ts';

/** Strings looked at in one payload; a payload with more is a database, not a token. */
const most = 2000;
const deepest = 12;

/** Calls `visit` with every string and number below a value and its path, in order, up to bounds. No recursion, so nesting is harmless. */
export function eachText(value: Json, start: string, visit: (text: string, path: string) => void): void {
  const queue: { value: Json; path: string; depth: number }[] = [{ value, path: start, depth: 0 }];
  for (let at = 0; at < queue.length && at < most; at += 1) {
    const item = queue[at];
    if (!item) return;
    if (typeof item.value === 'string') visit(item.value, item.path);
    else if (typeof item.value === 'number') visit(String(item.value), item.path);
    else if (typeof item.value === 'object' && item.value !== null && item.depth < deepest) {
      for (const name of Object.keys(item.value).slice(0, most)) {
        if (queue.length >= most) break;
        const inner = (item.value as Record<string, Json>)[name];
        if (inner !== undefined)
          queue.push({ value: inner, path: item.path ? `${item.path}.${name}` : name, depth: item.depth + 1 });
      }
    }
  }
}
