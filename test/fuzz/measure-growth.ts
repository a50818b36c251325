/** What `growth.ts` runs. Prints what is too much, and ends with 1 where anything is. */
import { parseJson } from '../../src/engine/text/json.ts';
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
async function costOf(work: () => unknown, times: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  let spent = 0;
  for (let time = 0; time < times && (time < 2 || spent < 1500); time += 1) {
    // It takes longer than most of what is measured.
    if (time === 0 || times > 3) gc?.();
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

const parseCosts = new Map<string, number>();

/** Milliseconds that `JSON.parse` takes, for a JSON text itself or for ordinary JSON that is as long, whichever is more. */
async function parseCost({ name }: HostileShape, text: string): Promise<number> {
  const of = async (id: string, json: string) => {
    const cost = parseCosts.get(id) ?? (await costOf(() => JSON.parse(json), 9));
    parseCosts.set(id, cost);
    return cost;
  };
  // Of texts that come out at about one length, one is measured.
  const length = 1000 * Math.ceil(text.length / 1000);
  const own = parseJson(text) === undefined ? 0 : await of(`${length} ${name}`, text);
  return Math.max(own, ((await of(String(length), ordinary(length))) * text.length) / length);
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
  const once = await costOf(runShort, times);
  const runLong = ready(long);
  if (entry.isOfMany) await runLong();
  const twice = once < least / 4 ? once : await costOf(runLong, times);
  const parse = (entry.times?.(short) ?? 1) * (await parseCost(shape, short));
  // Shapes do not always come out at exactly twice the length.
  return { entry, shape, once, twice, parse, lengths: long.length / short.length };
}

/** Two lengths: where one doubling leaves the caches of the processor, another does not. What grows by more does so at each. */
const lengths = [characters, 4 * characters] as const;

const suspected: Measured[][] = [];
let count = 0;
for (const entry of entryPoints.filter(({ name }) => new RegExp(part).test(name))) {
  const before = { at: Date.now(), suspected: suspected.length };
  for (const shape of hostileShapes.filter(({ name }) => name.includes(ofShape))) {
    count += 1;
    try {
      const short = await measure(entry, shape, 3);
      if (ofShape) console.log(lineOf(short));
      if (!isTooMuch([short])) continue;
      const both = [short, await measure(entry, shape, 7, lengths[1])];
      if (isTooMuch(both)) suspected.push(both);
    } catch (error) {
      console.log(`${entry.name}, ${shape.name}: ${error instanceof Error ? error.stack : error}`);
      process.exitCode = 1;
    }
  }
  const seconds = Math.round((Date.now() - before.at) / 1000);
  console.error(`${entry.name}: ${seconds} s, ${suspected.length - before.suspected} to be measured again`);
}
let failed = 0;
for (const before of suspected) {
  // Again at the end: what is too much is so at any time.
  const best: Measured[] = [];
  for (const [at, one] of before.entries()) {
    const again = await measure(one.entry, one.shape, 7, lengths[at]);
    const { once, twice, parse } = again;
    best.push({
      ...one,
      once: Math.min(one.once, once),
      twice: Math.min(one.twice, twice),
      parse: Math.min(one.parse, parse),
    });
  }
  if (!isTooMuch(best)) continue;
  failed += 1;
  for (const one of best) console.log(lineOf(one));
}
console.log(`${count} pairs of ${characters} and ${2 * characters} characters; ${failed} are too much`);
if (failed > 0) process.exitCode = 1;

function growthOf({ once, twice, lengths }: Measured): number {
  return twice < least ? 0 : ((twice / once) * 2) / lengths;
}

/** Of one pair, at each of the lengths that were measured. */
function isTooMuch(measured: readonly Measured[]): boolean {
  const isLong = ({ entry, once, parse }: Measured) => once / parse > mostTimes && once > least && !entry.isOfMany;
  return measured.every((one) => growthOf(one) > mostGrowth) || measured.every(isLong);
}

function lineOf(measured: Measured): string {
  const { entry, shape, once, twice, parse } = measured;
  const growth = growthOf(measured).toFixed(2);
  return `${entry.name}, ${shape.name}: ${once.toFixed(1)} ms, twice as long ${twice.toFixed(1)} ms: ${growth}; ${(once / parse).toFixed(0)} times JSON.parse`;
}
