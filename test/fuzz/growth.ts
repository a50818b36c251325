/**
 * `npm run fuzz:growth [characters] [pattern of names] [part of a shape's name]`: how the work for a text grows when the text is twice as long, and how much it is
 * beside `JSON.parse` of a JSON text as long, for every entry point and every hostile shape. Processor time, the best of several. The exit
 * code is 1 where one grows by more than 2.2, or takes more than twenty times as long, at this length and at four times it.
 */
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

// Built as what is published is: run from its sources, functions within functions are named anew with every call.
// Where packages are found, and nothing is kept.
const built = join(import.meta.dirname, '../../node_modules/.cache', `growth-${process.pid}.mjs`);
await build({
  entryPoints: [join(import.meta.dirname, 'measure-growth.ts')],
  outfile: built,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
});
// What others left behind is cleared away before each measurement, and what lives shortly is not copied about.
const flags = ['--expose-gc', '--max-semi-space-size=64', '--max-old-space-size=8192'];
try {
  const { status } = spawnSync(process.execPath, [...flags, built, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  await rm(built, { force: true });
}
