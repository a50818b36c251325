import { readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { filesOf, type Layer, layers } from '../guards/layers.ts';

const { dirname, relative } = posix;
const page = resolve(import.meta.dirname, '../../docs/architecture.md');
const [begin, end] = [
  '<!-- layers, written by `npm run docs` from test/guards/layers.ts -->',
  '<!-- end of layers -->',
];

/** docs/architecture.md with its table of layers as the code has it; everything else in it is written by hand. */
export async function architecturePage(): Promise<string> {
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error('docs/architecture.md has lost the place of its table of layers.');
  return `${text.slice(0, from)}${begin}\n${tableOfLayers()}\n${text.slice(to)}`;
}

function tableOfLayers(): string {
  const shown = layers.filter(({ is }) => is !== undefined);
  const rows = shown.map((layer) => {
    const parts = layers.filter((one) => shownFor(one.path, shown) === layer.path);
    const imports = parts.flatMap(({ imports }) => imports.map((one) => nameFor(layer, shownFor(one, shown))));
    const others = [...new Set(imports)].filter((one) => one !== nameFor(layer, layer.path));
    return `| \`${nameOf(layer.path)}\` | ${others.join(', ') || 'nothing'} | ${layer.is} |`;
  });
  return ['| Layer | May import | What it is |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The row of the page that a row of the table is part of: itself, or the nearest folder around it. */
function shownFor(path: string, shown: readonly Layer[]): string {
  for (let at = path; at !== '.'; at = dirname(at)) if (shown.some((one) => one.path === at)) return at;
  return path;
}

/** What a row calls another: inside the engine by its folder, elsewhere by the part of the product. */
function nameFor(layer: Layer, path: string): string {
  return layer.path.startsWith('engine/') ? nameOf(path) : (path.split('/')[0] as string);
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
