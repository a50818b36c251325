import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../src');

/** What each layer may import from, besides itself. Imports go downhill. */
const layers: Record<string, string[]> = {
  engine: [],
  contract: [],
  panel: ['engine', 'contract'],
  extension: ['engine', 'panel', 'contract'],
  cli: ['engine', 'proxy', 'contract'],
  proxy: ['engine', 'contract'],
};

/** Inside the engine: plug-ins see the nouns, each other's folder, and never the verbs. */
const plugins = ['sources', 'providers', 'rules', 'formats', 'forms', 'encodings', 'wrappers'];
const verbs = ['inspect.ts', 'detect.ts', 'decode.ts', 'recognise.ts', 'audit.ts'];

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

test('the engine knows no DOM, Node, extension or clock', () => {
  const impure = files
    .filter(({ file }) => file.startsWith('engine/'))
    .flatMap(({ file }) => {
      const code = readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return [
        ...code.matchAll(
          /\b(document\.|window\.|chrome\.|browser\.|Date\.now|new Date\(\)|node:|process\.|setTimeout|performance\.|Math\.random|fetch\()/g,
        ),
      ].map(([word]) => `${file}: ${word}`);
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
