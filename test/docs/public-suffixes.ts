import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

/** The public suffix list as tldts keeps it: a tree of labels, the last one first, where equal branches are one. */
interface Kept {
  /** By node; 0 where no suffix ends. */
  nodeFlags: Uint8Array;
  /** By node: the first of its edges. */
  edgeStart: Uint16Array;
  edgeLength: Uint8Array;
  edgeChild: Uint16Array;
  labelText: string;
  rulesRoot: number;
  exceptionsRoot: number;
}

const root = dirname(createRequire(import.meta.url).resolve('tldts/package.json'));

async function kept(): Promise<{ list: Kept; version: string }> {
  const list = (await import(resolve(root, 'dist/es6/src/data/trie.js'))) as Kept;
  const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string };
  return { list, version };
}

/**
 * `uk(ac,co,.sch(*))`: labels below a label in brackets; `.` marks one that is no suffix itself, `!` one that is excepted
 * from the `*` beside it. Left out is what needs no telling: a last label with nothing below it is a suffix anyway (rule `*`
 * of the list), and Unicode spellings, as each stands there in ASCII, too.
 */
export function suffixText(list: Kept): string {
  const labels: string[] = [];
  for (let edge = 0, at = 0; edge < list.edgeLength.length; edge += 1) {
    const end = at + (list.edgeLength[edge] ?? 0);
    labels.push(list.labelText.slice(at, end));
    at = end;
  }
  const below = (node: number) => {
    const found = new Map<string, number>();
    for (let edge = list.edgeStart[node] ?? 0; edge < (list.edgeStart[node + 1] ?? 0); edge += 1) {
      const label = labels[edge] ?? '';
      if (/^[\x21-\x7e]+$/.test(label)) found.set(label, list.edgeChild[edge] ?? 0);
    }
    return found;
  };
  const write = (node: number, exceptions: number | null, isRoot = false): string => {
    const excepted = exceptions === null ? new Map<string, number>() : below(exceptions);
    const names = new Set([...below(node).keys(), ...excepted.keys()]);
    return [...names]
      .sort()
      .flatMap((label) => {
        const child = below(node).get(label);
        const except = excepted.get(label) ?? null;
        const isExcepted = except !== null && list.nodeFlags[except] !== 0;
        const inner = child === undefined ? '' : write(child, except);
        if (isRoot && inner === '') return [];
        const mark = isExcepted ? '!' : child !== undefined && list.nodeFlags[child] !== 0 ? '' : '.';
        return [`${mark}${label}${inner ? `(${inner})` : ''}`];
      })
      .join(',');
  };
  return write(list.rulesRoot, list.exceptionsRoot, true);
}

export async function publicSuffixesPage(): Promise<string> {
  const { list, version } = await kept();
  return `// Written by \`npm run docs\` from the public suffix list (https://publicsuffix.org) as tldts ${version} keeps it.
// This list is subject to the terms of the Mozilla Public License, v. 2.0: https://mozilla.org/MPL/2.0/.

/** Suffixes under which anybody may register, from the last label on; \`suffixText\` in test/docs/public-suffixes.ts tells how it is written. */
export const publicSuffixes =
  '${suffixText(list)}';
`;
}
