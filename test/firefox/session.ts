import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Frame } from 'puppeteer-core';
import { findProgram } from '../browser/find-browser.ts';
import { eventually } from '../e2e/session.ts';
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
  /** The value of an expression in a page of the extension: `devtools_panel`, `devtools_page`, `background`, `tab`. */
  inView<T>(viewType: string, expression: string): Promise<T>;
  /** Docks devtools: `bottom`, `right`, `left`. */
  dock(side: string): Promise<void>;
  /** Gives access to a site past the prompt, as if it was answered. */
  grant(site: string): Promise<void>;
  /** Presses a button of the tab in front with the mouse, as the prompt wants it. */
  pressInTab(selector: string): Promise<void>;
  /** Presses the first button of the browser's own prompt, or the second, which refuses. */
  confirmPrompt(): Promise<void>;
  refusePrompt(): Promise<void>;
  /** Closes devtools and opens a page in a container or in a private window, with the panel on it. Private windows take no extension unless they are told to. */
  openApart(kind: 'container' | 'private', url: string): Promise<void>;
  /** Has private windows take the extension, which is loaded again for it. */
  allowInPrivate(): Promise<void>;
  /** Has the browser stop the background page, as it does when it is idle. */
  stopBackground(): Promise<void>;
  picture(file: string): Promise<void>;
  /** Settles when the browser has been closed, by whomever. */
  ended: Promise<void>;
  close(): Promise<void>;
}

/** Path of a Firefox on this machine; null when there is none. `ROOMKEY_FIREFOX` overrides the search. */
export function findFirefox(): string | null {
  return process.env.ROOMKEY_FIREFOX ?? findProgram('firefox-esr') ?? findProgram('firefox');
}

export interface FirefoxOptions {
  headless?: boolean;
  extension?: string;
  /** By their names in `about:config`. */
  preferences?: Record<string, string | number | boolean>;
}

/** A Firefox of its own with the extension, a folder or a zip, a page, and the panel open on it. */
export async function openFirefox(
  url: string,
  { headless = true, extension = firefoxExtension, preferences: given = {} }: FirefoxOptions = {},
): Promise<FirefoxSession> {
  const program = findFirefox();
  if (!program) throw new Error('There is no Firefox.');
  const profile = mkdtempSync(join(tmpdir(), 'roomkey-firefox-'));
  const port = await freePort();
  writeFileSync(join(profile, 'user.js'), preferences(port, given));
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
    const session = sessionOf(marionette, ended, close);
    await marionette.command('Addon:Install', { path: extension, temporary: true });
    await session.goTo(url);
    await marionette.inBrowser(openPanel);
    await session.inView('devtools_panel', 'document.readyState');
    return session;
  } catch (error) {
    await close();
    throw error;
  }
}

function sessionOf(marionette: Marionette, ended: Promise<void>, close: () => Promise<void>): FirefoxSession {
  const { command, inBrowser } = marionette;
  const inView = <T>(viewType: string, expression: string) =>
    inBrowser<T>(evaluateInView, extensionId, viewType, expression);
  return {
    ...marionette,
    panel: asFrame((expression) => inView('devtools_panel', expression)),
    inView,
    ended,
    close,
    dock: (side) => inBrowser(dock, side),
    grant: (site) => inBrowser(grantAccess, extensionId, `${site}/*`),
    async pressInTab(selector) {
      await command('Marionette:SetContext', { value: 'content' });
      const { handles, value } = await eventually(async () => {
        const handles = (await command('WebDriver:GetWindowHandles')) as string[];
        await command('WebDriver:SwitchToWindow', { handle: handles.at(-1) });
        const found = (await command('WebDriver:FindElement', { using: 'css selector', value: selector })) as {
          value: Record<string, string>;
        };
        return { handles, ...found };
      });
      await command('WebDriver:ElementClick', { id: Object.values(value)[0] });
      await command('WebDriver:SwitchToWindow', { handle: handles[0], focus: false });
    },
    confirmPrompt: () => inBrowser(answerPrompt, 'button'),
    refusePrompt: () => inBrowser(answerPrompt, 'secondaryButton'),
    openApart: (kind, url) => inBrowser(openApart + openPanel, kind, url),
    allowInPrivate: () => inBrowser(allowInPrivate, extensionId),
    stopBackground: () => inBrowser(stopBackground, extensionId),
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

/** As much of a frame of Chromium's as the tests of both browsers use. */
function asFrame(inPanel: (expression: string) => Promise<unknown>): Frame {
  const evaluate = (code: unknown, ...args: unknown[]) =>
    inPanel(typeof code === 'string' ? code : `(${code})(${args.map((one) => JSON.stringify(one)).join()})`);
  const count = (selector: string) =>
    evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`) as Promise<number>;
  const element = (selector: string) => ({
    click: () => evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`),
    boundingBox: () => evaluate(`document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().toJSON()`),
  });
  const frame = {
    evaluate,
    $: async (selector: string) => ((await count(selector)) > 0 ? element(selector) : null),
    $$: async (selector: string) => Array.from({ length: await count(selector) }, () => element(selector)),
    async waitForSelector(selector: string) {
      await eventually(async () => {
        if ((await count(selector)) === 0) throw new Error(`no ${selector}`);
      });
      return element(selector);
    },
  };
  return frame as unknown as Frame;
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
function preferences(port: number, given: Record<string, string | number | boolean>): string {
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
    // A prompt that appears takes no press for a second.
    'security.notification_enable_delay': 0,
    'devtools.toolbox.footer.height': 520,
    'devtools.toolbox.sidebar.width': 560,
    ...given,
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

/** The browser's own toolbox, with the tab that the extension adds. */
const openPanel = `
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = require('devtools/client/framework/devtools');
  const toolbox = await gDevTools.showToolboxForTab((globalThis.roomkeyWindow ?? window).gBrowser.selectedTab, { toolId: 'webconsole', hostType: 'bottom' });
  for (let tries = 0; tries < 200; tries += 1) {
    const tool = toolbox.getAdditionalTools().find(({ id }) => /webext-devtools-panel/.test(id));
    if (tool) return void await toolbox.selectTool(tool.id);
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('The tab of the panel did not appear.');`;

const openApart = `
  const [kind, url] = args;
  const devtools = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs').require('devtools/client/framework/devtools');
  for (const one of devtools.gDevTools.getToolboxes()) await one.destroy();
  const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
  let opened;
  if (kind === 'private') {
    const other = OpenBrowserWindow({ private: true });
    await new Promise((done) => other.addEventListener('load', done, { once: true }));
    await other.delayedStartupPromise;
    globalThis.roomkeyWindow = other;
    opened = other.gBrowser.selectedBrowser;
    opened.loadURI(Services.io.newURI(url), { triggeringPrincipal });
  } else {
    gBrowser.selectedTab = gBrowser.addTab(url, { userContextId: 2, triggeringPrincipal });
    opened = gBrowser.selectedBrowser;
  }
  for (let tries = 0; tries < 100 && opened.currentURI.spec !== url; tries += 1) await new Promise((done) => setTimeout(done, 50));`;

const allowInPrivate = `
  const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  const extension = ExtensionParent.GlobalManager.extensionMap.get(args[0]);
  await ExtensionPermissions.add(args[0], { permissions: ['internal:privateBrowsingAllowed'], origins: [] }, extension);
  await (await AddonManager.getAddonByID(args[0])).reload();`;

const dock = `
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = require('devtools/client/framework/devtools');
  await gDevTools.getToolboxes()[0].switchHost(args[0]);`;

const grantAccess = `
  const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  const extension = ExtensionParent.GlobalManager.extensionMap.get(args[0]);
  await ExtensionPermissions.add(args[0], { permissions: [], origins: [args[1]] }, extension);`;

const answerPrompt = `
  for (let tries = 0; tries < 40; tries += 1) {
    const [notification] = PopupNotifications.panel.children;
    if (PopupNotifications.isPanelOpen && notification) {
      notification[args[0]].click();
      return notification.getAttribute('label') ?? '';
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('There is no prompt.');`;

const stopBackground = `
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  await ExtensionParent.GlobalManager.extensionMap.get(args[0]).terminateBackground({ disableResetIdleForTest: true });`;

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
