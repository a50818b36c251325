import { readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { filesOf, type Layer, layers } from '../guards/layers.ts';

const { dirname, relative } = posix;
const page = resolve(import.meta.dirname, '../../docs/architecture.md');
const [begin, end] = [
  '<!-- layers, written by `npm run docs` from test/guards/layers.ts -->',
  '<!-- end of layers -->',
];

/** docs/architecture.md with its picture and table of layers as the code has them; everything else in it is written by hand. */
export async function architecturePage(): Promise<string> {
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error('docs/architecture.md has lost the place of its table of layers.');
  return `${text.slice(0, from)}${begin}\n${tableOfLayers()}\n${text.slice(to)}`;
}

const shown = layers.filter(({ is }) => is !== undefined);

/** A picture and a table: an arrow goes from a layer to the nearest that it may import. */
function tableOfLayers(): string {
  const rows = shown.map(({ path, is }) => `| \`${nameOf(path)}\` | ${is} |`);
  return [...picture(), '', '| Layer | What it is |', '| --- | --- |', ...rows].join('\n');
}

/** The layers as a graph in Mermaid's words, without arrows that go a longer way too. */
function picture(): string[] {
  const below = new Map<string, Set<string>>();
  for (const layer of layers) {
    const from = boxOf(layer.path);
    const to = below.get(from) ?? new Set<string>();
    below.set(from, to);
    for (const one of layer.imports.map(boxOf)) if (one !== from) to.add(one);
  }
  const reached = (from: string): Set<string> => {
    const direct = [...(below.get(from) ?? [])];
    return new Set([...direct, ...direct.flatMap((one) => [...reached(one)])]);
  };
  const arrows = [...below].flatMap(([from, all]) => {
    const further = new Set([...all].flatMap((one) => [...reached(one)]));
    return [...all].filter((one) => !further.has(one)).map((to) => `  ${from} --> ${to}`);
  });
  return ['```mermaid', 'flowchart LR', ...arrows, '```'];
}

/** The box of the picture that a row stands in: a folder of the engine, or a part of the product. */
function boxOf(path: string): string {
  const [part = '', folder = ''] = path.split('/');
  return part === 'engine' && folder ? folder.replace(/\.ts$/, '') : part;
}

const nameOf = (path: string) => path.replace(/^engine\/(?=.)/, '').replace(/\/\*$/, '');

/** The table for the linter, so that the editor shows an import that runs uphill. */
export async function linterLayers(): Promise<string> {
  const overrides = layers.map((layer) => ({
    includes: [...includesOf(layer), '!**/*.test.ts', '!**/*.test.tsx'],
    linter: {
      rules: {
        style: {
          noRestrictedImports: {
            level: 'error',
            options: {
              patterns: [
                { group: groupOf(layer), message: `This runs uphill: see \`${layer.path}\` in test/guards/layers.ts.` },
              ],
            },
          },
        },
      },
    },
  }));
  const schema = '../../node_modules/@biomejs/biome/configuration_schema.json';
  return `${JSON.stringify({ $schema: schema, overrides }, null, 2)}\n`;
}

const folderOf = ({ path }: Layer) => (/\.tsx?$/.test(path) ? dirname(path) : path);

/** Files of a folder that stand on other levels. */
function apart(folder: string, but: readonly string[] = []): string[] {
  return layers.flatMap(filesOf).filter((file) => dirname(file) === folder && !but.includes(file));
}

function includesOf(layer: Layer): string[] {
  const own = filesOf(layer);
  if (own.length > 0) return own.map((file) => `**/src/${file}`);
  return [
    `**/src/${layer.path}/*.ts`,
    `**/src/${layer.path}/*.tsx`,
    ...apart(layer.path).map((file) => `!**/src/${file}`),
  ];
}

/** Every import of a file of ours but those allowed; the later of two patterns counts. */
function groupOf(layer: Layer): string[] {
  const from = folderOf(layer);
  const to = (path: string) => {
    const seen = relative(from, path);
    return seen === '' ? '.' : seen.startsWith('.') ? seen : `./${seen}`;
  };
  const rows = layers.filter((one) => one === layer || layer.imports.includes(one.path));
  const files = rows.flatMap(filesOf);
  const folders = rows.filter((one) => filesOf(one).length === 0).map(({ path }) => path);
  const beside = layer.path.endsWith('/*') ? ['!./*'] : [];
  return [
    '../**/*.ts',
    '../**/*.tsx',
    './**/*.ts',
    './**/*.tsx',
    ...beside,
    ...folders.map((folder) => `!${to(folder)}/*`),
    ...folders.flatMap((folder) => apart(folder, files)).map(to),
    ...files.map((file) => `!${to(file)}`),
  ];
}
