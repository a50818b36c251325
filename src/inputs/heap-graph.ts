/** Names of the columns of a heap snapshot, as the file itself gives them. */
export interface HeapMeta {
  nodeFields: string[];
  nodeTypes: string[];
  edgeFields: string[];
  edgeTypes: string[];
  /** How many there are to be; null where the file does not say. */
  nodeCount: number | null;
  edgeCount: number | null;
}

/** Who refers to a node. Numbers are indexes of strings. */
export interface Holder {
  kind: 'property' | 'context' | 'element';
  /** Index of the member's name; null for an element. */
  edge: number | null;
  /** Index of the holder's own name, which for an object is its constructor. */
  name: number | null;
}

export interface HeapGraph {
  /**
   * What of the graph contradicts itself, as a clause; null when it holds together. Nothing else is to be asked of one
   * that does not. `stringCount` is how many strings there are to be named.
   */
  fault(stringCount: number): string | null;
  addNodes(numbers: Uint32Array, count: number): void;
  addEdges(numbers: Uint32Array, count: number): void;
  /** What refers to the string nodes named by these string indexes, by string index. */
  holdersOf(strings: ReadonlySet<number>): Map<number, Holder[]>;
  /** Strings made by joining others: string indexes of their pieces in order, and what refers to them. */
  ropes(): { pieces: number[]; holders: Holder[] }[];
}

/** Beyond these, a snapshot's graph is not kept: tokens are found all the same, without what holds them. */
const mostNodes = 8_000_000;
const mostEdges = 24_000_000;
/** Pieces of one rope and of all, and ropes looked at. */
const mostPieces = 4096;
const mostPiecesInAll = 2_000_000;
const mostRopes = 50_000;
/** Nodes asked about, and places listed of one text. */
const mostWanted = 200_000;
const mostHolders = 3;

type Numbers = ReturnType<typeof createNumbers>;

/** Nodes and edges so far, column by column. */
interface Graph {
  meta: HeapMeta;
  /** Whether the meta names the columns that are needed. */
  usable: boolean;
  stringTypes: ReadonlySet<number>;
  ropeType: number;
  types: Numbers;
  names: Numbers;
  edgeCounts: Numbers;
  edgeTypes: Numbers;
  edgeNames: Numbers;
  edgeTargets: Numbers;
  /** The column that comes next. */
  nodeColumn: number;
  edgeColumn: number;
  tooLarge: boolean;
  /** Some edge ends between two nodes. */
  isAskew: boolean;
}

interface Columns {
  type: number;
  name: number;
  edges: number;
  edgeType: number;
  edgeName: number;
  edgeTo: number;
}

/** Collects nodes and edges as they stream by, in a few bytes each. */
export function createHeapGraph(meta: HeapMeta): HeapGraph {
  const columns: Columns = {
    type: meta.nodeFields.indexOf('type'),
    name: meta.nodeFields.indexOf('name'),
    edges: meta.nodeFields.indexOf('edge_count'),
    edgeType: meta.edgeFields.indexOf('type'),
    edgeName: meta.edgeFields.indexOf('name_or_index'),
    edgeTo: meta.edgeFields.indexOf('to_node'),
  };
  const widths = [meta.nodeFields.length, meta.edgeFields.length];
  const stringTypes = ['string', 'concatenated string', 'sliced string'];
  const graph: Graph = {
    meta,
    usable: widths.every((width) => width > 0) && Object.values(columns).every((index) => index >= 0),
    stringTypes: new Set(stringTypes.map((name) => meta.nodeTypes.indexOf(name))),
    ropeType: meta.nodeTypes.indexOf('concatenated string'),
    types: createNumbers(Uint8Array),
    names: createNumbers(Uint32Array),
    edgeCounts: createNumbers(Uint32Array),
    edgeTypes: createNumbers(Uint8Array),
    edgeNames: createNumbers(Uint32Array),
    edgeTargets: createNumbers(Uint32Array),
    nodeColumn: 0,
    edgeColumn: 0,
    tooLarge: false,
    isAskew: false,
  };
  const isKept = () => graph.usable && !graph.tooLarge;
  return {
    fault: (stringCount) => faultOf(graph, stringCount),
    addNodes(numbers, count) {
      if (isKept()) takeNodes(graph, columns, numbers, count);
    },
    addEdges(numbers, count) {
      if (isKept()) takeEdges(graph, columns, numbers, count);
    },
    holdersOf: (strings) => (isKept() ? holdersOf(graph, strings) : new Map()),
    ropes: () => (isKept() ? ropesIn(graph) : []),
  };
}

function takeNodes(graph: Graph, column: Columns, numbers: Uint32Array, count: number) {
  const { types, names, edgeCounts, meta } = graph;
  const width = meta.nodeFields.length;
  let at = graph.nodeColumn;
  for (let i = 0; i < count; i += 1) {
    const value = numbers[i] as number;
    if (at === column.type) types.push(value);
    else if (at === column.name) names.push(value);
    else if (at === column.edges) edgeCounts.push(value);
    at = at + 1 === width ? 0 : at + 1;
  }
  graph.nodeColumn = at;
  if (types.length > mostNodes) graph.tooLarge = true;
}

function takeEdges(graph: Graph, column: Columns, numbers: Uint32Array, count: number) {
  const { edgeTypes, edgeNames, edgeTargets, meta } = graph;
  const width = meta.edgeFields.length;
  const nodeWidth = meta.nodeFields.length;
  let at = graph.edgeColumn;
  for (let i = 0; i < count; i += 1) {
    const value = numbers[i] as number;
    if (at === column.edgeType) edgeTypes.push(value);
    else if (at === column.edgeName) edgeNames.push(value);
    else if (at === column.edgeTo) {
      if (value % nodeWidth !== 0) graph.isAskew = true;
      edgeTargets.push(value / nodeWidth);
    }
    at = at + 1 === width ? 0 : at + 1;
  }
  graph.edgeColumn = at;
  if (edgeTypes.length > mostEdges) graph.tooLarge = true;
}

function faultOf(graph: Graph, stringCount: number): string | null {
  const { meta, types, edgeTypes } = graph;
  if (!graph.usable) return 'its meta does not name the columns of nodes and edges';
  if (graph.tooLarge) return null;
  if (graph.nodeColumn !== 0) return 'its nodes are not of the width that its meta tells';
  if (graph.edgeColumn !== 0) return 'its edges are not of the width that its meta tells';
  if (meta.nodeCount !== null && meta.nodeCount !== types.length) return 'it has another number of nodes than it tells';
  if (meta.edgeCount !== null && meta.edgeCount !== edgeTypes.length)
    return 'it has another number of edges than it tells';
  return faultOfNodes(graph, stringCount) ?? faultOfEdges(graph, stringCount);
}

function faultOfNodes({ types, names, edgeCounts, edgeTypes }: Graph, stringCount: number): string | null {
  let edges = 0;
  for (let node = 0; node < types.length; node += 1) {
    edges += edgeCounts.at(node);
    if (names.at(node) >= stringCount) return `its node ${node} is named by a string that is not there`;
  }
  return edges === edgeTypes.length ? null : 'its nodes tell of another number of edges than there are';
}

function faultOfEdges(graph: Graph, stringCount: number): string | null {
  const { meta, types, edgeTypes, edgeNames, edgeTargets } = graph;
  if (graph.isAskew) return 'an edge of it leads to no node';
  for (let edge = 0; edge < edgeTypes.length; edge += 1) {
    if (edgeTargets.at(edge) >= types.length) return `its edge ${edge} leads to no node`;
    const kind = meta.edgeTypes[edgeTypes.at(edge)];
    const isNamed = kind === 'property' || kind === 'context';
    if (isNamed && edgeNames.at(edge) >= stringCount) return `its edge ${edge} is named by a string that is not there`;
  }
  return null;
}

function holdersOf(graph: Graph, strings: ReadonlySet<number>): Map<number, Holder[]> {
  const { types, names, stringTypes } = graph;
  const nodes = new Map<number, number>();
  for (let node = 0; node < types.length && nodes.size < mostWanted; node += 1) {
    const name = names.at(node);
    if (stringTypes.has(types.at(node)) && strings.has(name)) nodes.set(node, name);
  }
  const byNode = holdersOfNodes(graph, new Set(nodes.keys()));
  const byString = new Map<number, Holder[]>();
  for (const [node, name] of nodes) {
    const list = byString.get(name) ?? [];
    byString.set(name, list);
    if (list.length < mostHolders) list.push(...(byNode.get(node) ?? []));
  }
  return byString;
}

function holdersOfNodes(graph: Graph, wanted: ReadonlySet<number>): Map<number, Holder[]> {
  const { meta, types, names, edgeCounts, edgeTypes, edgeNames, edgeTargets } = graph;
  const found = new Map<number, Holder[]>();
  if (wanted.size === 0) return found;
  let edge = 0;
  for (let node = 0; node < types.length; node += 1) {
    for (const end = edge + edgeCounts.at(node); edge < end; edge += 1) {
      const target = edgeTargets.at(edge);
      if (!wanted.has(target)) continue;
      const kind = meta.edgeTypes[edgeTypes.at(edge)];
      if (kind !== 'property' && kind !== 'context' && kind !== 'element') continue;
      const list = found.get(target) ?? [];
      found.set(target, list);
      if (list.length < mostHolders)
        list.push({ kind, edge: kind === 'element' ? null : edgeNames.at(edge), name: names.at(node) });
    }
  }
  return found;
}

function ropesIn(graph: Graph): { pieces: number[]; holders: Holder[] }[] {
  const firstEdge = edgeStarts(graph);
  const roots = rootRopes(graph, firstEdge);
  const held = holdersOfNodes(graph, new Set(roots));
  let left = mostPiecesInAll;
  return roots.flatMap((root) => {
    if (left <= 0) return [];
    const pieces = piecesOf(graph, root, firstEdge);
    left -= pieces.length;
    return [{ pieces, holders: held.get(root) ?? [] }];
  });
}

/** Ropes that are no half of another. */
function rootRopes(graph: Graph, firstEdge: Uint32Array): number[] {
  const { types, ropeType } = graph;
  const inner = new Set<number>();
  const roots: number[] = [];
  for (let node = 0; node < types.length; node += 1) {
    if (types.at(node) !== ropeType) continue;
    for (const half of halves(graph, node, firstEdge)) if (types.at(half) === ropeType) inner.add(half);
  }
  for (let node = 0; node < types.length && roots.length < mostRopes; node += 1) {
    if (types.at(node) === ropeType && !inner.has(node)) roots.push(node);
  }
  return roots;
}

/** Index of the first edge of each node; edges follow one another in the order of nodes. */
function edgeStarts({ types, edgeCounts }: Graph): Uint32Array {
  const starts = new Uint32Array(types.length + 1);
  for (let node = 0; node < types.length; node += 1) starts[node + 1] = (starts[node] as number) + edgeCounts.at(node);
  return starts;
}

/** The two strings a rope joins: its internal edges, in order. */
function halves({ types, stringTypes, edgeTargets }: Graph, node: number, firstEdge: Uint32Array): number[] {
  const targets: number[] = [];
  for (let edge = firstEdge[node] as number; edge < (firstEdge[node + 1] as number); edge += 1) {
    const target = edgeTargets.at(edge);
    if (stringTypes.has(types.at(target))) targets.push(target);
  }
  return targets.slice(0, 2);
}

function piecesOf(graph: Graph, root: number, firstEdge: Uint32Array): number[] {
  const { types, names, ropeType } = graph;
  const found: number[] = [];
  const open = [root];
  for (let steps = 0; open.length > 0 && steps < mostPieces; steps += 1) {
    const node = open.pop() as number;
    if (types.at(node) === ropeType) open.push(...halves(graph, node, firstEdge).reverse());
    else found.push(names.at(node));
  }
  return found;
}

/** A list of numbers that grows without copying each into an object. */
function createNumbers(kind: typeof Uint8Array | typeof Uint32Array) {
  let values = new kind(1 << 16);
  let length = 0;
  return {
    push(value: number) {
      if (length === values.length) {
        const larger = new kind(length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    at: (index: number): number => (index < length ? (values[index] as number) : 0),
    get length() {
      return length;
    },
  };
}
