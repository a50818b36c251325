import { describe, expect, test } from 'vitest';
import { daily } from '../../test/builders/tokens.ts';
import type { Capture } from '../engine/model/capture.ts';
import { ByteWindow } from './bytes/byte-window.ts';
import { InputError } from './input.ts';
import { recogniseInput } from './recognise-input.ts';

const token = daily.host();

interface Snapshot {
  snapshot: Record<string, unknown>;
  nodes: unknown;
  edges: unknown;
  strings: unknown;
}

/** One string, the token, held by one object; `change` spoils it. */
function snapshot(change: (whole: Snapshot) => unknown = () => {}): string {
  const whole: Snapshot = {
    snapshot: {
      meta: {
        node_fields: ['type', 'name', 'id', 'self_size', 'edge_count'],
        node_types: [['object', 'string', 'concatenated string'], 'string'],
        edge_fields: ['type', 'name_or_index', 'to_node'],
        edge_types: [['property', 'element'], 'string_or_number', 'node'],
      },
      node_count: 2,
      edge_count: 1,
    },
    nodes: [0, 0, 1, 16, 1, 1, 2, 3, 16, 0],
    edges: [0, 1, 5],
    strings: ['Session', 'auth', token],
  };
  change(whole);
  return JSON.stringify(whole);
}

async function read(text: string) {
  const bytes = Buffer.from(text);
  const open = () =>
    new ByteWindow(async (into, at) => {
      const piece = bytes.subarray(at, at + into.length);
      into.set(piece);
      return piece.length;
    });
  const input = await recogniseInput(open(), {
    name: 'a.heapsnapshot',
    bytes: bytes.length,
    reopen: async () => ({ window: open(), close: async () => {} }),
  });
  const captures: Capture[] = [];
  let failure: unknown = null;
  try {
    await input.read(0, (capture) => {
      captures.push(capture);
      return [];
    });
  } catch (error) {
    failure = error;
  }
  const texts = captures.flatMap(({ memory, texts: own }) => [...(memory ?? []), ...own]);
  return { kind: input.kind, failure, texts, held: captures.flatMap(({ memory }) => memory ?? [])[0]?.heldBy };
}

test('a whole one names what holds the token', async () => {
  expect(await read(snapshot())).toMatchObject({ kind: 'heap-snapshot', failure: null, held: 'auth of Session' });
});

const many = 4_000_000_000;

describe('a malformed one is an input error with its reason, and the token is found all the same', () => {
  test.each<[string, (whole: Snapshot) => unknown, RegExp]>([
    ['no meta', (one) => (one.snapshot = { node_count: 2 }), /it has no meta/],
    ['an empty meta', (one) => (one.snapshot.meta = {}), /does not name the columns/],
    ['a meta of lists', (one) => (one.snapshot.meta = [1]), /does not name the columns/],
    ['fields that are numbers', (one) => (one.snapshot.meta = { node_fields: [1], edge_fields: 5 }), /does not name/],
    [
      'fields named __proto__',
      (one) => ((one.snapshot.meta as { node_fields: string[] }).node_fields[0] = '__proto__'),
      /does not name/,
    ],
    [
      'more fields than it has',
      (one) => (one.snapshot.meta as { node_fields: string[] }).node_fields.push('a', 'b'),
      /not of the width/,
    ],
    ['another number of nodes', (one) => (one.snapshot.node_count = 9), /another number of nodes/],
    ['another number of edges', (one) => (one.snapshot.edge_count = 9), /another number of edges/],
    [
      'nodes that tell of edges that are not there',
      (one) => (one.nodes = [0, 0, 1, 16, many, 1, 2, 3, 16, 0]),
      /tell of/,
    ],
    ['a string that is not there', (one) => (one.nodes = [0, 7, 1, 16, 1, 1, 2, 3, 16, 0]), /node 0 is named by/],
    ['an edge named by no string', (one) => (one.edges = [0, 99, 5]), /edge 0 is named by/],
    ['an edge to nowhere', (one) => (one.edges = [0, 1, 5000]), /edge 0 leads to no node/],
    ['an edge between two nodes', (one) => (one.edges = [0, 1, 3]), /leads to no node/],
    ['negative numbers', (one) => (one.nodes = [0, 0, -1, 16, 1, 1, 2, 3, 16, 0]), /nodes are not all whole/],
    ['fractions', (one) => (one.edges = [0, 1.5, 5]), /edges are not all whole/],
    ['numbers as text', (one) => (one.nodes = ['0', '0']), /nodes are not all whole/],
    ['nested lists', (one) => (one.nodes = [[0, [0]], {}]), /nodes are not all whole/],
    ['nodes that are none', (one) => (one.nodes = 'none'), /nodes are not all whole/],
    ['edges that are an object', (one) => (one.edges = { '0': 1 }), /edges are not all whole/],
    ['strings that are numbers', (one) => (one.strings = [1, 'auth', token]), /strings are not all texts/],
    ['strings that are an object', (one) => (one.strings = { a: token }), /it has no strings; it was searched as text/],
  ])('%s', async (_, change, reason) => {
    const { kind, failure, texts } = await read(snapshot(change));
    expect(kind).toBe('heap-snapshot');
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as InputError).message).toMatch(reason);
    expect((failure as InputError).message).toMatch(/^is not a valid heap snapshot: /);
    expect((failure as InputError).position).not.toBeNull();
    expect(texts.some(({ text }) => text.includes(token))).toBe(true);
  });

  test('huge numbers where none are read', async () => {
    expect(
      (await read(snapshot((one) => (one.nodes = [0, 0, 1e300, 9e15, 1, 1, 2, 3, 16, 0])))).failure,
    ).toBeInstanceOf(InputError);
    const plain = snapshot().replace('[0,0,1,16,1,', '[0,0,99999999999,99999999999,1,');
    expect(await read(plain)).toMatchObject({ failure: null, held: 'auth of Session' });
  });

  test('cut off anywhere', async () => {
    const whole = snapshot();
    for (let end = 40; end < whole.length; end += 7) {
      const { kind, failure } = await read(whole.slice(0, end));
      if (kind === 'heap-snapshot') expect(failure).toBeInstanceOf(InputError);
    }
  });
});

test('ropes that lead in circles end', async () => {
  const ropes = 500;
  const text = snapshot((one) => {
    one.nodes = Array.from({ length: ropes }, (_, index) => [2, 0, index, 0, 2]).flat();
    one.edges = Array.from({ length: ropes }, (_, index) => [
      0,
      1,
      5 * ((index + 1) % 9),
      0,
      1,
      5 * (index % 7),
    ]).flat();
    one.snapshot.node_count = ropes;
    one.snapshot.edge_count = ropes * 2;
  });
  expect(await read(text)).toMatchObject({ failure: null });
});
