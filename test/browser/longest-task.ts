import type { Frame, Page } from 'puppeteer-core';

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
  /** Microseconds that the thread worked, without those in which others had its processor. */
  tdur?: number;
}

const categories = ['toplevel', 'blink.user_timing'];
const mark = 'longest task';

/**
 * The longest task of a frame's main thread while something is done in it: milliseconds of its own work, so that what else the machine does
 * meanwhile is no part of it. Throws where the browser told of no task.
 */
export async function longestTask(page: Page, frame: Frame, during: () => Promise<void>): Promise<number> {
  const browser = await page.browser().target().createCDPSession();
  const events: TraceEvent[] = [];
  browser.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  await browser.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories, excludedCategories: ['*'] },
  });
  await frame.evaluate(`void performance.mark(${JSON.stringify(mark)})`);
  await during();
  await frame.evaluate(`void performance.mark(${JSON.stringify(mark)})`);
  const told = new Promise((resolve) => browser.once('Tracing.tracingComplete', resolve));
  await browser.send('Tracing.end');
  await told;
  await browser.detach();
  const [start, end] = events.filter(({ name }) => name === mark);
  const tasks = events.filter(
    ({ name, pid, tid, ts }) =>
      name === 'ThreadControllerImpl::RunTask' &&
      pid === start?.pid &&
      tid === start.tid &&
      ts >= start.ts &&
      ts <= (end?.ts ?? 0),
  );
  if (tasks.length === 0) throw new Error('the browser told of no task');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}
