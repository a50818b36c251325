import { detect } from '../engine/find/detect.ts';
import type { MemoryString } from '../engine/model/capture.ts';
import { list, number, record, string } from '../engine/text/narrow.ts';
import type { ByteWindow } from './bytes/byte-window.ts';
import { byteWork } from './bytes/byte-work.ts';
import { JsonError, JsonReader } from './bytes/json-reader.ts';
import { createHeapGraph, type HeapGraph, type HeapMeta } from './heap-graph.ts';
import { emptyCapture, type Input, InputError } from './input.ts';
import { text } from './text.ts';

/**
 * Chrome's heap snapshot: numbers for nodes and edges, then one list of strings that they name by index (the format is
 * described by `snapshot.meta` of the file itself). Strings are read twice when a file can be: to find tokens, and then
 * to name what holds them.
 */
export const heapSnapshot: Input = {
  id: 'heap-snapshot',
  isWhole: true,
  name: 'Chrome heap snapshot',
  matches: (head) =>
    /^\s*\{\s*"snapshot"\s*:\s*\{\s*"meta"\s*:/.test(head) ||
    (/^\s*\{\s*"snapshot"\s*:/.test(head) && /"nodes"\s*:/.test(head)),

  async read(window, context, emit) {
    const { now, reopen } = context;
    const first = await readOnce(window);
    const { found, stringCount } = first;
    let { failure } = first;
    if (stringCount === 0 && failure?.code === 'input-invalid' && reopen) {
      // Where the strings should be is not known, so they may be anywhere.
      const again = await reopen();
      try {
        await text.read(again.window, context, emit);
      } finally {
        await again.close();
      }
      throw new InputError(failure.code, `${failure.message}; it was searched as text`, failure.position);
    }
    const fault = failure ? null : (first.graph?.fault(stringCount) ?? null);
    if (fault) failure = invalid(`${fault}; its strings were searched`, first.nodesAt);
    const graph = failure?.code === 'input-invalid' ? null : first.graph;
    emit({ ...emptyCapture(now), memory: await withHolders(found, graph, reopen) });
    if (failure) throw failure;
  },
};

interface FirstReading {
  graph: HeapGraph | null;
  /** Strings with tokens, by index. */
  found: Map<number, string>;
  stringCount: number;
  /** Absolute position of the nodes. */
  nodesAt: number | null;
  failure: InputError | null;
}

/** Reads all of it as far as it makes sense. Numbers that make none leave the strings to be read. */
async function readOnce(window: ByteWindow): Promise<FirstReading> {
  const reader = new JsonReader(window);
  const reading: FirstReading = { graph: null, found: new Map(), stringCount: 0, nodesAt: null, failure: null };
  const fail = (what: string, position: number | null) => {
    if (position !== null) reading.failure ??= invalid(`${what}; its strings were searched`, position);
  };
  try {
    await reader.object({
      snapshot: async () => {
        const at = reader.position;
        const snapshot = record(await reader.parsed());
        if (snapshot.meta === undefined) fail('it has no meta', at);
        reading.graph = createHeapGraph(metaOf(snapshot));
      },
      nodes: async () => {
        reading.nodesAt = reader.position;
        const odd = await reader.integers((numbers, count) => reading.graph?.addNodes(numbers, count));
        fail('its nodes are not all whole numbers', odd);
      },
      edges: async () => {
        const odd = await reader.integers((numbers, count) => reading.graph?.addEdges(numbers, count));
        fail('its edges are not all whole numbers', odd);
      },
      strings: () =>
        reader.array((range, index) => {
          reading.stringCount = index + 1;
          if (window.bytes(range.start, range.start + 1)[0] !== quote && !range.tooLarge) {
            fail('its strings are not all texts', range.start);
          }
          const one = stringAt(reader, range);
          if (one.length >= shortest && detect(one).hits.length > 0) reading.found.set(index, byteWork.copy(one));
        }),
    });
    if (reading.stringCount === 0) reading.failure ??= invalid('it has no strings', reader.position);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    reading.failure = error.ended
      ? new InputError('input-truncated', 'is cut off; what came before was read', error.position)
      : (reading.failure ?? invalid(error.message, error.position));
  }
  return reading;
}

function invalid(what: string, position: number | null): InputError {
  return new InputError('input-invalid', `is not a valid heap snapshot: ${what}`, position);
}

const quote = 0x22;
/** Shorter strings hold no token. */
const shortest = 16;
/** V8 cuts strings of a snapshot at this length unless told otherwise. */
const cutAt = 1024;

function stringAt(reader: JsonReader, range: { start: number; end: number; tooLarge: boolean }): string {
  if (range.tooLarge) return '';
  return reader.text({ start: range.start + 1, end: range.end - 1, escaped: true });
}

function metaOf(snapshot: Record<string, unknown>): HeapMeta {
  const meta = record(snapshot.meta);
  const names = (value: unknown) => list(value).map(string);
  return {
    nodeFields: names(meta.node_fields),
    nodeTypes: names(list(meta.node_types)[0]),
    edgeFields: names(meta.edge_fields),
    edgeTypes: names(list(meta.edge_types)[0]),
    nodeCount: number(snapshot.node_count),
    edgeCount: number(snapshot.edge_count),
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
  const whole: string[] = [];
  let left = mostJoined;
  for (const { pieces, holders: held } of ropes) {
    const text = joined(pieces, strings, left);
    left -= text.length;
    if (text.length < shortest || detect(text).hits.length === 0) continue;
    memory.push({ text, heldBy: describe(held) ?? 'a string put together' });
    whole.push(text);
  }
  const isPiece = createPieceSearch(whole);
  for (const [index, text] of found) {
    // A piece of a rope that was put together is no string of its own.
    if (!holders.get(index)?.length && isPiece(text)) continue;
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

/** Whether a text stands in one of the ropes. Of a file made to take for ever, some pieces are listed besides. */
function createPieceSearch(ropes: readonly string[]): (text: string) => boolean {
  const all = ropes.join('\n');
  let searches = Math.ceil(mostCompared / (all.length + 1));
  return (text) => {
    searches -= 1;
    return searches >= 0 && all.includes(text);
  };
}

const mostCompared = 4 * 2 ** 30;

/** Characters of one rope, and of all ropes, that are put together. */
const longestRope = 4 << 20;
const mostJoined = 128 << 20;

function joined(pieces: readonly number[], strings: ReadonlyMap<number, string>, most: number): string {
  let text = '';
  for (const piece of pieces) {
    text += strings.get(piece) ?? '';
    if (text.length >= Math.min(longestRope, most)) break;
  }
  return text.slice(0, Math.max(0, most));
}

function cutNote(text: string, heldBy: string | null): string | null {
  if (text.length !== cutAt) return heldBy;
  return `${heldBy ?? 'a string'} (cut at ${cutAt} characters by the snapshot)`;
}

async function readStrings(
  wanted: ReadonlySet<number>,
  reopen: () => Promise<{ window: ByteWindow; close: () => Promise<void> }>,
): Promise<Map<number, string>> {
  const strings = new Map<number, string>();
  let close = async () => {};
  try {
    const again = await reopen();
    close = again.close;
    const { window } = again;
    const reader = new JsonReader(window);
    await reader.object({
      strings: () =>
        reader.array((range, index) => {
          if (wanted.has(index)) strings.set(index, byteWork.copy(stringAt(reader, range)));
        }),
    });
  } catch (error) {
    // The first reading told of a cut-off file already; of one that went away since, the tokens are known all the same.
    const isPlatform = typeof (error as { code?: unknown }).code === 'string';
    if (!(error instanceof JsonError) && !isPlatform) throw error;
  } finally {
    await close();
  }
  return strings;
}
