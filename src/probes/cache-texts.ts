import type { KnownStamps, Place } from './probe.ts';

/**
 * Reads what the caches of an origin keep, and those in its storage buckets: their names, the address and the headers of each request, the
 * status, the headers and the text of each response (see parse-store.ts). Keys are a JSON list of the cache, the request's address, which
 * part of it that is (with a number from the second on, where several lie under one address), and the bucket if there is one.
 *
 * It is turned into text and runs inside the inspected page; it imports nothing. As with databases, caches are only counted unless
 * they may be opened. A body is read up to a megabyte, whatever its type says: of what is no text, the runs of signs that are. Each look
 * rests sixteen times as long as it works.
 */
export async function cacheTexts(
  _name: string,
  oldStamp: string,
  known: KnownStamps | null,
  maxCharacters: number,
  maxEntries: number,
  place: Place = { serial: 0, seed: 0 },
  mayOpen = false,
): Promise<string> {
  const most = { responses: 2000, bytes: 1 << 20, milliseconds: 20_000 };
  const readable = /json|text|xml|script|form-urlencoded|jwt|octet-stream|^$/i;
  const done = { entries: 0, characters: 0, sum: 0, missed: 0, responses: 0 };
  const began = Date.now();
  const { seed } = place;
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

  function add(place: string[], text: string) {
    if (!/[^\s]{16}/.test(text)) return;
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

  const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  /**
   * A picture can be called text and a text a picture: what is none has no long run of printable signs but by what was written into it, of one
   * byte each or of more, as of UTF-16, whatever is said of it.
   */
  async function textIn(content: Blob, isText: boolean): Promise<string> {
    const bytes = await content.slice(0, most.bytes).arrayBuffer();
    const gaps = /(?<=(?:^|\0)[\t\n\r -~])\0{1,3}|\0{1,3}(?=[\t\n\r -~](?:\0|$))/g;
    try {
      // A sign that the end cuts in two is left out.
      return new TextDecoder('utf-8', { fatal: !isText }).decode(bytes, { stream: true }).replace(gaps, '');
    } catch {
      const plain = new TextDecoder('latin1').decode(bytes).replace(gaps, '');
      return (plain.match(/[!-~]{24}[!-~]*/g) ?? []).join('\n');
    }
  }

  /** @param again says which of those of one address it is: servers can answer it variously (`Vary`) */
  async function readResponse(
    name: string,
    request: Request,
    response: Response,
    bucket: string[],
    again: string,
  ): Promise<void> {
    const at = (part: string) => [name, request.url, `${part}${again}`, ...bucket];
    add(at('URL'), request.url);
    add(at('status text'), response.statusText);
    request.headers.forEach((value, header) => {
      add(at(`request header ${header}`), value);
    });
    response.headers.forEach((value, header) => {
      add(at(`response header ${header}`), value);
    });
    const content = await response.blob();
    add(at('body'), await textIn(content, readable.test(response.headers.get('content-type') ?? '')));
    if (content.size > most.bytes) done.missed += 1;
  }

  /** To open what the page has deleted would make it anew, so each is taken in the turn that lists it. */
  async function take<T>(from: { open(name: string): Promise<T> } | undefined, name: string): Promise<T | null> {
    try {
      return (await from?.open(name)) ?? null;
    } catch {
      return null;
    }
  }

  async function readCaches(from: CacheStorage, bucket: string[]): Promise<void> {
    const taken: [string, Promise<Cache | null>][] = [];
    for (const name of await from.keys()) taken.push([name, take(from, name)]);
    for (const [name, opened] of taken) {
      const cache = await opened;
      if (!cache) done.missed += 1;
      // One that was deleted can still be read by who holds it.
      else if (await from.has(name)) await readCache(cache, name, bucket);
    }
  }

  async function readCache(cache: Cache, name: string, bucket: string[]): Promise<void> {
    add([name, '', 'name', ...bucket], name);
    const times = new Map<string, number>();
    for (const request of await cache.keys()) {
      const time = (times.get(request.url) ?? 0) + 1;
      times.set(request.url, time);
      done.responses += 1;
      if (done.responses > most.responses || Date.now() - began > most.milliseconds) {
        done.missed += 1;
        continue;
      }
      const startedAt = Date.now();
      const response = await cache.match(request);
      if (response)
        await readResponse(name, request, response, bucket, time > 1 ? ` (${time})` : '').catch(() => {
          done.missed += 1;
        });
      await wait(Math.min((Date.now() - startedAt) * 16, 500));
    }
  }

  interface Bucket {
    caches: CacheStorage;
    indexedDB: IDBFactory;
  }
  interface Buckets {
    keys(): Promise<string[]>;
    open(name: string): Promise<Bucket>;
  }
  // Pages that were not loaded securely have none, and not every browser has buckets.
  const browser = (typeof navigator === 'undefined' ? null : navigator) as { storageBuckets?: Buckets } | null;
  const storageBuckets = browser?.storageBuckets;
  // Each is opened once and held from look to look, so that it can hardly be opened when it has just been deleted; then what is held fails.
  const all = globalThis as unknown as Record<string, Place>;
  if (place.name && !all[place.name]) all[place.name] = place;
  const held = (place.name && all[place.name]) || place;
  // Of all probes alike.
  if (!held.buckets) held.buckets = { __proto__: null };
  const opened = held.buckets as Record<string, Promise<Bucket | null> | undefined>;
  /** It is opened anew if it is listed the next time. */
  function forget(name: string) {
    done.missed += 1;
    delete opened[name];
  }
  let buckets: string[] = [];
  const taken: [string, Promise<Bucket | null>][] = [];
  try {
    // Awaited, not caught by `catch`, which calls what the page may have put in the place of `then`.
    buckets = (await storageBuckets?.keys()) ?? [];
    if (mayOpen)
      for (const name of buckets) {
        opened[name] ??= take(storageBuckets, name);
        taken.push([name, opened[name]]);
      }
  } catch {
    // Documents that may not store have none.
  }
  const own = typeof caches === 'undefined' ? null : caches;
  if (!mayOpen) {
    const count = ((await own?.keys())?.length ?? 0) + buckets.length;
    return count > 0 ? `\nu ${count} 0 0\n` : '\n';
  }
  if (own) await readCaches(own, []);
  for (const [name, one] of taken) {
    try {
      const bucket = await one;
      // Caches of one that was deleted read as none, where databases say so.
      await bucket?.indexedDB.databases();
      if (bucket) await readCaches(bucket.caches, [name]);
      else forget(name);
    } catch {
      // The page took it away in the middle.
      forget(name);
    }
  }
  const stamp = `${done.entries}:${done.sum}:${done.missed}`;
  if (done.missed > 0) body += `m ${done.missed} 0 0\n`;
  return stamp === oldStamp ? '=' : `${stamp}\n${body}`;
}
