/** What `growth.ts` runs, in processes of their own: measures what it is told to, and tells each pair, at the first length and, where that is too much, at the others. */
import { parseJson } from '../../src/engine/text/json.ts';
import { type EntryPoint, entryPoints } from './entry-points.ts';
import { isTooMuch, least, type Measured } from './growth-of.ts';
import { type HostileShape, hostileShapes } from './hostile-shapes.ts';

const task = JSON.parse(process.argv[2] ?? '') as { entry: string; shapes: string[]; lengths: number[]; times: number };

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

async function measure(entry: EntryPoint, shape: HostileShape, length: number): Promise<Measured> {
  const [short, long] = [textOf(shape, length), textOf(shape, 2 * length)];
  // What is made once for a text is made before.
  const ready = entry.ready ?? ((text: string) => () => entry.run(text));
  const isOfMany = entry.isOfMany ?? false;
  const runShort = ready(short);
  if (isOfMany) await runShort();
  const once = await costOf(runShort, task.times);
  const runLong = ready(long);
  if (isOfMany) await runLong();
  const twice = once < least / 4 ? once : await costOf(runLong, task.times);
  const parse = (entry.times?.(short) ?? 1) * (await parseCost(shape, short));
  return { entry: entry.name, shape: shape.name, once, twice, parse, lengths: [short.length, long.length], isOfMany };
}

const entry = entryPoints.find(({ name }) => name === task.entry);
if (!entry) throw new Error(`there is no entry point ${task.entry}`);
for (const shape of hostileShapes.filter(({ name }) => task.shapes.includes(name))) {
  const measured: Measured[] = [];
  for (const length of task.lengths) {
    measured.push(await measure(entry, shape, length));
    if (!isTooMuch(measured)) break;
  }
  process.send?.(measured);
}
