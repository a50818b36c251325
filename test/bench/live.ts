/**
 * `npm run bench:live [--seconds 60] [--rates 50,100,200] [--messages 20,1000]`: what it costs to watch a busy page, and how soon its
 * tokens are rows. Each step runs in a browser of its own: with devtools alone, and with Roomkey shown, hidden and paused. Only
 * differences between them count; the machine should be quiet, and the rates such that devtools alone can follow.
 * `npx vite build` comes first. It tells, and asserts nothing.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CDPSession, Frame, Page } from 'puppeteer-core';
import { findBrowser } from '../browser/find-browser.ts';
import { launchBrowser, openFirstPage, openPanel } from '../browser/open-panel.ts';
import { extension, press } from '../e2e/session.ts';
import { addressTokens, startLiveSite } from './live-site.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rates: { type: 'string', default: '50,100,200' },
    messages: { type: 'string', default: '20,1000' },
    modes: { type: 'string', default: 'alone,shown,hidden,paused' },
  },
});
const seconds = Number(values.seconds);
const numbers = (list: string) => list.split(',').map(Number).filter(Boolean);

type Mode = 'alone' | 'shown' | 'hidden' | 'paused';
const modes = values.modes.split(',') as Mode[];

interface Step {
  name: string;
  /** What the page does, in its own words. */
  begin: string;
}

/** Percent of one core, and the longest task in milliseconds. */
interface Thread {
  share: number;
  longest: number;
}

interface Measured {
  page: Thread;
  devtools: Thread;
  /** The main thread of the extension's process, where devtools page and panel run. */
  extension: Thread | null;
  /** All of that process, in percent of one core. */
  process: number | null;
  counts: { finished: number; texts: number; failed: number; messages: number; spared: number };
  /** Milliseconds from the page's having a token to its count in the panel; those that never came are missing. */
  delays: number[];
  expected: number;
  heard: { requests: number; bodies: number; unread: Record<string, number> } | null;
  /** Of the extension after collection, in megabytes, by time. */
  heap: number[];
  /** One look at the log: entries, its milliseconds, and those of the devtools thread. */
  look: { entries: number; wall: number; devtools: number } | null;
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function measure({ begin }: Step, mode: Mode): Promise<Measured> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No browser was found; npm test installs one.');
  const site = await startLiveSite();
  const nothing = emptyExtension();
  const { browser, close } = await launchBrowser({
    executablePath,
    extension: mode === 'alone' ? nothing.folder : extension,
    headless: true,
    args: ['--enable-precise-memory-info'],
  });
  try {
    const page = await openFirstPage(browser, site.url);
    const { devtools, panel } = await arrange(page, mode);
    return await observe({ page, devtools, panel }, mode, begin);
  } finally {
    await close();
    await site.close();
    nothing.remove();
  }
}

async function arrange(page: Page, mode: Mode): Promise<{ devtools: Page; panel: Frame | null }> {
  if (mode === 'alone') {
    const devtools = await page.openDevTools();
    await showView(devtools, 'elements');
    return { devtools, panel: null };
  }
  const { devtools, panel } = await openPanel(page);
  if (mode === 'paused') await press(panel, 'Pause watching');
  if (mode === 'hidden') {
    await showView(devtools, 'elements');
    // Heard beside the panel, so that nothing but the devtools page's own telling counts. It costs the extension a little.
    await panel.evaluate(hear);
  }
  return { devtools, panel };
}

async function showView(devtools: Page, id: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const isShown = await devtools
      .evaluate(
        `import('./ui/legacy/legacy.js').then(({ ViewManager }) => ViewManager.ViewManager.instance().showView('${id}')).then(() => true)`,
      )
      .catch(() => false);
    if (isShown) return;
    await wait(100);
  }
  throw new Error(`devtools do not show ${id}`);
}

const hear = `(() => {
  const channel = new BroadcastChannel('traffic of tab ' + chrome.devtools.inspectedWindow.tabId);
  globalThis.heard = { requests: 0, bodies: 0, unread: {} };
  const told = new Set();
  channel.onmessage = ({ data }) => {
    if (data.kind !== 'traffic') return;
    heard.unread = data.traffic.unread;
    for (const { name, url, status, responseBody } of data.traffic.exchanges) {
      if (status === 200 && url.startsWith('http')) told.add(name);
      if (responseBody) heard.bodies += 1;
    }
    heard.requests = told.size;
  };
})()`;

/** Notes when the panel counts how many tokens. */
const noteCounts = `(() => {
  globalThis.counted = [];
  setInterval(() => {
    const words = document.querySelector('.statusline')?.innerText ?? '';
    const count = Number((/([\\d,]+) tokens?/.exec(words)?.[1] ?? '0').replaceAll(',', ''));
    while (counted.length < count) counted.push(Date.now());
  }, 10);
})()`;

const noteTasks = `(() => {
  globalThis.longestTask = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) longestTask = Math.max(longestTask, one.duration); })
    .observe({ type: 'longtask' });
})()`;

interface Watched {
  page: Page;
  devtools: Page;
  panel: Frame | null;
}

async function observe({ page, devtools, panel }: Watched, mode: Mode, begin: string): Promise<Measured> {
  if (panel && mode === 'shown') await panel.evaluate(noteCounts);
  const pageClock = await createClock(await page.createCDPSession(), (code) => page.evaluate(code));
  const devtoolsClock = await createClock(await devtools.createCDPSession(), (code) => devtools.evaluate(code));
  const ofPanel = panel && { session: (panel as Frame & { client: CDPSession }).client, frame: panel };
  const panelClock = ofPanel && (await createClock(ofPanel.session, (code) => ofPanel.frame.evaluate(code)));
  await wait(3000);
  const heap = ofPanel ? [await heapOf(ofPanel.session)] : [];
  await page.evaluate(begin);
  await wait(1000);
  const clocks = [pageClock, devtoolsClock, ...(panelClock ? [panelClock] : [])];
  for (const clock of clocks) await clock.begin();
  for (let half = 0; half < 2; half += 1) {
    await wait(seconds * 500);
    if (ofPanel && half === 0) heap.push(await heapOf(ofPanel.session));
  }
  const [ofPage, ofDevtools, ofExtension] = await Promise.all(clocks.map((clock) => clock.end()));
  const { counts, marks } = (await page.evaluate('end()')) as { counts: Measured['counts']; marks: number[] };
  await wait(5000);
  if (ofPanel) heap.push(await heapOf(ofPanel.session));
  const counted = panel && mode === 'shown' ? ((await panel.evaluate('counted')) as number[]) : [];
  return {
    page: ofPage as Spent,
    devtools: ofDevtools as Spent,
    extension: ofExtension ?? null,
    process: ofExtension?.process ?? null,
    counts,
    expected: marks.length,
    delays: marks.flatMap((mark, index) => (counted[index] === undefined ? [] : [(counted[index] as number) - mark])),
    heard: panel && mode === 'hidden' ? ((await panel.evaluate('heard')) as Measured['heard']) : null,
    heap,
    look: panel && mode === 'hidden' ? await lookOnce(panel, devtoolsClock) : null,
  };
}

interface Spent extends Thread {
  process: number;
}

/** Measures a main thread by its own CPU time, whatever else the machine does. */
async function createClock(session: CDPSession, evaluate: (code: string) => Promise<unknown>) {
  await session.send('Performance.enable');
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
    return { thread: of('ThreadTime'), process: of('ProcessTime'), at: of('Timestamp') };
  };
  await evaluate(noteTasks);
  let before = await read();
  return {
    async begin(): Promise<void> {
      before = await read();
      await evaluate('longestTask = 0');
    },
    async end(): Promise<Spent> {
      const after = await read();
      const share = (name: 'thread' | 'process') => (100 * (after[name] - before[name])) / (after.at - before.at);
      return {
        share: share('thread'),
        process: share('process'),
        longest: Number(await evaluate('longestTask')),
      };
    },
    /** Milliseconds of the thread so far. */
    thread: async () => (await read()).thread * 1000,
  };
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

/** The mean of three looks at the whole log. */
async function lookOnce(panel: Frame, clock: { thread(): Promise<number> }): Promise<Measured['look']> {
  const looks = 3;
  const before = await clock.thread();
  const [entries, wall] = (await panel.evaluate(`(async () => {
    const from = performance.now();
    let entries = 0;
    for (let look = 0; look < ${looks}; look += 1)
      entries = await new Promise((resolve) => chrome.devtools.network.getHAR((log) => resolve(log.entries.length)));
    return [entries, performance.now() - from];
  })()`)) as [number, number];
  return { entries, wall: wall / looks, devtools: ((await clock.thread()) - before) / looks };
}

function emptyExtension() {
  const folder = mkdtempSync(join(tmpdir(), 'nothing-'));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ manifest_version: 3, name: 'Nothing', version: '1' }));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const points = (value: number) => value.toFixed(1).padStart(5);
const ms = (value: number) => `${value.toFixed(0)} ms`;

function tellThreads(mode: Mode, one: Measured, alone: Measured | null): void {
  const thread = (name: string, { share, longest }: Thread, base: Thread | undefined) =>
    `${name} ${points(share)} %${base ? ` (${(share - base.share >= 0 ? '+' : '') + (share - base.share).toFixed(1)})` : ''}, longest ${ms(longest)}`;
  const base = mode === 'alone' ? null : alone;
  const parts = [thread('page', one.page, base?.page), thread('devtools', one.devtools, base?.devtools)];
  if (one.extension)
    parts.push(`${thread('extension', one.extension, undefined)}, its process ${points(one.process ?? 0)} %`);
  console.log(`  ${mode.padEnd(7)} ${parts.join('; ')}`);
}

function tellRest({ counts, delays, expected, heard, heap, look }: Measured): void {
  const sorted = [...delays].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  if (delays.length > 0)
    console.log(
      `          token to row: median ${ms(at(0.5))}, 95 % ${ms(at(0.95))}, longest ${ms(at(1))}; ${expected - delays.length} of ${expected} never came`,
    );
  if (heard) {
    const { requests, bodies, unread } = heard;
    const { often = 0, lost = 0, crowded = 0, large = 0, navigation = 0 } = unread;
    const counted = often + lost + crowded + large + navigation;
    console.log(
      `          requests ${counts.finished} ended (${counts.failed} failed, ${counts.spared} more than the machine could follow), ${counts.finished - requests} of them not told; bodies ${counts.texts}: ${bodies} read, ${counted} counted as left out (${JSON.stringify(unread)}), ${counts.texts - bodies - counted} lost in silence`,
    );
  }
  if (look)
    console.log(
      `          a look at ${look.entries} entries: ${ms(look.wall)}, ${ms(look.devtools)} of devtools, so ${points((100 * look.devtools) / Math.max(look.wall + 300, look.wall * 20))} % at the pace that is kept`,
    );
  if (heap.length > 0)
    console.log(`          heap after collection, MB: ${heap.map((one) => one.toFixed(1)).join(', ')}`);
}

const steps: Step[] = [
  ...numbers(values.rates).map((rate) => ({
    name: `${rate} requests a second`,
    begin: `request(${rate}); askForTokens()`,
  })),
  ...numbers(values.messages).map((rate) => ({
    name: `${rate} messages a second`,
    begin: `listen(${rate}); bringTokens(${JSON.stringify(addressTokens(seconds + 20))})`,
  })),
];

for (const step of steps) {
  console.log(`\n${step.name}, ${seconds} s`);
  let alone: Measured | null = null;
  for (const mode of modes) {
    const one = await measure(step, mode);
    if (mode === 'alone') alone = one;
    tellThreads(mode, one, alone);
    tellRest(one);
  }
}
