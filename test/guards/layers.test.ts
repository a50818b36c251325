import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');

/** What each layer may import from, besides itself. Imports go downhill. */
const layers: Record<string, string[]> = {
  engine: [],
  introspection: [],
  verify: ['engine'],
  inputs: ['engine'],
  panel: ['engine', 'inputs', 'introspection', 'verify'],
  extension: ['engine', 'panel', 'introspection'],
  cli: ['engine', 'inputs', 'proxy', 'introspection', 'verify'],
  proxy: ['engine', 'introspection', 'verify'],
};

/** Inside the engine: plug-ins see the nouns, each other's folder, and never the verbs. */
const plugins = ['sources', 'providers', 'rules', 'formats', 'forms', 'encodings', 'wrappers'];
const verbs = ['find.ts', 'inspect.ts', 'detect.ts', 'decode.ts', 'recognise.ts', 'audit.ts'];

const files = (readdirSync(src, { recursive: true }) as string[])
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => ({ file: file.replaceAll('\\', '/'), imports: importsOf(join(src, file)) }));

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map(([, to]) =>
    relative(src, resolve(dirname(path), (to as string).replace(/\?.*$/, ''))).replaceAll('\\', '/'),
  );
}

test('imports go downhill', () => {
  const uphill = files.flatMap(({ file, imports }) => {
    const layer = file.split('/')[0] as string;
    return imports
      .filter((to) => {
        const target = to.split('/')[0] as string;
        return !to.startsWith('..') && target !== layer && target in layers && !layers[layer]?.includes(target);
      })
      .map((to) => `${file} imports ${to}`);
  });
  expect(uphill).toEqual([]);
});

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
    .flatMap(({ file }) => {
      const text = readFileSync(join(src, file), 'utf8');
      const used = impureUses(parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }));
      return [...used, ...[...text.matchAll(/from ['"](node:\w+)/g)].map(([, name]) => name)].map(
        (use) => `${file}: ${use}`,
      );
    });
  expect(impure).toEqual([]);
});

test('plug-ins import no verb and no other kind of plug-in but its description', () => {
  const wrong = files.flatMap(({ file, imports }) => {
    const [layer, folder, name] = file.split('/');
    if (layer !== 'engine' || !plugins.includes(folder as string) || name === 'index.ts') return [];
    return imports
      .filter((to) => {
        const [, target, leaf] = to.split('/');
        if (verbs.includes(target as string)) return true;
        return plugins.includes(target as string) && target !== folder && leaf !== `${target?.slice(0, -1)}.ts`;
      })
      .map((to) => `${file} imports ${to}`);
  });
  expect(wrong).toEqual([]);
});
