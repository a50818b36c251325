import type { KnownStamps } from './probe.ts';

/**
 * Reads one Web Storage area and returns it as one string (see parse-store.ts for its grammar).
 *
 * It is turned into text and runs inside the inspected page, so it imports nothing and, because the page may have
 * replaced any function, leans on operators instead of methods: a string is indexed and concatenated, never sliced.
 * Entries are read by `key(i)`, since enumeration loses keys called `length` or `getItem`; enumeration then serves as
 * the cross-check that shows replaced storage functions. Only in that case it reads again through an untouched frame
 * that exists for the moment.
 *
 * Code that runs once in a while is slow, so a look at what is unchanged reads a few characters of each text only: the first
 * and the last ones, where tokens end, and some between. Where `checked` names an entry, it is looked at as closely as when it
 * was read; the panel names others each time, and of many entries none at most looks.
 *
 * @param area `localStorage`, or else `sessionStorage`; the other parameters are those of every probe
 */
export function webStorage(
  area: string,
  areaStamp: string,
  known: KnownStamps | null,
  maxCharacters: number,
  maxEntries: number,
  checked: KnownStamps,
): string {
  const printable = ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~';
  const codes = { __proto__: null } as unknown as Record<string, number>;
  for (let i = 0; i < printable.length; i += 1) codes[printable[i] as string] = i + 1;

  // Looks at every character of short texts and at every 16th of the longest: a re-issued token changes a signature
  // of 43 characters or more, so it cannot slip between two looks.
  function hash(text: string, seed: number): number {
    let value = seed;
    const stride = text.length <= 512 ? 1 : text.length >= 8192 ? 16 : (text.length / 512) | 0;
    for (let i = 0; i < text.length; i += stride) value = (value * 31 + ((codes[text[i] as string] as number) | 0)) | 0;
    return (value * 31 + text.length) | 0;
  }

  // Of a re-issued token the end differs, wherever else it does; so does that of most texts which hold one.
  function sample(text: string, seed: number): number {
    const { length } = text;
    if (length <= 16) return hash(text, seed);
    let value = seed;
    for (let i = length - 15; i < length; i += 2) value = (value * 31 + ((codes[text[i] as string] as number) | 0)) | 0;
    const stride = (length >> 2) + 1;
    for (let i = stride; i < length; i += stride) value = (value * 31 + ((codes[text[i] as string] as number) | 0)) | 0;
    return (value * 31 + length) | 0;
  }

  function read(store: Storage): { odd: boolean; stamp: string; body: string } {
    const texts = { __proto__: null } as unknown as Record<string, string>;
    const total = store.length;
    // biome-ignore lint/complexity/useMathMinMax: the page may have replaced Math.min
    const count = total > maxEntries ? maxEntries : total;
    let odd = typeof total !== 'number';
    let sum = 0;
    let body = '';
    let used = 0;
    /** Of the entries to be checked, those that are not as they were, or not there. */
    let unseen = 0;
    for (const _ in checked) unseen += 1;
    // Of many entries, one look in a few is thorough enough for the cross-check.
    const isGlance = known === null && unseen === 0 && count > 200;

    function add(key: string, text: string) {
      const last = codes[key[key.length - 1] as string] as number;
      sum = ((sum ^ (sum >>> 13)) * 31 + sample(text, (last | 0) + key.length)) | 0;
      if (isGlance) return;
      const id = `$${key}`;
      texts[id] = text;
      const held = checked[id];
      if (known === null && held === undefined) return;
      const stamp = hash(text, hash(key, 7));
      if (held === stamp) unseen -= 1;
      if (known === null) return;
      let kind = 'v';
      if (known[id] === stamp) kind = 's';
      else if (used + text.length > maxCharacters) kind = 'c';
      else used += text.length;
      const kept = kind === 'v' ? text : '';
      body += `${kind} ${stamp} ${key.length} ${kept.length}\n${key}${kept}`;
    }

    for (let i = 0; i < count; i += 1) {
      const key = store.key(i);
      const text = typeof key === 'string' ? store.getItem(key) : null;
      if (typeof key === 'string' && typeof text === 'string') add(key, text);
      else odd = true;
    }
    let enumerated = 0;
    const listed = isGlance ? ({ __proto__: null } as unknown as Storage) : store;
    for (const key in listed) {
      enumerated += 1;
      if (enumerated > maxEntries) break;
      const text: unknown = store[key];
      if (typeof text !== 'string' || texts[`$${key}`] === text) continue;
      odd = true;
      add(key, text);
    }
    if (total > maxEntries) body += `m ${total - maxEntries} 0 0\n`;
    return { odd, stamp: unseen > 0 ? 'changed' : `${total}:${sum}`, body };
  }

  let first: { odd: boolean; stamp: string; body: string };
  try {
    first = read(area === 'localStorage' ? localStorage : sessionStorage);
  } catch {
    first = { odd: true, stamp: '', body: '' };
    try {
      // Both readings fail where storage is refused; only the first where it was tampered with.
      if ((area === 'localStorage' ? localStorage : sessionStorage) === null) return 'x';
    } catch {
      return 'x';
    }
  }
  if (!first.odd) return first.stamp === areaStamp ? '=' : `${first.stamp}\n${first.body}`;
  let box: HTMLElement | null = null;
  try {
    box = document.createElement('div');
    box.innerHTML = '<iframe></iframe>';
    document.documentElement.appendChild(box);
    const clean = (box.firstChild as HTMLIFrameElement).contentWindow as Window;
    const second = read(area === 'localStorage' ? clean.localStorage : clean.sessionStorage);
    return second.stamp === areaStamp ? '=' : `${second.stamp}\no 0 0 0\n${second.body}`;
  } catch {
    return `${first.stamp}\no 0 0 0\n${first.body}`;
  } finally {
    try {
      box?.remove();
    } catch {
      // The page has replaced this too; nothing is left to try.
    }
  }
}
