/**
 * `npm run fuzz:growth [characters] [pattern of names] [part of a shape's name]`: how the work for a text grows when the text is twice as long, and how much it is
 * beside `JSON.parse` of a JSON text as long, for every entry point and every hostile shape. Processor time, the best of several. The exit
 * code is 1 where one grows by more than 2.2 on doubling, from this length to eight times it, or takes more than twenty times as long.
 *
 * A process for each entry point goes through the shapes, as many at once as there are processors. What is too much there is measured
 * again with nothing beside it, in processes of their own: what others left behind in memory is not part of the work.
 */
import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { entryPoints } from './entry-points.ts';
import { isTooMuch, leastOf, lineOf, type Measured } from './growth-of.ts';
import { hostileShapes } from './hostile-shapes.ts';

const [characters = '200000', part = '', ofShape = ''] = process.argv.slice(2);
/** What is too much at the first is measured at the second as well. */
const lengths = [Number(characters), 4 * Number(characters)];
/** In how many processes of its own what is too much is measured again. */
const mostAlone = 3;

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
const execArgv = ['--expose-gc', '--max-semi-space-size=64', '--max-old-space-size=8192'];

/** What a process measured: of each pair, at one length after the other, as far as it was too much. Throws where the process fails. */
function measured(entry: string, shapes: readonly string[], times: number): Promise<Measured[][]> {
  return new Promise((resolve, reject) => {
    const results: Measured[][] = [];
    const child = fork(built, [JSON.stringify({ entry, shapes, lengths, times })], { execArgv });
    child.on('message', (message) => results.push(message as Measured[]));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(results) : reject(new Error(`${entry}: the process ended with ${code}`)),
    );
  });
}

const names = entryPoints.map(({ name }) => name).filter((name) => new RegExp(part).test(name));
const shapes = hostileShapes.map(({ name }) => name).filter((name) => name.includes(ofShape));
const suspected: Measured[][] = [];
const waiting = [...names];
let failed = 0;

async function sieve(): Promise<void> {
  for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
    const start = Date.now();
    try {
      const results = await measured(entry, shapes, 3);
      if (ofShape) for (const one of results) console.log(lineOf(one));
      const found = results.filter((one) => one.length === lengths.length && isTooMuch(one));
      suspected.push(...found);
      console.error(`${entry}: ${Math.round((Date.now() - start) / 1000)} s, ${found.length} to be measured alone`);
    } catch (error) {
      failed += 1;
      console.log(error instanceof Error ? error.message : error);
    }
  }
}

try {
  await Promise.all(Array.from({ length: availableParallelism() }, sieve));
  for (const first of suspected) {
    const [{ entry, shape }] = first as [Measured];
    let best = first;
    let isFine = false;
    for (let time = 0; time < mostAlone && !isFine; time += 1) {
      // Of the second length nothing is measured where the first is fine.
      const [again = []] = await measured(entry, [shape], 7);
      best = leastOf(best, again);
      isFine = again.length < lengths.length || !isTooMuch(best);
    }
    if (isFine) continue;
    failed += 1;
    console.log(lineOf(best));
  }
} finally {
  await rm(built, { force: true });
}
console.log(
  `${names.length * shapes.length} pairs of ${characters} and ${2 * Number(characters)} characters, ${suspected.length} of them measured alone; ${failed} are too much`,
);
if (failed > 0) process.exitCode = 1;
