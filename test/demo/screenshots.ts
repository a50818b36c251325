import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import { grantedVariant } from '../browser/granted-variant.ts';
import { ensureBrowser } from '../browser/install-browser.ts';
import { launchBrowser, openFirstPage, openPanel } from '../browser/open-panel.ts';
import { type PhotographOptions, photographPanel } from '../browser/photograph-panel.ts';
import { fillBackend, validate } from '../e2e/validate-in-panel.ts';
import { startCallSite } from './site.ts';
import { startValidationServer } from './validation-server.ts';

// Pictures of the real panel on the demo site, for the README. Run `npm run build` first.
const root = resolve(import.meta.dirname, '../..');
const folder = resolve(root, 'docs/images');
mkdirSync(folder, { recursive: true });

const site = await startCallSite({ now: Math.floor(Date.now() / 1000), port: 4610 });
const { browser, close } = await launchBrowser({
  executablePath: await ensureBrowser(console.log),
  extension: resolve(root, 'dist/chrome'),
  headless: true,
  width: 1280,
  height: 800,
});
try {
  const page = await openFirstPage(browser, site.guestUrl);
  const { devtools, panel } = await openPanel(page);
  const wide = { width: 1180, height: 640 };

  await panel.waitForSelector('::-p-text(Supabase)');
  await take('no-access', devtools, panel, wide);
  await pressButton(panel, 'Not now');
  // The token that matters most on this page: a host's, left where a guest sits.
  await selectRow(panel, 'Ada');
  await take('light', devtools, panel, wide);
  await take('dark', devtools, panel, { ...wide, theme: 'dark' });
  await take('narrow', devtools, panel, { width: 380, height: 700 });

  const empty = await browser.newPage();
  await empty.goto(site.lobbyUrl.replace('app.localhost', 'lobby.localhost'));
  const other = await openPanel(empty);
  await other.panel.waitForSelector('::-p-text(No tokens here yet)');
  await take('empty', other.devtools, other.panel, { width: 1180, height: 460 });
} finally {
  await close();
}
await takeValidation();
await takeJourney();
await site.close();
// On the same port.
await import('./moving-picture.ts');

/** Where a listener's token went, and to whom it should not have gone. */
async function takeJourney() {
  const mapped = await launchBrowser({
    executablePath: await ensureBrowser(console.log),
    extension: resolve(root, 'dist/chrome'),
    headless: true,
    width: 1280,
    height: 800,
    // The app under a name of its own, so that sites are told apart as on the web.
    args: ['--host-resolver-rules=MAP *.test 127.0.0.1'],
  });
  try {
    const { pathname, port } = new URL(site.listenerUrl);
    const page = await openFirstPage(mapped.browser, `http://calls.northwind.test:${port}${pathname}`);
    const { devtools, panel } = await openPanel(page);
    await page.click('#listen');
    await panel.waitForSelector('::-p-text(Margaret)');
    await page.waitForFunction("document.getElementById('status').textContent === 'In the call'");
    await selectRow(panel, 'Margaret');
    await panel.waitForSelector('::-p-text(Places)');
    await panel.evaluate(`[...document.querySelectorAll('.detail [role=tab]')]
      .find(({ textContent }) => textContent.startsWith('Places'))?.click()`);
    await panel.waitForSelector('.journey .stranger');
    await take('journey', devtools, panel, { width: 1180, height: 520 });
  } finally {
    await mapped.close();
  }
}

/** A token forged by a guest, judged by the reference server. */
async function takeValidation() {
  const server = await startValidationServer({ keys: site.tokens.keys, port: 8787 });
  const variant = grantedVariant(resolve(root, 'dist/chrome'));
  const granted = await launchBrowser({
    executablePath: await ensureBrowser(console.log),
    extension: variant.extension,
    headless: true,
    width: 1280,
    height: 800,
  });
  try {
    const page = await openFirstPage(granted.browser, site.guestUrl);
    const { devtools, panel } = await openPanel(page);
    await fillBackend(panel, { url: `${server.url}/introspect`, value: `Bearer ${server.accessKey}` });
    await panel.waitForSelector('.backend');
    await take('backends', devtools, panel, { width: 1180, height: 420 });
    await pressButton(panel, 'Settings');
    await validate(panel, site.tokens.dailyHostLeft);
    await take('validity', devtools, panel, { width: 1180, height: 520 });
  } finally {
    await granted.close();
    await server.close();
    variant.remove();
  }
}

async function take(name: string, devtools: Page, panel: Frame, options: PhotographOptions) {
  await photographPanel(devtools, panel, resolve(folder, `${name}.png`), options);
  console.log(`docs/images/${name}.png`);
}

async function selectRow(panel: Frame, text: string) {
  await panel.evaluate(`[...document.querySelectorAll('.grid [role=row][id]')]
    .find(({ textContent }) => textContent.includes(${JSON.stringify(text)}))?.click()`);
}

async function pressButton(panel: Frame, label: string) {
  await panel.evaluate(`[...document.querySelectorAll('button')]
    .find((one) => (one.ariaLabel ?? one.textContent) === ${JSON.stringify(label)}).click()`);
}
