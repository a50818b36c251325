import type { KnownStamps, Place } from './probe.ts';

interface Buckets {
  keys(): Promise<string[]>;
  open(name: string): Promise<{ indexedDB: IDBFactory }>;
}

/**
 * Reads the records of the databases of an origin, and of those in its storage buckets, as JSON (see parse-store.ts): maps as objects, sets as lists, bytes as characters of
 * the same number, what holds no text as null; what is too much
 * is left out and counted. Keys are a JSON list of the database, its store, the record's key, and the bucket if there is one. Where that key
 * is no text but a number, a list or the like, it stands there as a script would write it, and the fifth is "key"; of
 * names of databases, stores and indexes, which may hold a token though nothing lies under them, the fifth is "names".
 *
 * It is turned into text and runs inside the inspected page; it imports nothing. The page's script can tell that a database was
 * opened: only with `mayOpen` are they, and else counted. Only such are opened as are there, in the version they have; one that
 * the page wants to change or delete meanwhile is closed at once, so that it need not wait. Else it is closed
 * once its transactions are over: before that, Chromium tells a page that deletes it of a hindrance. A store that the page writes to without end is
 * counted, and not waited for, since Firefox tells of no abort before the writing ends; each one makes the wait for others shorter. Few records are
 * read at a time, as many as take a few milliseconds, followed by sixteen times as much rest.
 */
export async function databaseTexts(
  _name: string,
  oldStamp: string,
  known: KnownStamps | null,
  maxCharacters: number,
  maxEntries: number,
  place: Place = { serial: 0, seed: 0 },
  mayOpen = false,
): Promise<string> {
  const most = { values: 100_000, batch: 500, bytes: 1 << 20, milliseconds: 20_000, patience: 3000 };
  const done = { entries: 0, characters: 0, sum: 0, missed: 0, values: 0, isTelling: false, isCut: false };
  const began = Date.now();
  const { seed } = place;
  const keys = new Set<string>();
  /** Files of the record that is read, and their texts once they are. */
  const files = new Map<Blob, string | null>();
  let body = '';
  /** Ends when no transaction is open any more. */
  let idle: Promise<unknown> | null = null;

  /** Looks at every character, with factors that no page knows, so that none can make two texts that come to the same. */
  function hash(key: string, text: string): number {
    const factors = [seed | 1, (seed / 2 ** 21) | 1] as const;
    let a = key.length;
    let b = text.length;
    for (const part of [key, text])
      for (let i = 0; i < part.length; i += 1) {
        const code = part.charCodeAt(i);
        a = Math.imul(a ^ code, factors[0]);
        a ^= a >>> 15;
        b = Math.imul(b + code, factors[1]);
        b ^= b >>> 13;
      }
    return (a >>> 0) * 2 ** 20 + (b >>> 12);
  }

  function quoted(text: string): string {
    if (text.length > 15 && !done.isTelling) done.isTelling = /[^\s]{16}/.test(text);
    return JSON.stringify(text);
  }

  /** Bytes as characters of the same number. */
  function signs(buffer: ArrayBuffer, start: number, length: number): string {
    let text = '';
    for (let at = start; at < start + length; at += 8192)
      text += String.fromCharCode(...new Uint8Array(buffer, at, Math.min(8192, start + length - at)));
    return text;
  }

  /** What lies in bytes as text of one byte a sign, or of more, as of UTF-16, which is told without what lies between. */
  function bytes(buffer: ArrayBuffer, start: number, length: number): string {
    done.isCut ||= length > most.bytes;
    const text = signs(buffer, start, Math.min(length, most.bytes));
    return text.replace(/(?<=(?:^|\0)[\t\n\r -~])\0{1,3}|\0{1,3}(?=[\t\n\r -~](?:\0|$))/g, '');
  }

  /** A file that was not read yet is noted to be read. */
  function file(value: Blob): string {
    const text = files.get(value);
    if (text === undefined) files.set(value, null);
    const name = value instanceof File ? quoted(value.name) : '""';
    return text ? `{"name":${name},"content":${quoted(text)}}` : name;
  }

  /** Reads what was noted, a megabyte of each. */
  async function readFiles(): Promise<void> {
    for (const one of files.keys()) {
      const isLate = Date.now() - began > most.milliseconds;
      const part = one.slice(0, most.bytes);
      const buffer = isLate ? null : await part.arrayBuffer().catch(() => null);
      if (!buffer || one.size > most.bytes) done.isCut = true;
      if (buffer) files.set(one, bytes(buffer, 0, buffer.byteLength));
    }
  }

  function json(value: unknown, depth: number): string {
    done.values += 1;
    if (typeof value === 'string') return quoted(value);
    if (typeof value !== 'object' || value === null) return 'null';
    if (depth > 50 || done.values > most.values) {
      done.isCut = true;
      return 'null';
    }
    if (value instanceof ArrayBuffer) return quoted(bytes(value, 0, value.byteLength));
    if (ArrayBuffer.isView(value))
      return quoted(bytes(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength));
    if (value instanceof String || value instanceof RegExp) return quoted(`${value}`);
    if (value instanceof Blob) return file(value);
    // A handle of a file outside, which names it.
    if (typeof FileSystemHandle !== 'undefined' && value instanceof FileSystemHandle) return quoted(value.name);
    // A list can have members beside its own, and places that hold nothing.
    if (Array.isArray(value) && Object.keys(value).length === value.length)
      return `[${value.map((inner) => json(inner, depth + 1)).join()}]`;
    if (value instanceof Set) return `[${[...value].map((inner) => json(inner, depth + 1)).join()}]`;
    const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
    if (value instanceof Error)
      for (const part of ['message', 'stack', 'cause'] as const) entries.push([part, value[part]]);
    return `{${entries.map(([name, inner]) => `${quoted(nameOf(name))}:${json(inner, depth + 1)}`).join()}}`;
  }

  /**
   * Of what is the page's, Firefox lets scripts of extensions see no more than through a glass: it is an instance of none of their classes, and
   * lists of it cannot be walked. A copy is their own. Seen on 28 November 2026 in Firefox 153.
   */
  function own(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || value instanceof Object) return value;
    try {
      return structuredClone(value);
    } catch {
      done.isCut = true;
      return value;
    }
  }

  function nameOf(key: unknown): string {
    if (typeof key === 'string') return key;
    return typeof key === 'object' ? json(key, 1) : String(key);
  }

  /** A key as a script would write it, so that no two read alike: `1` and `"1"`, and what lists, dates and bytes hold. */
  function exact(key: unknown): string {
    if (typeof key === 'string') return JSON.stringify(key);
    if (Array.isArray(key)) return `[${key.map(exact).join()}]`;
    if (key instanceof Date) return `Date(${+key})`;
    return key instanceof ArrayBuffer ? `Bytes(${JSON.stringify(signs(key, 0, key.byteLength))})` : String(key);
  }

  function add(place: string[], text: string) {
    done.entries += 1;
    if (done.entries > maxEntries) {
      done.missed += 1;
      return;
    }
    const key = JSON.stringify(place);
    // Of two under one key only one would be kept.
    if (keys.has(key)) {
      done.missed += 1;
      return;
    }
    keys.add(key);
    const stamp = hash(key, text);
    done.sum = (done.sum * 3 + stamp) % 2 ** 50;
    let kind = 'v';
    if (known?.[`$${key}`] === stamp) kind = 's';
    else if (done.characters + text.length > maxCharacters) kind = 'c';
    else done.characters += text.length;
    const kept = kind === 'v' ? text : '';
    body += `${kind} ${stamp} ${key.length} ${kept.length}\n${key}${kept}`;
  }

  const wait = (milliseconds: number) => new Promise<null>((resolve) => setTimeout(() => resolve(null), milliseconds));
  const ended = <R extends IDBRequest>(request: R) =>
    new Promise<R>((resolve, reject) => {
      request.onsuccess = () => resolve(request);
      request.onerror = () => reject(request.error);
    });

  async function open(factory: IDBFactory, name: string): Promise<IDBDatabase | null> {
    const request = factory.open(name);
    // It was deleted meanwhile, and is not to be made again.
    request.onupgradeneeded = () => request.transaction?.abort();
    const opened = ended(request).then(({ result }) => {
      result.onversionchange = () => result.close();
      return result;
    });
    const database = await Promise.race([opened, wait(most.patience)]);
    // The page is changing it, and goes first.
    if (!database) void opened.then((late) => late.close()).catch(() => {});
    return database;
  }

  function begin(database: IDBDatabase, storeName: string): IDBObjectStore {
    const transaction = database.transaction(storeName, 'readonly');
    idle = Promise.all([idle, new Promise((over) => Object.assign(transaction, { oncomplete: over, onabort: over }))]);
    return transaction.objectStore(storeName);
  }

  function addNames(place: [string, string?], names: readonly string[], bucket: string[]) {
    const [database, store = ''] = place;
    const telling = names.filter((name) => /[^\s]{16}/.test(name));
    if (telling.length > 0) add([database, store, '', bucket[0] ?? '', 'names'], telling.join('\n'));
  }

  async function readDatabases(factory: IDBFactory, bucket: string[]): Promise<void> {
    const names = (await factory.databases()).flatMap(({ name }) => name ?? []);
    for (const name of names) {
      addNames([name], [name], bucket);
      const database = Date.now() - began > most.milliseconds ? null : await open(factory, name).catch(() => null);
      try {
        if (!database) done.missed += 1;
        else for (const storeName of database.objectStoreNames) await readStore(database, storeName, bucket);
      } catch {
        // The page took it away in the middle.
        done.missed += 1;
      }
      await Promise.race([idle, wait(most.patience)]);
      database?.close();
      idle = null;
    }
  }

  async function readRecord(store: IDBObjectStore, copy: unknown, key: unknown, bucket: string[]): Promise<void> {
    done.values = 0;
    done.isTelling = false;
    done.isCut = false;
    files.clear();
    const value = own(copy);
    let read = json(value, 0);
    if (files.size > 0) {
      await readFiles();
      done.values = 0;
      read = json(value, 0);
    }
    const text = store.keyPath === null ? `{"key":${json(key, 0)},"value":${read}}` : read;
    const at = [store.transaction.db.name, store.name];
    const place = typeof key === 'string' ? [key, ...bucket] : [exact(key), bucket[0] ?? '', 'key'];
    if (done.isTelling) add([...at, ...place], text);
    if (done.isCut) done.missed += 1;
  }

  async function readStore(database: IDBDatabase, storeName: string, bucket: string[]): Promise<void> {
    let size = 1;
    let range: IDBKeyRange | null = null;
    const { keyPath, indexNames, transaction } = begin(database, storeName);
    transaction.abort();
    addNames([database.name, storeName], [storeName, ...indexNames, ...(keyPath ? [keyPath].flat() : [])], bucket);
    while (Date.now() - began < most.milliseconds && done.entries <= maxEntries) {
      const store = begin(database, storeName);
      const begun = ended(store.getAllKeys(range, size));
      const read = Promise.all([begun, ended(store.getAll(range, size))]).catch(() => null);
      const isHeldUp = !(await Promise.race([begun, wait(most.patience)]));
      if (isHeldUp) {
        store.transaction.abort();
        most.patience = Math.max(100, most.patience / 2);
      }
      const [keys, values] = (isHeldUp ? null : await read) ?? [];
      if (!keys || !values) break;
      const startedAt = Date.now();
      done.isCut = false;
      const copies = own(values.result) as unknown[];
      // One that cannot be copied is not seen either.
      if (done.isCut) done.missed += 1;
      for (const [index, value] of copies.entries()) await readRecord(store, value, own(keys.result[index]), bucket);
      if (keys.result.length < size) return;
      range = IDBKeyRange.lowerBound(keys.result.at(-1), true);
      const worked = Date.now() - startedAt;
      size = worked > 10 ? Math.max(1, size >> 1) : Math.min(most.batch, size * 2);
      await wait(Math.min(worked * 16, 1000));
    }
    done.missed += 1;
  }

  // Not every browser has them (https://wicg.github.io/storage-buckets/, read 2026-11).
  const browser = (typeof navigator === 'undefined' ? null : navigator) as { storageBuckets?: Buckets } | null;
  const storageBuckets = browser?.storageBuckets;
  const all = globalThis as unknown as Record<string, Place>;
  if (place.name && !all[place.name]) all[place.name] = place;
  const held = (place.name && all[place.name]) || place;
  // Of all probes alike.
  if (!held.buckets) held.buckets = { __proto__: null };
  const opened = held.buckets as Record<string, Promise<{ indexedDB: IDBFactory } | null> | undefined>;
  /**
   * To open one that the page has deleted would make it anew. So each is opened once, in the turn that lists it, and held from look to
   * look: what is held of one that was deleted fails.
   */
  async function take(name: string): Promise<{ indexedDB: IDBFactory } | null> {
    try {
      return (await storageBuckets?.open(name)) ?? null;
    } catch {
      return null;
    }
  }
  /** It is opened anew if it is listed the next time. */
  function forget(name: string) {
    done.missed += 1;
    delete opened[name];
  }
  let buckets: string[] = [];
  const taken: [string, ReturnType<typeof take>][] = [];
  try {
    // Awaited, not caught by `catch`, which calls what the page may have put in the place of `then`.
    buckets = (await storageBuckets?.keys()) ?? [];
    if (mayOpen)
      for (const name of buckets) {
        opened[name] ??= take(name);
        taken.push([name, opened[name]]);
      }
  } catch {
    // Documents that may not store have none.
  }
  const listed = await indexedDB.databases();
  const count = listed.length + buckets.length;
  // Without a method of lists, which the page may watch.
  if (!mayOpen) return count > 0 ? `\nu ${count} 0 0\n` : '\n';
  await readDatabases(indexedDB, []);
  for (const [name, one] of taken) {
    try {
      const bucket = await one;
      if (bucket) await readDatabases(bucket.indexedDB, [name]);
      else forget(name);
    } catch {
      forget(name);
    }
  }
  const stamp = `${done.entries}:${done.sum}:${done.missed}`;
  if (done.missed > 0) body += `m ${done.missed} 0 0\n`;
  return stamp === oldStamp ? '=' : `${stamp}\n${body}`;
}
