import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../browser/find-browser.ts';
import { grantedVariant, type Variant } from '../browser/granted-variant.ts';
import { launchBrowser, openFirstPage } from '../browser/open-panel.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { violations } from './axe.ts';
import { eventually, extension } from './session.ts';

let site: CallSite;

beforeAll(async () => {
  site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
});

afterAll(async () => {
  await site?.close();
});

describe.each([
  ['without access', false],
  ['with access to the site', true],
] as const)('the button in the browser’s bar, %s', (_, isGranted) => {
  let variant: Variant | undefined;
  let browser: Browser;
  let close: () => Promise<void>;
  let popup: Page;

  beforeAll(async () => {
    variant = isGranted ? grantedVariant(extension) : undefined;
    const executablePath = findBrowser();
    if (!executablePath) throw new Error('No browser was found; npm test installs one.');
    ({ browser, close } = await launchBrowser({
      executablePath,
      extension: variant?.extension ?? extension,
      headless: true,
    }));
    const page = await openFirstPage(browser, site.guestUrl);
    popup = await openPopup(browser, page, variant?.extension ?? extension);
  });

  afterAll(async () => {
    await close?.();
    variant?.remove();
  });

  test('says where Roomkey is and what it may read on the page in front', async () => {
    const host = new URL(site.guestUrl).hostname;
    await eventually(async () => {
      const text = (await popup.evaluate('document.body.innerText')) as string;
      expect(text).toContain('Roomkey is in the developer tools');
      expect(text).toMatch(/Press (?:F12|Ctrl\+Shift\+I|⌥⌘I)\./);
      if (isGranted) expect(text).toContain(`On http://${host} you allowed it to read beside the page’s scripts`);
      else expect(text).toContain('Its site is none that you allowed.');
    });
  });

  test('has nothing that axe finds wrong, in light, dark and forced colours', async () => {
    expect(await violations(popup.mainFrame())).toEqual([]);
  });
});

/** As a press of the button does it: what opens is no tab, and the page stays in front. */
async function openPopup(browser: Browser, page: Page, folder: string): Promise<Page> {
  const id = idOf(folder);
  const asking = await browser.newPage();
  await asking.goto(`chrome-extension://${id}/src/extension/popup/popup.html`);
  await page.bringToFront();
  const opened = browser.waitForTarget((target) => target !== asking.target() && target.url().endsWith('/popup.html'));
  await asking.evaluate('chrome.action.openPopup()');
  const popup = await (await opened).asPage();
  await asking.close();
  return popup;
}

/** Chromium makes the id of an unpacked extension of the path of its folder: `crx_file::id_util::GenerateIdForPath` (2026-11). */
function idOf(folder: string): string {
  const digest = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  return digest.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}
