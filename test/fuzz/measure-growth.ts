/** What `growth.ts` runs. Prints what is too much, and ends with 1 where anything is. */
import { type EntryPoint, entryPoints } from './entry-points.ts';
import { type HostileShape, hostileShapes } from './hostile-shapes.ts';

const mostGrowth = 2.2;
const mostTimes = 20;
/** Milliseconds below which a clock tells nothing: what takes less is no burden, however it grows. */
const least = 8;

const [characters = 200_000, part = '', ofShape = ''] = process.argv
  .slice(2)
  .map((one, at) => (at === 0 ? Number(one) : one)) as [number?, string?, string?];

/** Milliseconds of processor time, the best of so many; fewer where one takes long. */
async function cost(work: () => unknown, times: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  let spent = 0;
  for (let time = 0; time < times && (time < 2 || spent < 1500); time += 1) {
    gc?.();
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    const took = (user + system) / 1000;
    spent += took;
    best = Math.min(best, took);
  }
  return best;
}

/** JSON of ordinary members, about so long. */
const ordinary = (length: number) =>
  `[${Array.from({ length: Math.max(1, length / 60) }, (_, at) => `{"id":${at},"name":"member ${at}","on":true,"of":[1,2.5,null]}`).join()}]`;

/** Kept as bytes, which no clearing of memory has to look through. */
const known = new Map<string, Buffer>();

/** The text of a shape, in one piece: one that is put together of pieces is put together when it is first read. */
function textOf({ name, of }: HostileShape, length: number): string {
  const id = `${length} ${name}`;
  const bytes = known.get(id) ?? Buffer.from(of(length), 'utf16le');
  known.set(id, bytes);
  return bytes.toString('utf16le');
}

interface Measured {
  entry: EntryPoint;
  shape: HostileShape;
  once: number;
  twice: number;
  /** What `JSON.parse` takes. */
  parse: number;
  /** How many times as long the second text is. */
  lengths: number;
}

async function measure(entry: EntryPoint, shape: HostileShape, times: number, length = characters): Promise<Measured> {
  const [short, long] = [textOf(shape, length), textOf(shape, 2 * length)];
  // What is made once for a text is made before.
  const ready = entry.ready ?? ((text: string) => () => entry.run(text));
  const runShort = ready(short);
  if (entry.isOfMany) await runShort();
  const once = await cost(runShort, times);
  const runLong = ready(long);
  if (entry.isOfMany) await runLong();
  const twice = once < least / 4 ? once : await cost(runLong, times);
  const json = ordinary(Math.max(short.length, 1));
  const parse = (entry.times?.(short) ?? 1) * (await cost(() => JSON.parse(json), 5));
  // Shapes do not always come out at exactly twice the length.
  return { entry, shape, once, twice, parse, lengths: long.length / short.length };
}

const suspected: Measured[] = [];
let count = 0;
for (const entry of entryPoints.filter(({ name }) => name.includes(part))) {
  for (const shape of hostileShapes.filter(({ name }) => name.includes(ofShape))) {
    count += 1;
    try {
      let measured = await measure(entry, shape, 3);
      // Once more, with texts four times as long, before it is believed: other processes take the caches away, and so do more objects.
      if (isTooMuch(measured)) measured = await measure(entry, shape, 7, 4 * characters);
      if (isTooMuch(measured)) suspected.push(measured);
      if (isTooMuch(measured) || ofShape) console.log(lineOf(measured));
    } catch (error) {
      console.log(`${entry.name}, ${shape.name}: ${error instanceof Error ? error.stack : error}`);
      process.exitCode = 1;
    }
  }
}
let failed = 0;
for (const measured of suspected) {
  // And at the end: what is too much is so at any time.
  const again = await measure(measured.entry, measured.shape, 7, 4 * characters);
  const best = {
    ...measured,
    once: Math.min(measured.once, again.once),
    twice: Math.min(measured.twice, again.twice),
    parse: Math.min(measured.parse, again.parse),
  };
  console.log(`again: ${lineOf(best)}`);
  if (isTooMuch(best)) failed += 1;
}
console.log(`${count} pairs of ${characters} and ${2 * characters} characters; ${failed} are too much`);
if (failed > 0) process.exitCode = 1;

function growthOf({ once, twice, lengths }: Measured): number {
  return twice < least ? 0 : ((twice / once) * 2) / lengths;
}

function isTooMuch(measured: Measured): boolean {
  const { entry, once, parse } = measured;
  const isLong = once / parse > mostTimes && once > least && !entry.isOfMany;
  return growthOf(measured) > mostGrowth || isLong;
}

function lineOf(measured: Measured): string {
  const { entry, shape, once, twice, parse } = measured;
  const growth = growthOf(measured).toFixed(2);
  return `${entry.name}, ${shape.name}: ${once.toFixed(1)} ms, twice as long ${twice.toFixed(1)} ms: ${growth}; ${(once / parse).toFixed(0)} times JSON.parse`;
}
