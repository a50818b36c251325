import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer-core';

export interface LaunchOptions {
  executablePath: string;
  /** A built extension. */
  extension: string;
  headless: boolean;
  /** X display for a headful run without a screen. */
  display?: string;
  width?: number;
  height?: number;
  args?: string[];
  /** A folder for its profile, which then stays. */
  profile?: string;
}

export interface LaunchedBrowser {
  browser: Browser;
  close(): Promise<void>;
}

/** Starts a browser with the extension and a profile of its own, which closing removes where none is given. Nothing but the given pages is fetched. */
export async function launchBrowser(options: LaunchOptions): Promise<LaunchedBrowser> {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'roomkey-profile-'));
  const { width = 1280, height = 900 } = options;
  const remove = () => {
    if (!options.profile) rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  process.once('exit', remove);
  const start = (more: string[]) =>
    puppeteer.launch({
      executablePath: options.executablePath,
      headless: options.headless,
      pipe: true,
      enableExtensions: [options.extension],
      handleDevToolsAsPage: true,
      userDataDir: profile,
      defaultViewport: null,
      // Who launches also cleans up; puppeteer's own handlers would end the process before that.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      env: { ...process.env, ...(options.display ? { DISPLAY: options.display } : {}) },
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--disable-gpu',
        '--no-first-run',
        '--no-default-browser-check',
        '--disable-search-engine-choice-screen',
        '--disable-features=Translate,MediaRouter,OptimizationHints,DialMediaRouteProvider,InterestFeedContentSuggestions',
        `--window-size=${width},${height}`,
        ...(options.args ?? []),
        ...more,
      ],
    });
  const withoutSandbox = ['--no-sandbox'];
  try {
    // Chromium refuses to run as root inside its sandbox, and some systems allow no sandbox to anybody.
    const browser = await (process.getuid?.() === 0
      ? start(withoutSandbox)
      : start([]).catch((error: unknown) => {
          if (!/sandbox/i.test(String(error))) throw error;
          return start(withoutSandbox);
        }));
    return {
      browser,
      close: async () => {
        await browser.close().catch(() => browser.process()?.kill('SIGKILL'));
        remove();
        process.off('exit', remove);
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

export interface OpenedPanel {
  devtools: Page;
  panel: Frame;
}

/** Goes to an address in the tab that the browser began with. */
export async function openFirstPage(browser: Browser, url: string): Promise<Page> {
  const [page = await browser.newPage()] = await browser.pages();
  // A browser that is still opening its first, blank page breaks off what is opened meanwhile.
  await page.goto(url).catch((error: unknown) => {
    if (!String(error).includes('ERR_ABORTED')) throw error;
    return page.goto(url);
  });
  return page;
}

/** Opens devtools on a page and the Roomkey panel in them, as choosing its tab would. */
export async function openPanel(page: Page, timeoutMs = 30_000): Promise<OpenedPanel> {
  const devtools = await page.openDevTools();
  return { devtools, panel: await choosePanel(devtools, timeoutMs) };
}

/** Chooses the Roomkey tab in devtools that are open. */
export async function choosePanel(devtools: Page, timeoutMs = 30_000): Promise<Frame> {
  const until = Date.now() + timeoutMs;
  let lastError: unknown = 'the Roomkey tab did not appear';
  while (Date.now() < until) {
    try {
      // The tab is registered a moment after devtools have started, and only on pages extensions may see.
      const isShown = await devtools.evaluate(`(async () => {
        const { ViewManager, InspectorView } = await import('./ui/legacy/legacy.js').then((ui) => ({
          ViewManager: ui.ViewManager.ViewManager, InspectorView: ui.InspectorView.InspectorView }));
        const id = InspectorView.instance().tabbedPane.tabIds().find((tab) => tab.endsWith('Roomkey'));
        if (!id) return false;
        await ViewManager.instance().showView(id);
        return true;
      })()`);
      const panel = devtools.frames().find((frame) => /panel\.html$/.test(frame.url()));
      if (isShown && panel && (await panel.evaluate('document.readyState')) === 'complete') return panel;
    } catch (error) {
      lastError = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The Roomkey panel did not open in ${timeoutMs / 1000} s (${String(lastError)}).`);
}
