import type { KnownStamps, Place } from './probe.ts';

/**
 * Reads the records of the databases of an origin, and of those in its storage buckets, as JSON (see parse-store.ts): maps as objects, sets as lists, bytes as characters of
 * the same number, what holds no text as null; what is too much, and
 * files, is left out and counted. Keys are a JSON list of the database, its store, the record's key, and the bucket if there is one; of
 * names of databases, stores and indexes, which may hold a token though nothing lies under them, the fifth is "names".
 *
 * It is turned into text and runs inside the inspected page; it imports nothing. The page's script can tell that a database was
 * opened: only with `mayOpen` are they, and else counted. Only such are opened as are there, in the version they have; one that
 * the page wants to change or delete meanwhile is closed at once, so that it need not wait. Few records are read at a time, as many as take a few
 * milliseconds, followed by sixteen times as much rest.
 */
export async function databaseTexts(
  _name: string,
  oldStamp: string,
  known: KnownStamps | null,
  maxCharacters: number,
  maxEntries: number,
  { seed }: Place = { serial: 0, seed: 0 },
  mayOpen = false,
): Promise<string> {
  const most = { values: 100_000, batch: 500, bytes: 1 << 20, milliseconds: 20_000, patience: 3000 };
  const done = { entries: 0, characters: 0, sum: 0, missed: 0, values: 0, isTelling: false, isCut: false };
  const textual = /json|text|xml|script|form-urlencoded|jwt|octet-stream|^$/i;
  const began = Date.now();
  let body = '';

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

  function bytes(buffer: ArrayBuffer, start: number, length: number): string {
    let text = '';
    const end = start + Math.min(length, most.bytes);
    done.isCut ||= length > most.bytes;
    for (let at = start; at < end; at += 8192)
      text += String.fromCharCode(...new Uint8Array(buffer, at, Math.min(8192, end - at)));
    return quoted(text);
  }

  function json(value: unknown, depth: number): string {
    done.values += 1;
    if (typeof value === 'string') return quoted(value);
    if (typeof value !== 'object' || value === null) return 'null';
    // A file that may be text is not read either.
    const isFile = value instanceof Blob && value.size > 15 && textual.test(value.type);
    if (isFile || depth > 50 || done.values > most.values) {
      done.isCut = true;
      return 'null';
    }
    if (value instanceof ArrayBuffer) return bytes(value, 0, value.byteLength);
    if (ArrayBuffer.isView(value)) return bytes(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
    if (value instanceof String || value instanceof RegExp) return quoted(`${value}`);
    if (value instanceof File) return quoted(value.name);
    // A list can have members beside its own, and places that hold nothing.
    if (Array.isArray(value) && Object.keys(value).length === value.length)
      return `[${value.map((inner) => json(inner, depth + 1)).join()}]`;
    if (value instanceof Set) return `[${[...value].map((inner) => json(inner, depth + 1)).join()}]`;
    const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
    if (value instanceof Error) entries.push(['message', value.message]);
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

  function add(place: string[], text: string) {
    done.entries += 1;
    if (done.entries > maxEntries) {
      done.missed += 1;
      return;
    }
    const key = JSON.stringify(place);
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

  function addNames(place: [string, string?], names: readonly string[], bucket: string[]) {
    const [database, store = ''] = place;
    const telling = names.filter((name) => /[^\s]{16}/.test(name));
    if (telling.length > 0) add([database, store, '', bucket[0] ?? '', 'names'], telling.join('\n'));
  }

  async function readDatabases(factory: IDBFactory, bucket: string[]): Promise<void> {
    const names = (await factory.databases()).flatMap(({ name }) => name ?? []);
    for (const name of names) {
      addNames([name], [name], bucket);
      const database = await open(factory, name).catch(() => null);
      try {
        if (!database) done.missed += 1;
        else for (const storeName of database.objectStoreNames) await readStore(database, storeName, bucket);
      } catch {
        // The page took it away in the middle.
        done.missed += 1;
      }
      database?.close();
    }
  }

  async function readStore(database: IDBDatabase, storeName: string, bucket: string[]): Promise<void> {
    let size = 1;
    let range: IDBKeyRange | null = null;
    const { keyPath, indexNames } = database.transaction(storeName, 'readonly').objectStore(storeName);
    addNames([database.name, storeName], [storeName, ...indexNames, ...(keyPath ? [keyPath].flat() : [])], bucket);
    while (Date.now() - began < most.milliseconds && done.entries <= maxEntries) {
      const store = database.transaction(storeName, 'readonly').objectStore(storeName);
      const [keys, values] = await Promise.all([
        ended(store.getAllKeys(range, size)),
        ended(store.getAll(range, size)),
      ]);
      const startedAt = Date.now();
      done.isCut = false;
      const copies = own(values.result) as unknown[];
      // One that cannot be copied is not seen either.
      if (done.isCut) done.missed += 1;
      copies.forEach((value, index) => {
        done.values = 0;
        done.isTelling = false;
        done.isCut = false;
        const name = nameOf(own(keys.result[index]));
        const read = json(own(value), 0);
        const text = store.keyPath === null ? `{"key":${quoted(name)},"value":${read}}` : read;
        if (done.isTelling) add([database.name, storeName, name, ...bucket], text);
        if (done.isCut) done.missed += 1;
      });
      if (keys.result.length < size) return;
      range = IDBKeyRange.lowerBound(keys.result.at(-1), true);
      const worked = Date.now() - startedAt;
      size = worked > 10 ? Math.max(1, size >> 1) : Math.min(most.batch, size * 2);
      await wait(Math.min(worked * 16, 1000));
    }
    done.missed += 1;
  }

  interface Buckets {
    keys(): Promise<string[]>;
    open(name: string): Promise<{ indexedDB: IDBFactory }>;
  }
  // Not every browser has them (https://wicg.github.io/storage-buckets/, read 2026-11).
  const browser = (typeof navigator === 'undefined' ? null : navigator) as { storageBuckets?: Buckets } | null;
  const storageBuckets = browser?.storageBuckets;
  let buckets: string[] = [];
  try {
    // Awaited, not caught by `catch`, which calls what the page may have put in the place of `then`.
    buckets = (await storageBuckets?.keys()) ?? [];
  } catch {
    // Documents that may not store have none.
  }
  const listed = await indexedDB.databases();
  const count = listed.length + buckets.length;
  // Without a method of lists, which the page may watch.
  if (!mayOpen) return count > 0 ? `\nu ${count} 0 0\n` : '\n';
  await readDatabases(indexedDB, []);
  for (const name of buckets) {
    try {
      await readDatabases((await storageBuckets?.open(name))?.indexedDB ?? indexedDB, [name]);
    } catch {
      done.missed += 1;
    }
  }
  const stamp = `${done.entries}:${done.sum}:${done.missed}`;
  if (done.missed > 0) body += `m ${done.missed} 0 0\n`;
  return stamp === oldStamp ? '=' : `${stamp}\n${body}`;
}
