import { expect, test } from 'vitest';
import { fileTexts } from './file-texts.ts';
import { parseStore } from './parse-store.ts';

type Folder = { [name: string]: string | Uint8Array | Folder | null };

/** A folder as browsers hand it out. A file of null cannot be read. */
function handleOf(folder: Folder): object {
  return {
    kind: 'directory',
    async *entries() {
      for (const [name, content] of Object.entries(folder)) yield [name, entryOf(content)];
    },
  };
}

function entryOf(content: Folder[string]): object {
  if (content !== null && typeof content === 'object' && !(content instanceof Uint8Array)) return handleOf(content);
  return {
    kind: 'file',
    async getFile() {
      if (content === null) throw new Error('NotReadableError');
      return new Blob([content as BlobPart]);
    },
  };
}

/** Runs the probe as a page would: as text. */
async function probe(
  files: Folder | null,
  { buckets = {} as Record<string, Folder>, mayOpen = true, stamp = '' } = {},
) {
  const navigator = {
    ...(files && { storage: { getDirectory: async () => handleOf(files) } }),
    storageBuckets: {
      keys: async () => Object.keys(buckets),
      open: async (name: string) => ({ getDirectory: async () => handleOf(buckets[name] ?? {}) }),
    },
  };
  const run = new Function('navigator', `return (${fileTexts})(...arguments[1])`);
  const answer = parseStore(await run(navigator, ['', stamp, {}, 1e6, 1000, { serial: 0, seed: 7 }, mayOpen]));
  return answer.kind === 'read' ? answer : { ...answer, entries: [], missed: 0, unopened: 0, stamp: '' };
}

const text = 'a-text-that-may-hold-a-token';

test('reads files in folders and buckets, what was written among bytes, and names', async () => {
  const bytes = new Uint8Array([255, 0, ...new TextEncoder().encode(text), 0, 254]);
  const files = { deep: { 'a.txt': text }, 'b.bin': bytes, [text]: '', short: 'words' };
  const { entries, missed } = await probe(files, { buckets: { drafts: { c: `${text}-2` } } });
  expect(entries.map((entry) => [JSON.parse(entry.key), entry.text])).toEqual([
    [['deep/a.txt'], text],
    [['b.bin'], text],
    [[text, '', 'name'], text],
    [['c', 'drafts'], `${text}-2`],
  ]);
  expect(missed).toBe(0);
});

test('a file of two bytes a sign is read, and one that is cut within a sign is text', async () => {
  const wide = new Uint8Array(Uint16Array.from(`\ufeff{"t":"${text}"}`, (sign) => sign.charCodeAt(0)).buffer);
  const { entries } = await probe({ wide, long: `${text} é${'é'.repeat(1 << 19)}` });
  expect(entries[0]?.text).toContain(`{"t":"${text}"}`);
  expect(entries[1]?.text?.startsWith(`${text} éé`)).toBe(true);
});

test('what cannot be read, or not whole, is counted', async () => {
  expect(await probe({ held: null, a: text })).toMatchObject({ missed: 1, entries: [{ text }] });
  expect(await probe({ long: text + 'x'.repeat(1 << 20) })).toMatchObject({ missed: 1 });
  expect((await probe(Object.fromEntries(Array.from({ length: 1005 }, (_, i) => [`f${i}`, null])))).missed).toBe(1001);
}, 30_000);

test('without leave nothing is opened, and the files and buckets are counted', async () => {
  expect(await probe({ a: text, b: null }, { mayOpen: false, buckets: { c: {} } })).toMatchObject({
    unopened: 3,
    entries: [],
  });
  expect(await probe({}, { mayOpen: false })).toMatchObject({ unopened: 0 });
});

test('a page without a private file system holds nothing, and one that did not change says so', async () => {
  expect(await probe(null)).toMatchObject({ kind: 'read', entries: [], missed: 0 });
  const { stamp } = await probe({ a: text });
  expect(await probe({ a: text }, { stamp })).toMatchObject({ kind: 'unchanged' });
});
