import type { KnownStamps, Place } from './probe.ts';

/**
 * Reads what the caches of an origin keep: the address and the headers of each request, the headers and the text of each response (see
 * parse-store.ts). Keys are a JSON list of the cache, the request's address, and which part of it that is.
 *
 * It is turned into text and runs inside the inspected page; it imports nothing. As with databases, caches are only counted unless
 * they may be opened. Bodies are read by their type and size, and each look rests sixteen times as long as it works.
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

  async function readResponse(name: string, request: Request, response: Response): Promise<void> {
    const place = [name, request.url];
    add([...place, 'URL'], request.url);
    request.headers.forEach((value, header) => {
      add([...place, `request header ${header}`], value);
    });
    response.headers.forEach((value, header) => {
      add([...place, `response header ${header}`], value);
    });
    if (!readable.test(response.headers.get('content-type') ?? '')) return;
    const content = await response.blob();
    add([...place, 'body'], content.size > most.bytes ? null : await content.text());
  }

  async function readCache(name: string): Promise<void> {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      done.responses += 1;
      if (done.responses > most.responses || Date.now() - began > most.milliseconds) {
        done.missed += 1;
        continue;
      }
      const startedAt = Date.now();
      const response = await cache.match(request);
      if (response)
        await readResponse(name, request, response).catch(() => {
          done.missed += 1;
        });
      await wait(Math.min((Date.now() - startedAt) * 16, 500));
    }
  }

  // Pages that were not loaded securely have none.
  const names = typeof caches === 'undefined' ? [] : await caches.keys();
  if (!mayOpen) return names.length > 0 ? `\nu ${names.length} 0 0\n` : '\n';
  for (const name of names) if (await caches.has(name)) await readCache(name);
  const stamp = `${done.entries}:${done.sum}:${done.missed}`;
  if (done.missed > 0) body += `m ${done.missed} 0 0\n`;
  return stamp === oldStamp ? '=' : `${stamp}\n${body}`;
}
