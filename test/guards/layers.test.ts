import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';
import { importsOf } from './imports.ts';
import { type Kind, kinds } from './kinds.ts';
import { filesOf, type Layer, layerOf, layers } from './layers.ts';

const src = resolve(import.meta.dirname, '../../src');

/** Imports that are no source, and no layer either. */
const noLayers: Record<string, readonly string[]> = {
  'engine/report/generator.ts': ['../../../package.json'],
  'panel/mount.tsx': ['./styles/index.css'],
};

const all = (readdirSync(src, { recursive: true }) as string[]).map((file) => file.replaceAll('\\', '/'));
const there = new Set(all);
const files = all
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => {
    const written = importsOf(file, readFileSync(join(src, file), 'utf8'));
    const imports = written.filter((to) => /^\.{1,2}\//.test(to)).map((to) => pathOf(file, to));
    return { file, written, imports };
  });

function pathOf(file: string, to: string): string {
  return relative(src, resolve(src, dirname(file), to.replace(/\?.*$/, ''))).replaceAll('\\', '/');
}

test.each([
  ["import { x } from /* from here */ './a.ts';", ['./a.ts']],
  ["import './a.ts'; import * as b from './b.ts?worker';", ['./a.ts', './b.ts?worker']],
  [
    "import type { A } from './a.ts'; export type { B } from './b.ts'; export * from './c.ts';",
    ['./a.ts', './b.ts', './c.ts'],
  ],
  ["const a = import('./a.ts'); const b = import(`./b.ts`);", ['./a.ts', './b.ts']],
  ["type A = import('./a.ts').A; let b: typeof import('./b.ts');", ['./a.ts', './b.ts']],
  ["import a = require('./a.ts');", ['./a.ts']],
  ["const a = require('./a.ts');", ["require('./a.ts')"]],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code.
  ['const a = import(`./${name}.ts`);', ['import(`./${name}.ts`)']],
  ["new URL('./a.ts', import.meta.url)", ['import.meta']],
  ["// import './a.ts'\nconst text = \"from './b.ts'\";", []],
])('%s imports %j', (code, imports) => {
  expect(importsOf('one.ts', code)).toEqual(imports);
});

test('an import names a package, or one file of ours by its whole path', () => {
  const wrong = files.flatMap(({ file, written }) =>
    written
      .filter((to) => !/^(?:node:)?@?[\w-]+(?:[/.][\w.-]+)*$/.test(to) && !noLayers[file]?.includes(to))
      .filter((to) => !/^\.{1,2}\//.test(to) || !there.has(pathOf(file, to)) || !/\.tsx?(?:\?|$)/.test(to))
      .map((to) => `${file} imports ${to}`),
  );
  expect(wrong).toEqual([]);
});

test('nothing but sources, styles and pages lies in src, where no guard would look at it', () => {
  const known = ['library/tsconfig.json', 'proxy/Containerfile', 'proxy/Containerfile.dockerignore'];
  const others = all.filter((file) => statSync(join(src, file)).isFile() && !/\.(?:tsx?|css|html)$/.test(file));
  expect(others.sort()).toEqual(known);
});

test('each row of the table names only rows above it', () => {
  const uphill = layers.flatMap(({ path, imports }, index) =>
    imports
      .filter((one) => !layers.slice(0, index).some((other) => other.path === one))
      .map((one) => `${path} may import ${one}, which is no row above it`),
  );
  expect(uphill).toEqual([]);
});

test('every file stands in a row', () => {
  expect(
    files.filter(({ file }) => !layerOf(file)).map(({ file }) => `give ${file} a row in test/guards/layers.ts`),
  ).toEqual([]);
});

test('every row has files', () => {
  const used = new Set(files.map(({ file }) => layerOf(file)?.path));
  expect(layers.filter(({ path }) => !used.has(path)).map(({ path }) => path)).toEqual([]);
  expect(layers.flatMap(filesOf).filter((file) => !there.has(file))).toEqual([]);
});

test('imports go downhill', () => {
  const wrong = files.flatMap(({ file, imports }) => {
    const own = layerOf(file);
    return imports
      .filter((to) => /\.tsx?$/.test(to))
      .filter((to) => {
        const other = layerOf(to);
        return other !== own && !own?.imports.includes(other?.path ?? '');
      })
      .map((to) => `${file} imports ${to}`);
  });
  expect(wrong).toEqual([]);
});

// Forms of one standard, inputs that fall back on text, and structures in structures build on each other.
test('a unit imports no other unit, but in a family', () => {
  const wrong = files.flatMap(({ file, imports }) => {
    const kind = kindOf(file);
    if (!kind || ['form', 'input', 'structure'].includes(kind.id) || !isUnit(file, kind)) return [];
    return imports
      .filter((to) => kindOf(to) === kind && isUnit(to, kind) && !isFamily(file, to, kind))
      .map((to) => `${file} imports ${to}`);
  });
  expect(wrong).toEqual([]);
});

function kindOf(file: string): Kind | null {
  return kinds.find(({ list }) => `src/${file}`.startsWith(`${dirname(list)}/`)) ?? null;
}

function isUnit(file: string, { list, description, helpers }: Kind): boolean {
  return ![list, description].includes(`src/${file}`) && !helpers.includes(basename(file, '.ts'));
}

/** A folder of its own, as the tokens of one vendor have. */
function isFamily(file: string, to: string, { id, list }: Kind): boolean {
  return id === 'provider' && dirname(file) === dirname(to) && `src/${dirname(file)}` !== dirname(list);
}

test('the linter says the same of every row and every other', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'roomkey-layers-'));
  const rows = new Map<Layer | null, string[]>();
  for (const { file } of files) rows.set(layerOf(file), [...(rows.get(layerOf(file)) ?? []), file]);
  const expected: string[] = [];
  try {
    for (const layer of layers) {
      const [from = ''] = rows.get(layer) ?? [];
      const lines = layers.flatMap((other) => {
        const to = rows.get(other)?.find((file) => file !== from);
        if (!to) return [];
        if (other !== layer && !layer.imports.includes(other.path)) expected.push(`${from} imports ${to}`);
        const path = relative(dirname(from), to).replaceAll('\\', '/');
        return [`import '${path.startsWith('.') ? path : `./${path}`}'; // ${to}`];
      });
      mkdirSync(dirname(join(folder, 'src', from)), { recursive: true });
      writeFileSync(join(folder, 'src', from), `${lines.join('\n')}\n`);
    }
    writeFileSync(
      join(folder, 'biome.json'),
      JSON.stringify({
        extends: [resolve(src, '../test/guards/layers.biome.json')],
        linter: { rules: { preset: 'none' } },
      }),
    );
    const biome = resolve(src, '../node_modules/@biomejs/biome/bin/biome');
    const args = [biome, 'lint', '--reporter=github', '--max-diagnostics=none', 'src'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
    const said = [
      ...stdout.matchAll(/title=lint\/style\/noRestrictedImports,file=[^,]*\bsrc\/([^,]+),line=(\d+)/g),
    ].map(([, from = '', line]) => {
      const text = readFileSync(join(folder, 'src', from), 'utf8').split('\n')[Number(line) - 1] ?? '';
      return `${from} imports ${text.replace(/.*\/\/ /, '')}`;
    });
    expect(said.sort()).toEqual(expected.sort());
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('no file imports, over others, itself', () => {
  expect(circles(new Map(files.map(({ file, imports }) => [file, imports])))).toEqual([]);
});

/** Groups of files that import each other in a circle (Tarjan's strongly connected components). */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[] = [];
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return found;

  function visit(file: string): void {
    const own = index.size;
    index.set(file, own);
    lowest.set(file, own);
    open.push(file);
    for (const to of graph.get(file) ?? []) {
      if (!graph.has(to)) continue;
      if (!index.has(to)) visit(to);
      if (open.includes(to)) lowest.set(file, Math.min(lowest.get(file) ?? own, lowest.get(to) ?? own));
    }
    if (lowest.get(file) !== own) return;
    const group = open.splice(open.indexOf(file));
    if (group.length > 1 || graph.get(file)?.includes(file)) found.push(group.sort().join(' ↔ '));
  }
}

const impureNames = [
  'document',
  'window',
  'self',
  'globalThis',
  'chrome',
  'browser',
  'process',
  'performance',
  'fetch',
];
const timers = ['setTimeout', 'setInterval', 'queueMicrotask', 'requestAnimationFrame'];

/** Uses of surroundings in a syntax tree: words in texts for users do not count, code does. */
function impureUses(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(impureUses);
  const {
    type,
    object,
    callee,
    property,
    arguments: args,
  } = node as Record<string, unknown> & {
    object?: { name?: string };
    callee?: { name?: string };
    property?: { name?: string };
    arguments?: unknown[];
  };
  const found: string[] = [];
  const owner = object?.name ?? '';
  if (type === 'MemberExpression' && impureNames.includes(owner)) found.push(`${owner}.${property?.name}`);
  if (type === 'MemberExpression' && ['Date.now', 'Math.random'].includes(`${owner}.${property?.name}`)) {
    found.push(`${owner}.${property?.name}`);
  }
  if (type === 'CallExpression' && [...impureNames, ...timers].includes(callee?.name ?? ''))
    found.push(`${callee?.name}()`);
  if (type === 'NewExpression' && callee?.name === 'Date' && args?.length === 0) found.push('new Date()');
  return [...found, ...Object.values(node).flatMap(impureUses)];
}

test('the engine knows no DOM, Node, extension or clock', () => {
  const impure = files
    .filter(({ file }) => file.startsWith('engine/'))
    .flatMap(({ file, written }) => {
      const text = readFileSync(join(src, file), 'utf8');
      const used = impureUses(parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }));
      return [...used, ...written.filter((to) => to.startsWith('node:'))].map((use) => `${file}: ${use}`);
    });
  expect(impure).toEqual([]);
});
