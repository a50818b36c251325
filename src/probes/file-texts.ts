import type { KnownStamps, Place } from './probe.ts';

/**
 * Reads the files that an origin keeps in its private file system, and in those of its storage buckets (see parse-store.ts). Keys are a
 * JSON list of the path, the bucket if there is one, and "name" for what a name holds itself.
 *
 * It is turned into text and runs inside the inspected page; it imports nothing. Files are only counted unless they may be opened, as
 * databases are. To read one takes no lock, so the page is not hindered (https://fs.spec.whatwg.org/#dom-filesystemfilehandle-getfile,
 * read 2026-11). A file is read up to a megabyte: of what is no text, the runs of signs that are. Each look rests sixteen times as long
 * as it works.
 */
export async function fileTexts(
  _name: string,
  oldStamp: string,
  known: KnownStamps | null,
  maxCharacters: number,
  maxEntries: number,
  place: Place = { serial: 0, seed: 0 },
  mayOpen = false,
): Promise<string> {
  const most = { files: 1000, depth: 20, bytes: 1 << 20, milliseconds: 20_000 };
  const done = { entries: 0, characters: 0, sum: 0, missed: 0, files: 0 };
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

  /** The text of a file, or what lies in it, as in databases: runs of signs of one byte each, or of more, as of UTF-16. */
  function textIn(bytes: ArrayBuffer): string {
    const gaps = /(?<=(?:^|\0)[\t\n\r -~])\0{1,3}|\0{1,3}(?=[\t\n\r -~](?:\0|$))/g;
    try {
      // A sign that the end cuts in two is left out.
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }).replace(gaps, '');
    } catch {
      const plain = new TextDecoder('latin1').decode(bytes).replace(gaps, '');
      return (plain.match(/[!-~]{24}[!-~]*/g) ?? []).join('\n');
    }
  }

  async function readFile(handle: FileSystemFileHandle, path: string, bucket: string[]): Promise<void> {
    const file = await handle.getFile();
    add([path, ...bucket], textIn(await file.slice(0, most.bytes).arrayBuffer()));
    if (file.size > most.bytes) done.missed += 1;
  }

  /** @param folder the path so far, with a stroke at its end unless it is empty */
  async function readFolder(root: FileSystemDirectoryHandle, folder: string, depth: number, bucket: string[]) {
    const entries = (root as unknown as { entries(): AsyncIterator<[string, FileSystemHandle]> }).entries();
    // Not `for await`: to scripts of extensions Firefox shows of a page's asynchronous iterators their `next` alone. Seen on 28 November 2026.
    for (let step = await entries.next(); !step.done; step = await entries.next()) {
      const name = step.value[0];
      const handle = step.value[1];
      done.files += 1;
      if (!mayOpen && done.files <= most.files) continue;
      if (done.files > most.files || depth > most.depth || Date.now() - began > most.milliseconds) {
        done.missed += 1;
        if (done.files > most.files) return;
        continue;
      }
      const path = `${folder}${name}`;
      add([path, bucket[0] ?? '', 'name'], name);
      const startedAt = Date.now();
      try {
        if (handle.kind === 'directory') {
          await readFolder(handle as FileSystemDirectoryHandle, `${path}/`, depth + 1, bucket);
          continue;
        }
        await readFile(handle as FileSystemFileHandle, path, bucket);
      } catch {
        // It was taken away, or written to, in the middle.
        done.missed += 1;
      }
      await wait(Math.min((Date.now() - startedAt) * 16, 500));
    }
  }

  interface Files {
    getDirectory?(): Promise<FileSystemDirectoryHandle>;
  }
  interface Buckets {
    keys(): Promise<string[]>;
    open(name: string): Promise<Files>;
  }
  const browser = (typeof navigator === 'undefined' ? null : navigator) as {
    storageBuckets?: Buckets;
    storage?: Files;
  } | null;
  const { storageBuckets, storage } = browser ?? {};
  const all = globalThis as unknown as Record<string, Place>;
  if (place.name && !all[place.name]) all[place.name] = place;
  const held = (place.name && all[place.name]) || place;
  // Of all probes alike.
  if (!held.buckets) held.buckets = { __proto__: null };
  const opened = held.buckets as Record<string, Promise<Files | null> | undefined>;
  /**
   * To open one that the page has deleted would make it anew. So each is opened once, in the turn that lists it, and held from look to
   * look: what is held of one that was deleted fails.
   */
  async function take(name: string): Promise<Files | null> {
    try {
      return (await storageBuckets?.open(name)) ?? null;
    } catch {
      return null;
    }
  }
  // Pages that were not loaded securely have none, nor do those that may not store.
  let root: FileSystemDirectoryHandle | undefined;
  /** It is opened anew if it is listed the next time. */
  function forget(name: string) {
    done.missed += 1;
    delete opened[name];
  }
  let buckets: string[] = [];
  const taken: [string, ReturnType<typeof take>][] = [];
  try {
    // Awaited, not caught by `catch`, which calls what the page may have put in the place of `then`.
    root = await storage?.getDirectory?.();
    buckets = (await storageBuckets?.keys()) ?? [];
    if (mayOpen)
      for (const name of buckets) {
        opened[name] ??= take(name);
        taken.push([name, opened[name]]);
      }
  } catch {
    // Said above.
  }
  if (root) await readFolder(root, '', 0, []);
  const count = done.files + buckets.length;
  if (!mayOpen) return count > 0 ? `\nu ${count} 0 0\n` : '\n';
  for (const [name, one] of taken) {
    try {
      const bucket = await one;
      const inner = await bucket?.getDirectory?.();
      if (inner) await readFolder(inner, '', 0, [name]);
      else if (!bucket) forget(name);
    } catch {
      forget(name);
    }
  }
  const stamp = `${done.entries}:${done.sum}:${done.missed}`;
  if (done.missed > 0) body += `m ${done.missed} 0 0\n`;
  return stamp === oldStamp ? '=' : `${stamp}\n${body}`;
}
