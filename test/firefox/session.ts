import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Frame } from 'puppeteer-core';
import { findProgram } from '../browser/find-browser.ts';
import { connectMarionette, type Marionette } from './marionette.ts';

export const firefoxExtension = resolve(import.meta.dirname, '../../dist/firefox');
/** As vite.config.ts names it. */
export const extensionId = 'roomkey@roomkey.example';

export interface FirefoxSession extends Omit<Marionette, 'close'> {
  /** The panel, as far as what exports reports and presses buttons needs one. */
  panel: Frame;
  goTo(url: string): Promise<void>;
  /** The value of an expression in the inspected page. */
  inPage<T>(expression: string): Promise<T>;
  /** The value of an expression in a page of the extension: `devtools_panel`, `background`, `tab`. */
  inView<T>(viewType: string, expression: string): Promise<T>;
  picture(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Path of a Firefox on this machine; null when there is none. `ROOMKEY_FIREFOX` overrides the search. */
export function findFirefox(): string | null {
  return process.env.ROOMKEY_FIREFOX ?? findProgram('firefox-esr') ?? findProgram('firefox');
}

/** A Firefox of its own with the extension, a page, and the panel open on it. */
export async function openFirefox(url: string, { headless = true } = {}): Promise<FirefoxSession> {
  const program = findFirefox();
  if (!program) throw new Error('There is no Firefox.');
  const profile = mkdtempSync(join(tmpdir(), 'roomkey-firefox-'));
  const port = await freePort();
  writeFileSync(join(profile, 'user.js'), preferences(port));
  const log = openSync(join(profile, 'log.txt'), 'w');
  const args = ['--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile];
  const size = ['--width=1200', '--height=900'];
  const child = spawn(program, [...args, ...(headless ? ['--headless'] : []), ...size, 'about:blank'], {
    stdio: ['ignore', log, log],
  });
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const close = async () => {
    await quit(child, ended, marionette);
    process.off('exit', kill);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  let marionette: Marionette | null = null;
  try {
    marionette = await connectMarionette(port, () => isOver);
    const session = sessionOf(marionette, close);
    await marionette.command('Addon:Install', { path: firefoxExtension, temporary: true });
    await session.goTo(url);
    await marionette.inBrowser(openPanel);
    await session.inView('devtools_panel', 'document.readyState');
    return session;
  } catch (error) {
    await close();
    throw error;
  }
}

function sessionOf(marionette: Marionette, close: () => Promise<void>): FirefoxSession {
  const { command, inBrowser } = marionette;
  const inView = <T>(viewType: string, expression: string) =>
    inBrowser<T>(evaluateInView, extensionId, viewType, expression);
  const evaluate = (code: unknown, ...args: unknown[]) =>
    inView(
      'devtools_panel',
      typeof code === 'string' ? code : `(${code})(${args.map((one) => JSON.stringify(one)).join()})`,
    );
  return {
    ...marionette,
    panel: { evaluate } as unknown as Frame,
    inView,
    close,
    async goTo(url) {
      await command('Marionette:SetContext', { value: 'content' });
      await command('WebDriver:Navigate', { url });
    },
    async inPage<T>(expression: string) {
      await command('Marionette:SetContext', { value: 'content' });
      const script = `return (0, window.wrappedJSObject ?? window).eval(${JSON.stringify(expression)})`;
      const { value } = (await command('WebDriver:ExecuteScript', { script, args: [], sandbox: null })) as { value: T };
      return value;
    },
    async picture(file) {
      await command('Marionette:SetContext', { value: 'chrome' });
      const { value } = (await command('WebDriver:TakeScreenshot', { full: false, hash: false })) as { value: string };
      writeFileSync(file, Buffer.from(value, 'base64'));
    },
  };
}

async function quit(child: ChildProcess, ended: Promise<void>, marionette: Marionette | null): Promise<void> {
  const soon = new Promise<void>((done) => setTimeout(done, 5000));
  await Promise.race([marionette?.command('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {}), soon]);
  marionette?.close();
  await Promise.race([ended, soon]);
  child.kill('SIGKILL');
  await ended;
}

/** Nothing but the given pages is fetched. */
function preferences(port: number): string {
  const values = {
    'marionette.port': port,
    'remote.prefs.recommended': true,
    'browser.shell.checkDefaultBrowser': false,
    'browser.aboutwelcome.enabled': false,
    'browser.safebrowsing.downloads.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'app.update.enabled': false,
    'toolkit.telemetry.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'services.settings.server': 'data:,#remote-settings-dummy/v1',
    'devtools.toolbox.footer.height': 520,
    'devtools.toolbox.sidebar.width': 560,
  };
  return Object.entries(values)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
    .join('\n');
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The browser's own toolbox, kept as `roomkeyToolbox`, with the tab that the extension adds. */
const openPanel = `
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = require('devtools/client/framework/devtools');
  const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'webconsole', hostType: 'bottom' });
  globalThis.roomkeyToolbox = toolbox;
  for (let tries = 0; tries < 200; tries += 1) {
    const tool = toolbox.getAdditionalTools().find(({ id }) => /webext-devtools-panel/.test(id));
    if (tool) return void await toolbox.selectTool(tool.id);
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('The tab of the panel did not appear.');`;

const evaluateInView = `
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  const extension = ExtensionParent.GlobalManager.extensionMap.get(args[0]);
  const find = () => [...extension.views].find(({ viewType, xulBrowser }) => viewType === args[1] && xulBrowser);
  for (let tries = 0; tries < 100 && !find(); tries += 1) await new Promise((done) => setTimeout(done, 50));
  const view = find();
  if (!view) throw new Error('There is no ' + args[1]);
  const manager = view.xulBrowser.messageManager;
  const name = 'roomkey-test ' + Math.random();
  const answer = await new Promise((done) => {
    manager.addMessageListener(name, function heard({ data }) {
      manager.removeMessageListener(name, heard);
      done(data);
    });
    const run = async (name, code) => {
      let answer;
      try {
        const sandbox = new Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
        answer = { value: await Cu.evalInSandbox(code, sandbox) };
      } catch (error) {
        answer = { error: String(error) };
      }
      sendAsyncMessage(name, answer);
    };
    const code = '(async () => JSON.stringify(await (' + args[2] + ')) ?? "null")()';
    const script = '(' + run + ')(' + JSON.stringify(name) + ',' + JSON.stringify(code) + ')';
    manager.loadFrameScript('data:,' + encodeURIComponent(script), false);
  });
  if (answer.error) throw new Error(answer.error);
  return JSON.parse(answer.value);`;
