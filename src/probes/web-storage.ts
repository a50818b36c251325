import type { KnownStamps, Place } from './probe.ts';

/**
 * Reads one Web Storage area and returns it as one string (see parse-store.ts for its grammar).
 *
 * It is turned into text and runs inside the inspected page, so it imports nothing and, because the page may have
 * replaced any function, leans on operators instead of methods: a string is compared and concatenated, never sliced.
 * Entries are read by `key(i)`, since enumeration loses keys called `length` or `getItem`; enumeration then serves as
 * the cross-check that shows replaced storage functions. Which window they are read from, others choose (honest-window.ts).
 *
 * What the last look found is kept in its place, so that each text is compared whole with the one before: whatever a page makes of
 * its texts, one that differs is noticed. Five million characters that are as they were take about a millisecond, since browsers hand
 * over the same string as long as somebody holds it.
 *
 * @param area `localStorage`, or else `sessionStorage`; the other parameters are those of every probe
 */
export function webStorage(
  area: string,
  areaStamp: string,
  known: KnownStamps | null,
  maxCharacters: number,
  maxEntries: number,
  place: Place = { __proto__: null, serial: 0, seed: 0 } as unknown as Place,
): string {
  interface Entry {
    key: string;
    text: string;
    stamp: number;
  }
  interface Memory {
    /** In order, and by key. */
    list: Record<number, Entry>;
    byKey: Record<string, Entry>;
    count: number;
    stamp: number;
    looks: number;
  }
  const all = globalThis as unknown as Record<string, Place>;
  if (place.name && !all[place.name]) all[place.name] = place;
  const held = (place.name && all[place.name]) || place;
  const emptyOf = <T>() => ({ __proto__: null }) as unknown as T;
  function next(): number {
    held.serial += 1;
    return held.serial;
  }

  /** @param name under which is kept what was found in this way */
  function read(store: Storage, name: string): { odd: boolean; stamp: string; body: string } {
    if (!held[name]) held[name] = { list: emptyOf(), byKey: emptyOf(), count: 0, stamp: next(), looks: 0 };
    const before = held[name] as Memory;
    const total = store.length;
    // biome-ignore lint/complexity/useMathMinMax: the page may have replaced Math.min
    const count = total > maxEntries ? maxEntries : total;
    let odd = typeof total !== 'number';
    let { list, byKey } = before;
    let isChanged = false;
    let found = 0;
    /** Of these, how many by their numbers. */
    let numbered = 0;
    let body = '';
    let used = 0;
    before.looks += 1;
    // Of many entries, one look in a few is thorough enough for the cross-check.
    const isGlance = known === null && count > 200 && before.looks % 8 !== 0;

    /** From the first difference on, what is found is noted anew. */
    function change() {
      isChanged = true;
      list = emptyOf();
      byKey = emptyOf();
      for (let i = 0; i < found; i += 1) {
        const entry = before.list[i] as Entry;
        list[i] = entry;
        if (i < numbered) byKey[entry.key] = entry;
      }
    }

    function add(key: string, text: string): Entry {
      let entry = before.list[found];
      if (!entry || entry.key !== key || entry.text !== text) {
        if (!isChanged) change();
        entry = before.byKey[key];
        if (!entry || entry.text !== text) entry = { key, text, stamp: next() };
      }
      if (isChanged) list[found] = entry;
      found += 1;
      return entry;
    }

    function tell({ key, text, stamp }: Entry) {
      let kind = 'v';
      if (known?.[`$${key}`] === stamp) kind = 's';
      else if (used + text.length > maxCharacters) kind = 'c';
      else used += text.length;
      const kept = kind === 'v' ? text : '';
      body += `${kind} ${stamp} ${key.length} ${kept.length}\n${key}${kept}`;
    }

    for (let i = 0; i < count; i += 1) {
      const key = store.key(i);
      const text = typeof key === 'string' ? store.getItem(key) : null;
      if (typeof key === 'string' && typeof text === 'string') {
        const entry = add(key, text);
        numbered += 1;
        if (isChanged) byKey[key] = entry;
      } else odd = true;
    }
    let enumerated = 0;
    const listed = isGlance ? emptyOf<Storage>() : store;
    for (const key in listed) {
      enumerated += 1;
      if (enumerated > maxEntries) break;
      const text: unknown = store[key];
      if (typeof text !== 'string' || byKey[key]?.text === text) continue;
      odd = true;
      add(key, text);
    }
    if (found !== before.count && !isChanged) change();
    const stamp = isChanged ? next() : before.stamp;
    held[name] = { list, byKey, count: found, stamp, looks: before.looks };
    if (known !== null) for (let i = 0; i < found; i += 1) tell(list[i] as Entry);
    if (total > maxEntries) body += `m ${total - maxEntries} 0 0\n`;
    return { odd, stamp: `${total}:${stamp}`, body };
  }

  try {
    const { odd, stamp, body } = read(area === 'localStorage' ? window.localStorage : window.sessionStorage, area);
    const whole = odd ? `${stamp}:odd` : stamp;
    if (whole === areaStamp) return '=';
    return odd ? `${whole}\no 0 0 0\n${body}` : `${whole}\n${body}`;
  } catch {
    return 'x';
  }
}
