import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../browser/find-browser.ts';
import { launchBrowser, openFirstPage, openPanel } from '../browser/open-panel.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { checkOut, firstRow, shellBlocks, typeIn } from '../door/door.ts';

// What a stranger does, as far as it takes no minutes: `npm run door` does all of it, with `npm ci` and in both browsers.
const root = resolve(import.meta.dirname, '../..');
let folder: string;
let site: CallSite;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-door-'));
  checkOut(folder);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await site?.close();
});

test('the lines of the README lead from a clone to the first row of the panel', async () => {
  const blocks = shellBlocks(folder).filter((block) => /npm run build$/m.test(block));
  expect(blocks).toHaveLength(1);
  // Packages are there; all else is as it stands.
  await typeIn(folder, String(blocks[0]).replaceAll('npm ci && ', ''));
  const extension = join(folder, 'dist/chrome');
  const { browser, close } = await launchBrowser({ executablePath: findBrowser() ?? '', extension, headless: true });
  try {
    const { panel } = await openPanel(await openFirstPage(browser, site.guestUrl));
    expect(await firstRow(panel)).toMatch(/Daily|Jitsi/);
  } finally {
    await close();
  }
});
