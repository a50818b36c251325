import type { KnownStamps, Place } from './probe.ts';

/**
 * Reads what the caches of an origin keep, and those in its storage buckets: their names, the address and the headers of each request, the
 * status, the headers and the text of each response (see parse-store.ts). Keys are a JSON list of the cache, the request's address, which
 * part of it that is, and the bucket if there is one.
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
  { seed }: Place = { serial: 0, seed: 0 },
  mayOpen = false,
): Promise<string> {
  const most = { responses: 2000, bytes: 1 << 20, milliseconds: 20_000 };
  const readable = /json|text|xml|script|form-urlencoded|jwt|octet-stream|^$/i;
  const done = { entries: 0, characters: 0, sum: 0, missed: 0, responses: 0 };
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

  /** A text of null is one that is too long. */
  function add(place: string[], text: string | null) {
    if (text !== null && !/[^\s]{16}/.test(text)) return;
    done.entries += 1;
    if (done.entries > maxEntries) {
      done.missed += 1;
      return;
    }
    const key = JSON.stringify(place);
    const stamp = hash(key, text ?? '');
    done.sum = (done.sum * 3 + stamp) % 2 ** 50;
    let kind = 'v';
    if (text === null || done.characters + text.length > maxCharacters) kind = 'c';
    else if (known?.[`$${key}`] === stamp) kind = 's';
    else done.characters += text.length;
    const kept = kind === 'v' ? (text ?? '') : '';
    body += `${kind} ${stamp} ${key.length} ${kept.length}\n${key}${kept}`;
  }

  const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  /** A picture can be called text and a text a picture: what is none has no long run of printable signs but by what was written into it. */
  async function textIn(content: Blob): Promise<string> {
    const bytes = await content.slice(0, most.bytes).arrayBuffer();
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return (new TextDecoder('latin1').decode(bytes).match(/[!-~]{24}[!-~]*/g) ?? []).join('\n');
    }
  }

  async function readResponse(name: string, request: Request, response: Response, bucket: string[]): Promise<void> {
    const at = (part: string) => [name, request.url, part, ...bucket];
    add(at('URL'), request.url);
    add(at('status text'), response.statusText);
    request.headers.forEach((value, header) => {
      add(at(`request header ${header}`), value);
    });
    response.headers.forEach((value, header) => {
      add(at(`response header ${header}`), value);
    });
    const content = await response.blob();
    const isLong = content.size > most.bytes;
    if (readable.test(response.headers.get('content-type') ?? ''))
      return add(at('body'), isLong ? null : await content.text());
    add(at('body'), await textIn(content));
    if (isLong) done.missed += 1;
  }

  async function readCache(from: CacheStorage, name: string, bucket: string[]): Promise<void> {
    add([name, '', 'name', ...bucket], name);
    const cache = await from.open(name);
    for (const request of await cache.keys()) {
      done.responses += 1;
      if (done.responses > most.responses || Date.now() - began > most.milliseconds) {
        done.missed += 1;
        continue;
      }
      const startedAt = Date.now();
      const response = await cache.match(request);
      if (response)
        await readResponse(name, request, response, bucket).catch(() => {
          done.missed += 1;
        });
      await wait(Math.min((Date.now() - startedAt) * 16, 500));
    }
  }

  interface Buckets {
    keys(): Promise<string[]>;
    open(name: string): Promise<{ caches: CacheStorage }>;
  }
  // Pages that were not loaded securely have none, and not every browser has buckets.
  const browser = (typeof navigator === 'undefined' ? null : navigator) as { storageBuckets?: Buckets } | null;
  const storageBuckets = browser?.storageBuckets;
  let buckets: string[] = [];
  try {
    // Awaited, not caught by `catch`, which calls what the page may have put in the place of `then`.
    buckets = (await storageBuckets?.keys()) ?? [];
  } catch {
    // Documents that may not store have none.
  }
  const names = typeof caches === 'undefined' ? [] : await caches.keys();
  const count = names.length + buckets.length;
  if (!mayOpen) return count > 0 ? `\nu ${count} 0 0\n` : '\n';
  for (const name of names) if (await caches.has(name)) await readCache(caches, name, []);
  for (const bucket of buckets) {
    try {
      const { caches: inner } = (await storageBuckets?.open(bucket)) ?? { caches };
      for (const name of await inner.keys()) await readCache(inner, name, [bucket]);
    } catch {
      // The page took it away in the middle.
      done.missed += 1;
    }
  }
  const stamp = `${done.entries}:${done.sum}:${done.missed}`;
  if (done.missed > 0) body += `m ${done.missed} 0 0\n`;
  return stamp === oldStamp ? '=' : `${stamp}\n${body}`;
}
