import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { filesBelow, root } from './files-below.ts';

/** A node of a syntax tree, as ESTree names them. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [member: string]: unknown;
}

export interface Found {
  /** Path below `src`. */
  file: string;
  node: Node;
  /** The whole file. */
  text: string;
}

/** Every node of every source, tests apart. */
export function sourceNodes(): Found[] {
  return filesBelow('src')
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .flatMap((file) => nodesOf(file, readFileSync(join(root, 'src', file), 'utf8')));
}

/** Every node of one source. */
export function nodesOf(file: string, text: string): Found[] {
  const found: Found[] = [];
  const pending: unknown[] = [parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' })];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null) continue;
    if ('type' in node) found.push({ file, node: node as Node, text });
    pending.push(...Object.values(node));
  }
  return found;
}
