import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import type { ReportDocument } from '../../src/engine/report/report-document.ts';
import { exportReport } from '../browser/export-report.ts';
import { ensureBrowser } from '../browser/install-browser.ts';
import { launchBrowser, openFirstPage, openPanel } from '../browser/open-panel.ts';
import { photographPanel } from '../browser/photograph-panel.ts';
import { ensureFirefox, showInFirefox } from './in-firefox.ts';
import { type CallSite, startCallSite } from './site.ts';
import { summarise } from './summarise.ts';
import { startValidationServer, type ValidationServer } from './validation-server.ts';

// Shows the main job: builds the extension, starts the demo call site, and opens the panel on it. Without a screen, or with
// --headless, it saves what the panel shows instead; with --browser firefox, in Firefox.
const root = resolve(import.meta.dirname, '../..');
const output = resolve(root, 'demo-output');
const isHeadless = process.argv.includes('--headless') || !hasScreen();
const isFirefox = /--browser[= ]firefox\b/.test(process.argv.slice(2).join(' '));
const closers: (() => Promise<void>)[] = [];
let isStopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
try {
  await main();
  await stop(0);
} catch (error) {
  if (!isStopping) {
    console.error(`\nThe demo could not go on: ${error instanceof Error ? error.message : String(error)}`);
    await stop(1);
  }
}

async function main() {
  say('Building the extension …');
  await build();
  say('Looking for a browser …');
  const executablePath = await (isFirefox ? ensureFirefox(say) : ensureBrowser(say));
  say(`  ${executablePath}`);
  const site = await startCallSite({
    now: Math.floor(Date.now() / 1000),
    port: 4610,
    enterAfterSeconds: isHeadless ? 0 : 15,
  });
  closers.push(site.close);
  say(`The demo call site runs on ${site.lobbyUrl}`);
  const server = await startValidationServer({ keys: site.tokens.keys, port: 8787 });
  closers.push(server.close);
  say(`A validation server with the site's keys runs on ${server.url}/introspect`);
  say(`Starting the browser${isHeadless ? ' without a window' : ''} …`);
  if (isFirefox) return showInFirefox(site, { isHeadless, output, say, closers });
  const { browser, close } = await launchBrowser({
    executablePath,
    extension: resolve(root, 'dist/chrome'),
    headless: isHeadless,
    width: 1440,
    height: 900,
  });
  closers.push(close);
  say('Joining the call as a guest …');
  const page = await openFirstPage(browser, site.lobbyUrl);
  await Promise.all([page.waitForNavigation(), page.click('button[value=guest]')]);
  say('Opening devtools on the Roomkey panel …');
  const { devtools, panel } = await openPanel(page);
  if (isHeadless) await showWithoutWindow(site, page, devtools, panel);
  else await showInWindow(() => browser.connected, server);
}

async function showInWindow(isOpen: () => boolean, { url, accessKey }: ValidationServer) {
  say(
    '\nThe panel is open and lists the tokens of this page. In 15 seconds the app enters the call and deletes one of them.',
  );
  say('Which of them would be accepted? Open the settings of the panel (the gear), choose "Add a backend", and enter');
  say(`  URL        ${url}/introspect`);
  say(`  Its value  Bearer ${accessKey}`);
  say('Then press Validate in the tab Validity of a token, or Validate all. One token of this page is forged.');
  say('Try the host page and the green room from the lobby, too. Close the browser or press Ctrl-C to end.');
  while (isOpen()) await new Promise((done) => setTimeout(done, 300));
}

async function showWithoutWindow(site: CallSite, page: Page, devtools: Page, panel: Frame) {
  const expected = site.guest.filter(({ places }) => places.some(({ needs }) => needs === undefined)).length;
  say(`Waiting for the ${expected} tokens of the page …`);
  const first = await waitForTokens(panel, expected);
  say('The app enters the call and deletes its join token …');
  await page.click('#enter');
  await waitUntil(async () => (await exportReport(panel)).report.tokens.some(isGone), 10);
  const { text, report } = await exportReport(panel);

  mkdirSync(output, { recursive: true });
  const picture = resolve(output, 'panel.png');
  const file = resolve(output, 'report.json');
  // The token that matters most here: a host's, left where a guest sits.
  await panel.evaluate(`document.activeElement?.blur();
    [...document.querySelectorAll('.grid [role=row][id]')].find((row) => /Host/.test(row.textContent))?.click()`);
  await photographPanel(devtools, panel, picture, { width: 1280, height: 760 });
  writeFileSync(file, text);
  console.log(`\n${summarise(report)}`);
  say(`Panel:  ${relative(root, picture)}`);
  say(`Report: ${relative(root, file)}`);
  if (first < expected) throw new Error(`only ${first} of ${expected} tokens were found`);
  await showGreenRoom(site, page, panel);
}

/** A page that keeps tokens in none of the usual stores. */
async function showGreenRoom(site: CallSite, page: Page, panel: Frame) {
  say('Waiting in the green room, and pressing Rescan for what is read at a press only …');
  await page.goto(site.greenRoomUrl);
  const planted = site.greenRoom.filter(({ places }) => places.some(({ needs }) => needs !== 'access'));
  const labels = planted.flatMap(({ places }) => places.map(({ label }) => label));
  let missing = labels;
  await waitUntil(async () => {
    await panel.evaluate("document.querySelector('[aria-label=Rescan]').click()");
    const { tokens } = (await exportReport(panel)).report;
    const found = tokens.flatMap(({ sightings }) => sightings.map(({ label }) => label));
    missing = labels.filter((label) => !found.includes(label));
    return missing.length === 0;
  }, 20);
  if (missing.length > 0) throw new Error(`no token was found in ${missing.join(' and ')}`);
  say(`  ${labels.join('\n  ')}`);
}

async function waitForTokens(panel: Frame, count: number): Promise<number> {
  let found = 0;
  await waitUntil(async () => {
    found = (await exportReport(panel)).report.tokens.length;
    return found >= count;
  }, 20);
  return found;
}

async function waitUntil(check: () => Promise<boolean>, seconds: number) {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    if (await check().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 300));
  }
}

function isGone(token: ReportDocument['tokens'][number]): boolean {
  return token.sightings.every(({ goneAt }) => goneAt !== null);
}

function build(): Promise<void> {
  return new Promise((done, fail) => {
    const vite = resolve(root, 'node_modules/vite/bin/vite.js');
    const child = spawn(
      process.execPath,
      [vite, 'build', '--logLevel', 'warn', ...(isFirefox ? ['--mode', 'firefox'] : [])],
      { cwd: root, stdio: 'inherit' },
    );
    child.on('error', fail);
    child.on('close', (code) => (code === 0 ? done() : fail(new Error('the build failed (see above)'))));
    closers.push(async () => void child.kill());
  });
}

async function stop(code: number) {
  if (isStopping) return;
  isStopping = true;
  for (const close of closers.reverse()) await close().catch(() => {});
  process.exit(code);
}

function hasScreen(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function say(line: string) {
  console.log(line);
}
