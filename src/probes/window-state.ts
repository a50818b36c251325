import type { KeptTexts, KnownStamps, Place } from './probe.ts';

/**
 * Reads what each document of an origin holds in `window.name`, or in `history.state`, as one string (see parse-store.ts). Keys are
 * the document's URL, an empty line for the name that it has not, and what developers call the place.
 *
 * It is turned into text and runs inside the inspected page, so it imports nothing and, because the page may have replaced
 * any function, leans on operators instead of methods. It starts at the top window: every window of the same origin can be
 * reached from there, whatever lies between.
 *
 * @param what `window.name`, or else `history.state`; the other parameters are those of every probe
 */
export function windowState(
  what: string,
  oldStamp: string,
  known: KnownStamps | null,
  maxCharacters: number,
  maxEntries: number,
  place: Place = { __proto__: null, serial: 0, seed: 0 } as unknown as Place,
): string {
  const all = globalThis as unknown as Record<string, Place>;
  if (place.name && !all[place.name]) all[place.name] = place;
  const held = (place.name && all[place.name]) || place;
  const before = held[what] as KeptTexts | undefined;
  const texts = { __proto__: null } as unknown as KeptTexts;
  let sum = 0;
  const maxWindows = 2000;
  let windows = 0;
  /** Set once there are more windows than are looked at. */
  let unvisited = 0;
  let entries = 0;
  let used = 0;
  let body = '';
  /** Values of one state that are still looked at. */
  let values = 0;
  /** The present state is not read to the end; and how many were not. */
  let isCut = false;
  let cut = 0;
  /**
   * The window whose state is read, and an object of the browser in it that has none of the members which are asked for: those that it has
   * all the same were put on every object by the page, which would be called if one asked for them.
   */
  let realm = window as Window & typeof globalThis;
  let plain: object = {};
  const none = { __proto__: null } as unknown as { length?: unknown };
  /** A document has replaced what it is asked by. */
  let odd = false;
  /** The document that this runs in was visited. */
  let isOwnMet = false;

  function add(url: string, text: string) {
    let key = `${url}\n\n${what}`;
    // Documents of one address are told apart by what they hold.
    for (let again = 2; texts[key]; again += 1) key = `${url}\n\n${what}\n${again}`;
    const was = before?.[key];
    if (was?.text !== text) held.serial += 1;
    const entry = was?.text === text ? was : { text, stamp: held.serial };
    texts[key] = entry;
    const { stamp } = entry;
    sum += stamp;
    if (known === null) return;
    let kind = 'v';
    if (known[`$${key}`] === stamp) kind = 's';
    else if (used + text.length > maxCharacters) kind = 'c';
    else used += text.length;
    const kept = kind === 'v' ? text : '';
    body += `${kind} ${stamp} ${key.length} ${kept.length}\n${key}${kept}`;
  }

  function quoted(text: string): string {
    let isPlain = true;
    for (let i = 0; i < text.length && isPlain; i += 1)
      isPlain = (text[i] as string) >= ' ' && text[i] !== '"' && text[i] !== '\\';
    if (isPlain) return `"${text}"`;
    let out = '"';
    for (let i = 0; i < text.length; i += 1) {
      const sign = text[i] as string;
      if (sign === '"' || sign === '\\') out += `\\${sign}`;
      else out += sign >= ' ' ? sign : sign === '\n' ? '\\n' : sign === '\r' ? '\\r' : sign === '\t' ? '\\t' : ' ';
    }
    return `${out}"`;
  }

  /** A structured value as JSON: what is neither text nor holds any is null. */
  function json(value: unknown, depth: number): string {
    values -= 1;
    if (typeof value === 'string') return quoted(value);
    if (typeof value !== 'object' || value === null) return 'null';
    if (depth > 30 || values < 0) {
      isCut = true;
      return 'null';
    }
    let out = '';
    const put = (name: unknown, inner: unknown) => {
      if (values < 0) isCut = true;
      else
        out += `${out && ','}${quoted(typeof name === 'object' ? json(name, depth + 1) : `${name}`)}:${json(inner, depth + 1)}`;
    };
    if (isBytes(value)) {
      isCut = true; // they are not read
      return 'null';
    }
    const { length } = 'length' in plain ? none : (value as unknown[]);
    const isLong = typeof length === 'number' && length > 20_000;
    const own = (isLong ? value : { __proto__: null, ...value }) as Record<string | number, unknown>;
    // A text as an object has its signs for members, and so may a list.
    let signs = '';
    for (let i = 0; !isLong || !(i in plain); i += 1) {
      const sign = own[i];
      if (typeof sign !== 'string' || sign.length !== 1) break;
      signs += sign;
    }
    let members = isLong ? (length as number) : 0;
    if (!isLong) for (const _ in own) members += 1;
    if (signs.length > 15 && signs.length === members) return quoted(signs);
    if (isLong) {
      // To copy it, or to list its members, would take as long as the page likes.
      for (let i = 0; values >= 0; i += 1) if (!(i in plain)) put(i, own[i]);
      isCut = true;
    } else for (const name in own) put(name, own[name]);
    if (members === 0) putInside(value, put);
    return `{${out}}`;
  }

  /** Bytes have a length that refuses to be asked of an object that only descends from them. */
  function isBytes(value: object): boolean {
    if ('byteLength' in plain)
      return 'BYTES_PER_ELEMENT' in value || 'getUint8' in value || value instanceof realm.ArrayBuffer;
    if (!('byteLength' in value)) return false;
    try {
      void ({ __proto__: value } as unknown as ArrayBuffer).byteLength;
      return false;
    } catch {
      return true;
    }
  }

  /** Whether a value has a member of this name because it is of that kind. */
  function isOf(value: object, name: string, kind: 'Map' | 'Set' | 'Error' | 'RegExp'): boolean {
    return name in plain ? value instanceof realm[kind] : name in value;
  }

  /** What is not among the members that can be listed. */
  function putInside(value: object, put: (name: unknown, inner: unknown) => void) {
    // Files and other objects of the browser have members that can be listed, and none of their own.
    for (const name in value) if (!(name in plain)) isCut = true;
    if (isOf(value, 'forEach', 'Map') || isOf(value, 'forEach', 'Set')) {
      // A list has it too, which is empty then.
      if (isOf(value, 'size', 'Map') || isOf(value, 'size', 'Set'))
        (value as Map<unknown, unknown>).forEach((inner, name) => {
          put(name, inner);
        });
    } else if (isOf(value, 'message', 'Error')) {
      put('message', (value as Error).message);
      if ('cause' in plain) isCut = true;
      else if ('cause' in value) put('cause', value.cause);
    } else if (isOf(value, 'source', 'RegExp')) put('source', (value as RegExp).source);
  }

  /** A getter of the browser refuses an object that only descends from its own; one that a page has put in its place seldom does. */
  function asks(of: object, name: string): unknown {
    try {
      void ({ __proto__: of } as unknown as Record<string, unknown>)[name];
    } catch {
      return (of as Record<string, unknown>)[name];
    }
    odd = true;
    // The window that this runs by has functions of the browser's own, if there is any.
    const honest = window as Window & typeof globalThis;
    const from = name === 'state' ? honest.History.prototype : honest;
    const { get } = honest.Reflect.getOwnPropertyDescriptor(from, name) as { get: () => unknown };
    return honest.Reflect.apply(get, of, []);
  }

  function textOf(view: Window): unknown {
    if (what === 'window.name') return asks(view, 'name');
    const state = asks(asks(view, 'history') as History, 'state');
    return state === null ? '' : json(state, 0);
  }

  /** Where documents of two origins have agreed to reach each other, the other's is read through a frame of its own. */
  function isOwn(view: Window & typeof globalThis): boolean {
    const own = document.location.origin;
    const { origin } = view.location;
    // The page can see who asks the window, and not who asks its location.
    return own === 'null' || (origin === 'null' ? view.origin === own : origin === own);
  }

  function visit(view: Window & typeof globalThis) {
    windows += 1;
    try {
      isOwnMet ||= view.document === document;
      const url = view.location.href;
      values = 20_000;
      isCut = false;
      realm = view;
      plain = view.location;
      const text = isOwn(view) ? textOf(view) : '';
      if (typeof text === 'string' && text.length > 15) {
        entries += 1;
        if (entries <= maxEntries) add(url, text);
      }
      if (isCut) cut += 1;
    } catch {
      // Another origin, which is read through a frame of its own, or a page that throws.
    }
    for (let i = 0, child = childOf(view, 0); child && !unvisited; i += 1, child = childOf(view, i)) {
      if (windows < maxWindows) visit(child as Window & typeof globalThis);
      else unvisited = 1;
    }
  }

  function isEverywhere(view: Window, i: number): boolean {
    try {
      return i in view.location;
    } catch {
      return false; // another origin
    }
  }

  /** Past the last, a window of another origin throws, and a page could have put a getter on `Object.prototype`. */
  function childOf(view: Window, i: number): Window | undefined {
    try {
      return (isEverywhere(view, i) ? i < view.length : i in view) ? view[i] : undefined;
    } catch {
      return undefined;
    }
  }

  visit(window.top as Window & typeof globalThis);
  // Frames in shadow trees are no windows by number: document-texts.ts meets them.
  const inside = (held.inside ?? { __proto__: null }) as Record<number, Window & typeof globalThis>;
  for (let i = 0; inside[i]; i += 1) {
    if (windows < maxWindows) visit(inside[i] as Window & typeof globalThis);
    else unvisited = 1;
  }
  // One in a shadow tree of another site is reached by nobody but itself.
  const own = isOwnMet ? null : document.defaultView;
  if (own?.document === document) visit(own);
  const missed = cut + unvisited + (entries > maxEntries ? entries - maxEntries : 0);
  if (missed > 0) body += `m ${missed} 0 0\n`;
  held[what] = texts;
  if (odd) body = `o 0 0 0\n${body}`;
  const stamp = `${entries}:${sum}:${missed}:${odd}`;
  return stamp === oldStamp ? '=' : `${stamp}\n${body}`;
}
