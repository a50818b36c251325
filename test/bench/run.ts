/** `npm run bench [MB]`: the detector and the patterns of other tools on the same texts, side by side. */
import { Worker } from 'node:worker_threads';
import { detect } from '../../src/engine/find/detect.ts';
import { decoys, type TokenForm, tokenForms } from './forms.ts';
import { inspectingAgainTable, judgingTable } from './judge.ts';
import { peers } from './peers.ts';
import { bundles, bundlesWithBlobs, storageDump, worstCases } from './texts.ts';

const size = Number(process.argv[2] ?? 32) * 1e6;
const limitMilliseconds = 4000;
const rounds = 5;

/** Best time in milliseconds, or null when it did not finish. */
function timePattern({ source, flags }: RegExp, text: string, times = rounds): Promise<number | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./peer-worker.mjs', import.meta.url), {
      workerData: { source, flags, text, rounds: times },
    });
    let best: number | null = null;
    const timer = setTimeout(() => end(), limitMilliseconds);
    const end = () => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(best);
    };
    worker.on('message', (message: { best: number; done?: boolean }) => {
      best = message.best;
      if (message.done) end();
    });
    worker.on('error', end);
  });
}

function timeOurs(text: string, times = rounds): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < times; round += 1) {
    const started = performance.now();
    detect(text);
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

function scoreOf(find: (form: TokenForm) => string[]): string {
  let whole = 0;
  let partly = 0;
  for (const form of tokenForms) {
    const found = find(form);
    if (found.some((one) => form.tokens.includes(one))) whole += 1;
    else if (found.some((one) => one.length > 20 && form.tokens.some((token) => token.startsWith(one)))) partly += 1;
  }
  return partly > 0 ? `${whole} (+${partly} in part)` : String(whole);
}

function matchesOf(kind: 'whole' | 'text', pattern: RegExp, text: string): string[] {
  if (kind === 'whole') return pattern.test(text) ? [text] : [];
  return [...text.matchAll(pattern)].flatMap((match) => [
    match[0].replace(/^[^\w]|[^\w.~=-]$/g, ''),
    match[0],
    ...match.slice(1).filter((group) => group !== undefined),
  ]);
}

const texts = { a: bundles(size), b: bundlesWithBlobs(size), c: storageDump(size) };
const names = ['a', 'b', 'c'] as const;
const growthTexts = ['base64url run', 'eyJ repeated', 'a.a.a.'] as const;
const plain = {} as Record<(typeof names)[number], number>;
const plainPattern = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
for (const name of names) plain[name] = (await timePattern(plainPattern, texts[name])) ?? Number.NaN;

const rows: string[][] = [
  [
    'Detector',
    'forms of 30',
    `decoys of ${decoys.length}`,
    '(a) MB/s',
    '(b) MB/s',
    '(c) MB/s',
    '(a) ratio',
    '(b) ratio',
    '(c) ratio',
    'growth',
  ],
];

function speed(name: (typeof names)[number], milliseconds: number | null): [string, string] {
  if (milliseconds === null) return ['did not finish', '–'];
  return [(texts[name].length / 1e3 / milliseconds).toFixed(0), (plain[name] / milliseconds).toFixed(2)];
}

{
  const speeds: [string, string][] = [];
  for (const name of names) {
    // In turn with the plain pattern, so that a busy moment of the machine does not hurt one of them only.
    let ours = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round += 1) {
      ours = Math.min(ours, timeOurs(texts[name], 2));
      plain[name] = Math.min(
        plain[name],
        (await timePattern(plainPattern, texts[name], 2)) ?? Number.POSITIVE_INFINITY,
      );
    }
    speeds.push(speed(name, ours));
  }
  const growth = growthTexts.map((name) => {
    const { make } = worstCases[name] as (typeof worstCases)[string];
    return timeOurs(make(4 << 20), 3) / timeOurs(make(2 << 20), 3);
  });
  rows.push([
    'Roomkey',
    scoreOf(({ text }) => detect(text).hits.map(({ token }) => token)),
    String(decoys.filter(({ text }) => detect(text).hits.some(({ note }) => note === null)).length),
    ...speeds.map(([mb]) => mb),
    ...speeds.map(([, ratio]) => ratio),
    `× ${Math.max(...growth).toFixed(2)}`,
  ]);
}

for (const [name, { kind, pattern }] of Object.entries(peers)) {
  const score = scoreOf(({ text, value }) => matchesOf(kind, pattern, kind === 'whole' ? value : text));
  const fooled = decoys.filter(({ text }) => matchesOf(kind, pattern, text).length > 0).length;
  const row = [name, score, String(fooled)];
  if (kind === 'whole') rows.push([...row, ...Array<string>(6).fill('–'), '–']);
  else {
    const speeds: [string, string][] = [];
    for (const one of names) speeds.push(speed(one, await timePattern(pattern, texts[one], 3)));
    let growth: number | null = 0;
    for (const one of growthTexts) {
      const { make } = worstCases[one] as (typeof worstCases)[string];
      const half = await timePattern(pattern, make(1 << 18), 2);
      const whole = await timePattern(pattern, make(1 << 19), 2);
      growth =
        half === null || whole === null || growth === null ? null : Math.max(growth, whole / Math.max(half, 0.05));
    }
    rows.push([
      ...row,
      ...speeds.map(([mb]) => mb),
      ...speeds.map(([, ratio]) => ratio),
      growth === null ? 'did not finish' : `× ${growth.toFixed(2)}`,
    ]);
  }
  process.stderr.write(`${name} measured\n`);
}

print(rows);
console.log('\nWorst cases, detector only: doubling the text multiplies the time by');
print([
  ['Text', 'size', 'ms', 'ms, doubled', 'growth', 'limits reached'],
  ...Object.entries(worstCases).map(([name, { size, make }]) => {
    const once = make(size);
    const twice = make(size * 2);
    let [first, second] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    // In turn, so that a busy moment of the machine does not hurt one of them only.
    for (let round = 0; round < rounds; round += 1) {
      first = Math.min(first, timeOurs(once, 1));
      second = Math.min(second, timeOurs(twice, 1));
    }
    const problems = detect(once).problems.map(({ code }) => code);
    return [
      name,
      String(size),
      first.toFixed(1),
      second.toFixed(1),
      `× ${(second / first).toFixed(2)}`,
      problems.join(', ') || '–',
    ];
  }),
]);

console.log('\nJudging, every rule, each token in five places');
print(judgingTable());
console.log('\nInspecting again after a change');
print(inspectingAgainTable());

function print(table: string[][]) {
  const [head = []] = table;
  const lines = table.map((row) => `| ${row.join(' | ')} |`);
  console.log([lines[0], `| ${head.map(() => '---').join(' | ')} |`, ...lines.slice(1)].join('\n'));
}
