import type { TraceLimits } from './trace-limits.ts';

/**
 * Reads what one call handles: texts with their lengths before them, first what is called, how many texts follow, and each with its
 * name. It runs inside the inspected page as a part of `installTrace`, so it imports nothing, and takes at once what it needs later.
 */
export function createCallReader(limits: Pick<TraceLimits, 'text'>) {
  const { apply, ownKeys, getOwnPropertyDescriptor: descriptor, getPrototypeOf } = Reflect;
  const { slice } = String.prototype;
  const { fromCharCode } = String;
  const { isView } = ArrayBuffer;
  const Bytes = Uint8Array;
  const getter = (of: object, name: string) => descriptor(of, name)?.get as (() => unknown) | undefined;
  const attempt = <T>(take: () => T): T | undefined => {
    try {
      return take();
    } catch {
      return undefined;
    }
  };
  const local = attempt(() => localStorage);
  const typedArray = getPrototypeOf(Bytes.prototype) as object;
  const [bufferOf, startOf, lengthOf] = [
    getter(typedArray, 'buffer'),
    getter(typedArray, 'byteOffset'),
    getter(typedArray, 'byteLength'),
  ];
  const [hrefOf, addressOf] = [getter(URL.prototype, 'href'), getter(Request.prototype, 'url')];
  const headersOf = getter(Request.prototype, 'headers');
  const eachHeader = Headers.prototype.forEach;
  const cut = (text: string, most: number) => (text.length > most ? (apply(slice, text, [0, most]) as string) : text);
  const field = (text: unknown, most: number) => {
    const kept = typeof text === 'string' ? cut(text, most) : '';
    return `${kept.length}:${kept}`;
  };
  /** A member that is there as plain data: nothing of the page is called. */
  const own = (of: unknown, name: string | symbol): unknown => {
    const found = typeof of === 'object' && of !== null ? descriptor(of, name) : undefined;
    return found && found.get === undefined ? found.value : undefined;
  };
  const addressIn = (given: unknown): unknown => {
    if (typeof given === 'string') return given;
    return (
      attempt(() => apply(hrefOf as () => unknown, given, [])) ??
      attempt(() => apply(addressOf as () => unknown, given, []))
    );
  };

  /** The named texts of one call. */
  function createParts() {
    const parts = { text: '', count: 0, values: 0, add, bytes, walk, headers };
    function add(name: string, text: unknown) {
      if (typeof text !== 'string' || parts.count >= 24) return;
      parts.count += 1;
      parts.text += field(name, 100) + field(text, limits.text);
    }
    function bytes(name: string, given: unknown) {
      const isPart = isView(given);
      const view = isPart
        ? new Bytes(
            apply(bufferOf as () => unknown, given, []) as ArrayBuffer,
            apply(startOf as () => unknown, given, []) as number,
            apply(lengthOf as () => unknown, given, []) as number,
          )
        : new Bytes(given as ArrayBuffer);
      let text = '';
      for (let i = 0; i < (lengthOf ? (apply(lengthOf, view, []) as number) : 0) && i < 8192; i += 1)
        text += fromCharCode(view[i] as number);
      add(name, text);
    }
    function walk(name: string, value: unknown, depth: number) {
      parts.values += 1;
      if (typeof value === 'string') return add(name, value);
      if (typeof value !== 'object' || value === null || depth > 6 || parts.values > 200) return;
      const keys = ownKeys(value);
      for (let i = 0; i < keys.length && i < 50; i += 1) {
        const key = keys[i] as string | symbol;
        if (typeof key === 'string') walk(`${name}.${cut(key, 40)}`, own(value, key), depth + 1);
      }
    }
    function headers(given: unknown) {
      const take = (value: unknown, name: unknown) => add(`header ${typeof name === 'string' ? name : ''}`, value);
      if (attempt(() => apply(eachHeader, given, [take]) === undefined)) return;
      const keys = typeof given === 'object' && given !== null ? ownKeys(given) : [];
      for (let i = 0; i < keys.length && i < 50; i += 1) {
        const value = own(given, keys[i] as string);
        // A list of pairs, or an object.
        if (typeof value === 'object') take(own(value, '1'), own(value, '0'));
        else take(value, keys[i]);
      }
    }
    return parts;
  }

  /** What the calls of each function handle, in the order of `traced`; the answer is what tells them apart. */
  const readers: ((parts: ReturnType<typeof createParts>, args: unknown[], self: unknown) => unknown)[] = [
    (parts, [key, value], self) => {
      parts.add(self === local ? 'localStorage' : 'sessionStorage', value);
      return key;
    },
    (parts, [text]) => parts.add('cookie', text),
    (parts, [target, init]) => {
      const address = addressIn(target);
      parts.add('URL', address);
      attempt(() => parts.headers(apply(headersOf as () => unknown, target, [])));
      attempt(() => parts.headers(own(init, 'headers')));
      parts.add('body', own(init, 'body'));
      return address;
    },
    (parts, [name, value]) => {
      parts.add(typeof name === 'string' ? `header ${name}` : 'header', value);
    },
    (parts, [target, protocols]) => {
      const address = addressIn(target);
      parts.add('URL', address);
      parts.walk('sub-protocol', protocols, 0);
      return address;
    },
    (parts, [data]) => {
      if (typeof data === 'string') parts.add('message', data);
      else attempt(() => parts.bytes('message', data));
    },
    (parts, [data, target]) => {
      attempt(() => parts.walk('message', data, 0));
      return typeof target === 'string' ? target : own(target, 'targetOrigin');
    },
  ];

  function read(which: number, self: unknown, args: unknown[]): string {
    const parts = createParts();
    const detail = readers[which]?.(parts, args, self);
    return `${field(detail, 300)}${field(`${parts.count}`, 9)}${parts.text}`;
  }
  read.field = field;
  return read;
}
