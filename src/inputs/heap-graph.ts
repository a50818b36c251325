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

/** Collects nodes and edges as they stream by, in a few bytes each. */
export function createHeapGraph(meta: HeapMeta): HeapGraph {
  const column = {
    type: meta.nodeFields.indexOf('type'),
    name: meta.nodeFields.indexOf('name'),
    edges: meta.nodeFields.indexOf('edge_count'),
    edgeType: meta.edgeFields.indexOf('type'),
    edgeName: meta.edgeFields.indexOf('name_or_index'),
    edgeTo: meta.edgeFields.indexOf('to_node'),
  };
  const nodeWidth = meta.nodeFields.length;
  const edgeWidth = meta.edgeFields.length;
  const usable = nodeWidth > 0 && edgeWidth > 0 && Object.values(column).every((index) => index >= 0);
  const stringTypes = new Set(
    ['string', 'concatenated string', 'sliced string'].map((name) => meta.nodeTypes.indexOf(name)),
  );
  const ropeType = meta.nodeTypes.indexOf('concatenated string');

  const types = createNumbers(Uint8Array);
  const names = createNumbers(Uint32Array);
  const edgeCounts = createNumbers(Uint32Array);
  const edgeTypes = createNumbers(Uint8Array);
  const edgeNames = createNumbers(Uint32Array);
  const edgeTargets = createNumbers(Uint32Array);
  let nodeColumn = 0;
  let edgeColumn = 0;
  let tooLarge = false;
  /** Some edge ends between two nodes. */
  let isAskew = false;

  return {
    fault(stringCount) {
      if (!usable) return 'its meta does not name the columns of nodes and edges';
      if (tooLarge) return null;
      if (nodeColumn !== 0) return 'its nodes are not of the width that its meta tells';
      if (edgeColumn !== 0) return 'its edges are not of the width that its meta tells';
      if (meta.nodeCount !== null && meta.nodeCount !== types.length)
        return 'it has another number of nodes than it tells';
      if (meta.edgeCount !== null && meta.edgeCount !== edgeTypes.length)
        return 'it has another number of edges than it tells';
      return faultOfNodes(stringCount) ?? faultOfEdges(stringCount);
    },
    addNodes(numbers, count) {
      if (!usable || tooLarge) return;
      for (let i = 0; i < count; i += 1) {
        const value = numbers[i] as number;
        if (nodeColumn === column.type) types.push(value);
        else if (nodeColumn === column.name) names.push(value);
        else if (nodeColumn === column.edges) edgeCounts.push(value);
        nodeColumn = nodeColumn + 1 === nodeWidth ? 0 : nodeColumn + 1;
      }
      if (types.length > mostNodes) tooLarge = true;
    },
    addEdges(numbers, count) {
      if (!usable || tooLarge) return;
      for (let i = 0; i < count; i += 1) {
        const value = numbers[i] as number;
        if (edgeColumn === column.edgeType) edgeTypes.push(value);
        else if (edgeColumn === column.edgeName) edgeNames.push(value);
        else if (edgeColumn === column.edgeTo) {
          if (value % nodeWidth !== 0) isAskew = true;
          edgeTargets.push(value / nodeWidth);
        }
        edgeColumn = edgeColumn + 1 === edgeWidth ? 0 : edgeColumn + 1;
      }
      if (edgeTypes.length > mostEdges) tooLarge = true;
    },
    holdersOf(strings) {
      if (!usable || tooLarge) return new Map();
      const nodes = new Map<number, number>();
      for (let node = 0; node < types.length && nodes.size < mostWanted; node += 1) {
        const name = names.at(node);
        if (stringTypes.has(types.at(node)) && strings.has(name)) nodes.set(node, name);
      }
      const byNode = holders(new Set(nodes.keys()));
      const byString = new Map<number, Holder[]>();
      for (const [node, name] of nodes) {
        const list = byString.get(name) ?? [];
        byString.set(name, list);
        if (list.length < mostHolders) list.push(...(byNode.get(node) ?? []));
      }
      return byString;
    },
    ropes() {
      if (!usable || tooLarge) return [];
      const firstEdge = edgeStarts();
      const inner = new Set<number>();
      const roots: number[] = [];
      for (let node = 0; node < types.length; node += 1) {
        if (types.at(node) !== ropeType) continue;
        for (const half of halves(node, firstEdge)) if (types.at(half) === ropeType) inner.add(half);
      }
      for (let node = 0; node < types.length && roots.length < mostRopes; node += 1) {
        if (types.at(node) === ropeType && !inner.has(node)) roots.push(node);
      }
      const held = holders(new Set(roots));
      let left = mostPiecesInAll;
      return roots.flatMap((root) => {
        if (left <= 0) return [];
        const found = pieces(root, firstEdge);
        left -= found.length;
        return [{ pieces: found, holders: held.get(root) ?? [] }];
      });
    },
  };

  function faultOfNodes(stringCount: number): string | null {
    let edges = 0;
    for (let node = 0; node < types.length; node += 1) {
      edges += edgeCounts.at(node);
      if (names.at(node) >= stringCount) return `its node ${node} is named by a string that is not there`;
    }
    return edges === edgeTypes.length ? null : 'its nodes tell of another number of edges than there are';
  }

  function faultOfEdges(stringCount: number): string | null {
    if (isAskew) return 'an edge of it leads to no node';
    for (let edge = 0; edge < edgeTypes.length; edge += 1) {
      if (edgeTargets.at(edge) >= types.length) return `its edge ${edge} leads to no node`;
      const kind = meta.edgeTypes[edgeTypes.at(edge)];
      const isNamed = kind === 'property' || kind === 'context';
      if (isNamed && edgeNames.at(edge) >= stringCount)
        return `its edge ${edge} is named by a string that is not there`;
    }
    return null;
  }

  /** Index of the first edge of each node; edges follow one another in the order of nodes. */
  function edgeStarts(): Uint32Array {
    const starts = new Uint32Array(types.length + 1);
    for (let node = 0; node < types.length; node += 1)
      starts[node + 1] = (starts[node] as number) + edgeCounts.at(node);
    return starts;
  }

  /** The two strings a rope joins: its internal edges, in order. */
  function halves(node: number, firstEdge: Uint32Array): number[] {
    const targets: number[] = [];
    for (let edge = firstEdge[node] as number; edge < (firstEdge[node + 1] as number); edge += 1) {
      const target = edgeTargets.at(edge);
      if (stringTypes.has(types.at(target))) targets.push(target);
    }
    return targets.slice(0, 2);
  }

  function pieces(root: number, firstEdge: Uint32Array): number[] {
    const found: number[] = [];
    const open = [root];
    for (let steps = 0; open.length > 0 && steps < mostPieces; steps += 1) {
      const node = open.pop() as number;
      if (types.at(node) === ropeType) open.push(...halves(node, firstEdge).reverse());
      else found.push(names.at(node));
    }
    return found;
  }

  function holders(wanted: ReadonlySet<number>): Map<number, Holder[]> {
    const found = new Map<number, Holder[]>();
    if (wanted.size === 0 || tooLarge) return found;
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
