import { detect } from '../engine/detect.ts';
import type { MemoryString } from '../engine/model.ts';
import type { ByteWindow } from './byte-window.ts';
import { byteWork } from './bytes.ts';
import { createHeapGraph, type HeapGraph, type HeapMeta } from './heap-graph.ts';
import { emptyCapture, type Input, InputError } from './input.ts';
import { JsonError, JsonReader } from './json-reader.ts';
import { list, record, string } from './narrow.ts';

/**
 * Chrome's heap snapshot: numbers for nodes and edges, then one list of strings that they name by index (the format is
 * described by `snapshot.meta` of the file itself). Strings are read twice when a file can be: to find tokens, and then
 * to name what holds them.
 */
export const heapSnapshot: Input = {
  id: 'heap-snapshot',
  name: 'Chrome heap snapshot',
  matches: (head) => /^\s*\{\s*"snapshot"\s*:\s*\{\s*"meta"\s*:/.test(head),

  async read(window, { now, reopen }, emit) {
    const reader = new JsonReader(window);
    let graph: HeapGraph | null = null;
    const found = new Map<number, string>();
    const read = async () => {
      await reader.object({
        snapshot: async () => {
          const snapshot = record(await reader.parsed());
          graph = createHeapGraph(metaOf(record(snapshot.meta)));
        },
        nodes: () => reader.integers((numbers, count) => graph?.addNodes(numbers, count)),
        edges: () => reader.integers((numbers, count) => graph?.addEdges(numbers, count)),
        strings: () =>
          reader.array((range, index) => {
            const text = stringAt(reader, range);
            if (text.length >= shortest && detect(text).hits.length > 0) found.set(index, byteWork.copy(text));
          }),
      });
    };
    let failure: InputError | null = null;
    try {
      await read();
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      failure = error.ended
        ? new InputError('input-truncated', 'is cut off; what came before was read', error.position)
        : new InputError('input-invalid', `is not a valid heap snapshot: ${error.message}`, error.position);
    }
    emit({ ...emptyCapture(now), memory: await withHolders(found, graph, reopen) });
    if (failure) throw failure;
  },
};

/** Shorter strings hold no token. */
const shortest = 16;
/** V8 cuts strings of a snapshot at this length unless told otherwise. */
const cutAt = 1024;

function stringAt(reader: JsonReader, range: { start: number; end: number; tooLarge: boolean }): string {
  if (range.tooLarge) return '';
  return reader.text({ start: range.start + 1, end: range.end - 1, escaped: true });
}

function metaOf(meta: Record<string, unknown>): HeapMeta {
  const names = (value: unknown) => list(value).map(string);
  return {
    nodeFields: names(meta.node_fields),
    nodeTypes: names(list(meta.node_types)[0]),
    edgeFields: names(meta.edge_fields),
    edgeTypes: names(list(meta.edge_types)[0]),
  };
}

/** Strings with what holds them; ropes put together from their pieces. */
async function withHolders(
  found: ReadonlyMap<number, string>,
  graph: HeapGraph | null,
  reopen: (() => Promise<{ window: ByteWindow; close: () => Promise<void> }>) | null,
): Promise<MemoryString[]> {
  if (!graph || !reopen) return [...found.values()].map((text) => ({ text, heldBy: cutNote(text, null) }));
  const holders = graph.holdersOf(new Set(found.keys()));
  const ropes = graph.ropes();
  const wanted = new Set<number>();
  for (const list of holders.values()) {
    for (const holder of list) {
      if (typeof holder.edge === 'number') wanted.add(holder.edge);
      if (holder.name !== null) wanted.add(holder.name);
    }
  }
  for (const rope of ropes) {
    for (const piece of rope.pieces) wanted.add(piece);
    for (const holder of rope.holders) {
      if (typeof holder.edge === 'number') wanted.add(holder.edge);
      if (holder.name !== null) wanted.add(holder.name);
    }
  }
  const strings = wanted.size > 0 ? await readStrings(wanted, reopen) : new Map<number, string>();

  const memory: MemoryString[] = [];
  const whole = ropes.flatMap(({ pieces, holders: held }) => {
    const text = pieces.map((piece) => strings.get(piece) ?? '').join('');
    return text.length >= shortest && detect(text).hits.length > 0 ? [{ text, held }] : [];
  });
  for (const { text, held } of whole) memory.push({ text, heldBy: describe(held) ?? 'a string put together' });
  for (const [index, text] of found) {
    // A piece of a rope that was put together is no string of its own.
    if (whole.some((rope) => rope.text.includes(text)) && !(holders.get(index) ?? []).length) continue;
    memory.push({ text, heldBy: cutNote(text, describe(holders.get(index) ?? [])) });
  }
  return memory;

  function describe(list: ReturnType<HeapGraph['holdersOf']> extends Map<number, infer L> ? L : never): string | null {
    const words = list.flatMap(({ kind, edge, name }) => {
      const of = name === null ? '' : (strings.get(name) ?? '');
      const member = typeof edge === 'number' ? (strings.get(edge) ?? '') : edge;
      if (kind === 'context') return [`variable ${member} in a closure`];
      if (kind === 'element') return [`element of ${of || 'an array'}`];
      return member ? [`${member} of ${of || 'an object'}`] : [];
    });
    return words.length > 0 ? [...new Set(words)].slice(0, 3).join(', ') : null;
  }
}

function cutNote(text: string, heldBy: string | null): string | null {
  if (text.length !== cutAt) return heldBy;
  return `${heldBy ?? 'a string'} (cut at ${cutAt} characters by the snapshot)`;
}

async function readStrings(
  wanted: ReadonlySet<number>,
  reopen: () => Promise<{ window: ByteWindow; close: () => Promise<void> }>,
): Promise<Map<number, string>> {
  const { window, close } = await reopen();
  const strings = new Map<number, string>();
  try {
    const reader = new JsonReader(window);
    await reader.object({
      strings: () =>
        reader.array((range, index) => {
          if (wanted.has(index)) strings.set(index, byteWork.copy(stringAt(reader, range)));
        }),
    });
  } catch (error) {
    // The first reading told of a cut-off file already.
    if (!(error instanceof JsonError)) throw error;
  } finally {
    await close();
  }
  return strings;
}
