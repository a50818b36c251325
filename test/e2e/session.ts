import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Frame, Page } from 'puppeteer-core';
import type { ReportDocument } from '../../src/engine/report/report-document.ts';
import { exportReport } from '../browser/export-report.ts';
import { findBrowser } from '../browser/find-browser.ts';
import { choosePanel, launchBrowser, openFirstPage, openPanel } from '../browser/open-panel.ts';

export const extension = resolve(import.meta.dirname, '../../dist/chrome');

export interface Session {
  browser: Browser;
  page: Page;
  devtools: Page;
  panel: Frame;
  /** Opens another page in a tab of its own, with its own panel. */
  open(url: string): Promise<{ page: Page; devtools: Page; panel: Frame }>;
  close(): Promise<void>;
}

export interface SessionOptions {
  url: string;
  extension?: string;
  headless?: boolean;
  display?: string;
  width?: number;
  height?: number;
  args?: string[];
  /** A folder for the browser’s profile, which stays when it is closed. */
  profile?: string;
}

/** A browser with the extension, a page, and the panel open on it. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No browser was found; npm test installs one.');
  const { url, ...rest } = options;
  // Pictures that move, as the demo's, take their share of two cores.
  const args = ['--force-prefers-reduced-motion', ...(options.args ?? [])];
  const { browser, close } = await launchBrowser({ executablePath, extension, headless: true, ...rest, args });
  try {
    const page = await openFirstPage(browser, url);
    const { devtools, panel } = await openPanel(page);
    return {
      browser,
      page,
      devtools,
      panel,
      close,
      open: async (other) => {
        const tab = await browser.newPage();
        await tab.goto(other);
        return { page: tab, ...(await openPanel(tab)) };
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Repeats until the check holds, and fails with what it last said; what else it said before is written out. */
export async function eventually<T>(check: () => Promise<T>, seconds = 20): Promise<T> {
  const until = Date.now() + seconds * 1000;
  const said = new Map<string, number>();
  for (;;) {
    try {
      return await check();
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      if (Date.now() > until) {
        said.delete(words);
        for (const [before, times] of said) console.error(`Before, ${times} times: ${before}`);
        throw error;
      }
      said.set(words, (said.get(words) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** The whole report once it has this many tokens or more. */
export async function reportOf(panel: Frame): Promise<ReportDocument> {
  return (await exportReport(panel, { whole: true })).report;
}

/** Everything the panel shows, as text. */
export function shownText(panel: Frame): Promise<string> {
  return panel.evaluate('document.body.innerText') as Promise<string>;
}

/** Presses the button with this label. */
export async function press(panel: Frame, label: string | RegExp): Promise<void> {
  await eventually(async () => {
    const pressed = await panel.evaluate(
      (source, flags) => {
        const pattern = new RegExp(source, flags);
        const button = [...document.querySelectorAll<HTMLElement>('button')].find((one) =>
          pattern.test(one.ariaLabel ?? one.textContent?.trim() ?? ''),
        );
        button?.click();
        return Boolean(button);
      },
      typeof label === 'string' ? `^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$` : label.source,
      typeof label === 'string' ? '' : label.flags,
    );
    if (!pressed) throw new Error(`no button ${label}`);
  });
}

/** Where a failing test leaves its pictures. */
export function pictureFolder(): string {
  const folder = resolve(import.meta.dirname, '../../demo-output/e2e');
  mkdirSync(folder, { recursive: true });
  return folder;
}

export { choosePanel };
