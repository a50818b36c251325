/**
 * `npm run bench:panel [tokens …]`: the real panel in the real browser, with few and with many tokens, side by side in one run:
 * how long until the first row, the longest task of its main thread against a fixed loop, how long until a write is a row,
 * the extension's heap (panel and worker) while tokens are renewed, and how short a token may lie in storage to be seen. `npx vite build` comes first.
 */
import type { Frame, Page } from 'puppeteer-core';
import { fixedLoop } from '../browser/fixed-loop.ts';
import { jwt } from '../builders/tokens.ts';
import { servePages } from '../e2e/page-server.ts';
import { openSession, reportOf } from '../e2e/session.ts';

const now = Math.floor(Date.now() / 1000);
const sizes = process.argv.slice(2).map(Number).filter(Boolean);
if (sizes.length === 0) sizes.push(15, 1000, 10_000);

type Layout = 'one token per key' | 'all in one value';
const layouts: Layout[] = ['one token per key', 'all in one value'];

const token = (index: number, round = 0) =>
  jwt({
    r: `room-${index % 50}`,
    d: 'd-bench',
    u: `user ${index}`,
    o: index % 7 === 0,
    round,
    iat: now,
    exp: now + 3600,
  });

function pageWith(count: number, layout: Layout): string {
  const tokens = Array.from({ length: count }, (_, index) => token(index));
  const fill =
    layout === 'all in one value'
      ? `localStorage.all = ${JSON.stringify(JSON.stringify(tokens))}`
      : `${JSON.stringify(tokens)}.forEach((token, index) => localStorage.setItem('k' + index, token))`;
  return `<!doctype html><title>${count} tokens</title><script>localStorage.clear(); ${fill}</script>`;
}

interface Measured {
  tokens: number;
  layout: Layout;
  /** Milliseconds from the panel's own start. */
  firstRow: number;
  allRows: number;
  /** Longest task against the fixed loop. */
  longest: number;
  /** Milliseconds that the loop takes. */
  loop: number;
  /** Median milliseconds from a write in the page to its count in the panel. */
  write: number;
}

const args = ['--enable-precise-memory-info', '--js-flags=--expose-gc'];

async function measure(tokens: number, layout: Layout): Promise<Measured> {
  const server = await servePages({ '/': pageWith(tokens, layout) });
  const session = await openSession({ url: `${server.origin}/`, args });
  try {
    const { panel, page } = session;
    const firstRow = await timeUntil(panel, `document.querySelector('[role="row"][aria-rowindex="2"]')`);
    const allRows = await timeUntil(panel, countIs(tokens));
    const loop = (await panel.evaluate(fixedLoop)) as number;
    const task = (await panel.evaluate(`new Promise((done) => {
      let longest = 0;
      new PerformanceObserver((list) => { for (const one of list.getEntries()) longest = Math.max(longest, one.duration); })
        .observe({ type: 'longtask', buffered: true });
      setTimeout(() => done(longest), 300);
    })`)) as number;
    const writes: number[] = [];
    for (let round = 0; round < 7; round += 1) writes.push(await writeAndWait(page, panel, tokens + round));
    return { tokens, layout, firstRow, allRows, longest: task / loop, loop, write: median(writes) };
  } finally {
    await session.close();
    await server.close();
  }
}

const countIs = (count: number) =>
  `[...document.querySelectorAll('footer span')].some((one) => one.textContent.trim().startsWith('${count.toLocaleString('en')} token'))`;

/** The panel's own clock when something is there, in milliseconds since it began to load. */
function timeUntil(panel: Frame, condition: string): Promise<number> {
  return panel.evaluate(`new Promise((done) => {
    const look = () => (${condition}) ? done(performance.now()) : setTimeout(look, 10);
    look();
  })`) as Promise<number>;
}

async function writeAndWait(page: Page, panel: Frame, count: number): Promise<number> {
  const seen = panel.evaluate(`new Promise((done) => {
    const look = () => (${countIs(count + 1)}) ? done(Date.now()) : setTimeout(look, 10);
    look();
  })`) as Promise<number>;
  const written = (await page.evaluate(
    `(localStorage.setItem('written ${count}', ${JSON.stringify(token(count))}), Date.now())`,
  )) as number;
  return (await seen) - written;
}

/** The heap of the panel and of its worker, in megabytes, before and after so many renewals, fifty at a time. */
async function heapOverRenewals(renewals: number): Promise<string[]> {
  const server = await servePages({ '/': pageWith(50, 'one token per key') });
  const session = await openSession({ url: `${server.origin}/`, args });
  try {
    const { panel, page, browser } = session;
    await timeUntil(panel, countIs(50));
    const worker = await browser.waitForTarget((target) => target.url().endsWith('/inspect.worker.js'));
    const inspector = await worker.createCDPSession();
    const heap = async () => {
      const ofPanel = (await panel.evaluate('(gc(), gc(), performance.memory.usedJSHeapSize)')) as number;
      await inspector.send('HeapProfiler.collectGarbage');
      const { usedSize } = await inspector.send('Runtime.getHeapUsage');
      return `${megabytes(ofPanel)} + ${megabytes(usedSize)}`;
    };
    const steps = [await heap()];
    for (let round = 1; round <= renewals / 50; round += 1) {
      const fresh = Array.from({ length: 50 }, (_, index) => token(index, round));
      await page.evaluate(
        `${JSON.stringify(fresh)}.forEach((token, index) => localStorage.setItem('k' + index, token))`,
      );
      // Until the last of them is listed: by then all of them are.
      await new Promise((resolve) => setTimeout(resolve, 900));
      if (round % 10 === 0) steps.push(await heap());
    }
    return steps;
  } finally {
    await session.close();
    await server.close();
  }
}

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);

/** How many of twenty tokens were seen that lay in localStorage for so many milliseconds, by those. */
async function seenBriefly(durations: number[]): Promise<string[]> {
  const trials = 20;
  const server = await servePages({ '/': pageWith(1, 'one token per key') });
  const session = await openSession({ url: `${server.origin}/`, args });
  try {
    await timeUntil(session.panel, countIs(1));
    const plan = durations.flatMap((lasts) =>
      Array.from({ length: trials }, (_, trial) => ({
        lasts,
        key: `brief ${lasts} ${trial}`,
        token: token(lasts * 100 + trial, 1),
      })),
    );
    await session.page.evaluate(`Promise.all(${JSON.stringify(plan)}.map(({ lasts, key, token }) => new Promise((done) =>
      setTimeout(() => {
        localStorage.setItem(key, token);
        setTimeout(() => (localStorage.removeItem(key), done()), lasts);
      }, Math.random() * 30000))))`);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const { tokens } = await reportOf(session.panel);
    const seen = new Set(tokens.map((one) => one.token));
    return durations.map((lasts) => {
      const found = plan.filter((one) => one.lasts === lasts && seen.has(one.token)).length;
      return `${lasts} ms: ${found} of ${trials}`;
    });
  } finally {
    await session.close();
    await server.close();
  }
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const against = (value: number, base: number) => `${value.toFixed(0)} ms (× ${(value / base).toFixed(2)})`;

for (const layout of layouts) {
  console.log(`\n${layout}`);
  let base: Measured | null = null;
  for (const size of sizes) {
    const one = await measure(size, layout);
    base ??= one;
    console.log(
      `  ${String(size).padStart(6)} tokens: first row ${against(one.firstRow, base.firstRow)}, all ${against(one.allRows, base.allRows)}, ` +
        `longest task × ${one.longest.toFixed(1)} of the loop (${one.loop.toFixed(0)} ms), a write ${against(one.write, base.write)}`,
    );
  }
}
console.log(`\nHeap of panel and worker over 3,000 renewals, MB: ${(await heapOverRenewals(3000)).join(', ')}`);
console.log(
  `\nSeen of tokens that lay in localStorage for ${(await seenBriefly([50, 200, 500, 800, 1200])).join(', ')}`,
);
