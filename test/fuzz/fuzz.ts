/**
 * `npm run fuzz [cases] [seed] [name]`: the properties of the tests, with two million cases, a new seed, and a process for every core; of
 * one name, that one alone. A failure is printed with the seed and the smallest counterexample found, and the exit code is 1.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import fc from 'fast-check';
import { fuzzed } from './fuzzed.ts';
import { pieces, survivesRun } from './long-runs.ts';

const [cases = 2_000_000, seed = Date.now() % 2 ** 31] = process.argv.slice(2, 4).map(Number);
const [only = '', shardText = '-1', shardsText = String(Math.min(8, availableParallelism()))] = process.argv.slice(4);
const [shard, shards] = [Number(shardText), Number(shardsText)];
const asked = fuzzed.filter(({ name }) => only === '' || name === only);

if (shard >= 0) await runShard();
else await runAll();

/** Every core takes its share of each property's cases, from a seed of its own. */
async function runShard(): Promise<void> {
  const all = asked.reduce((sum, { share }) => sum + share, 0);
  for (const { name, share, property } of asked) {
    const numRuns = Math.ceil((cases * share) / all / shards);
    const result = await fc.check(property as fc.IAsyncProperty<unknown>, { numRuns, seed: (seed + shard) | 0 });
    process.send?.({ name, numRuns: result.numRuns, failure: result.failed ? explain(name, result) : null });
  }
  for (const piece of only === '' ? pieces.filter((_, index) => index % shards === shard) : []) {
    try {
      survivesRun(piece, 10 << 20);
    } catch (error) {
      process.send?.({ name: 'survivesRun', numRuns: 1, failure: `Ten megabytes of ${piece}: ${String(error)}` });
      return;
    }
    process.send?.({ name: 'survivesRun', numRuns: 1, failure: null });
  }
}

function explain(name: string, result: fc.RunDetails<unknown>): string {
  const { seed: own, counterexample, counterexamplePath, numShrinks, errorInstance } = result;
  const error = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
  return [
    `${name} does not hold (seed ${own}, path "${counterexamplePath}", shrunk ${numShrinks} times):`,
    fc.stringify(counterexample),
    error,
  ].join('\n');
}

async function runAll(): Promise<void> {
  console.log(`${cases.toLocaleString('en')} cases in ${shards} processes, seed ${seed}`);
  const started = Date.now();
  const done = new Map<string, number>();
  let failed = false;
  await Promise.all(
    Array.from({ length: shards }, (_, index) => {
      const child = fork(import.meta.filename, [cases, seed, only, index, shards].map(String), {
        execArgv: process.execArgv,
      });
      child.on('message', ({ name, numRuns, failure }: { name: string; numRuns: number; failure: string | null }) => {
        done.set(name, (done.get(name) ?? 0) + numRuns);
        console.log(`${((Date.now() - started) / 1000).toFixed(0).padStart(6)} s  ${name}: ${numRuns}`);
        if (failure === null) return;
        failed = true;
        console.error(failure);
      });
      return new Promise<void>((resolve) => {
        child.on('exit', (code) => {
          if (code !== 0) failed = true;
          resolve();
        });
      });
    }),
  );
  for (const { name, says } of asked) {
    console.log(`${String((done.get(name) ?? 0).toLocaleString('en')).padStart(9)}  ${name}: ${says}`);
  }
  if (only === '')
    console.log(
      `${String(done.get('survivesRun') ?? 0).padStart(9)}  survivesRun: ten megabytes of one piece take nothing down`,
    );
  const total = [...done.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${total.toLocaleString('en')} cases in ${((Date.now() - started) / 1000).toFixed(0)} s, seed ${seed}`);
  process.exitCode = failed ? 1 : 0;
}
