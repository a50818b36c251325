/**
 * `npm run door`: what a stranger does. In an empty folder with a clone, the lines of the README as they stand there, one block after the other, up
 * to the first row of the panel: in a Chromium and, where there is one, a Firefox, each with a profile of its own. Takes some minutes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from '../browser/install-browser.ts';
import { launchBrowser, openFirstPage, openPanel } from '../browser/open-panel.ts';
import { startCallSite } from '../demo/site.ts';
import { findFirefox } from '../firefox/session.ts';
import { checkOut, firstRow, isThere, shellBlocks, typeIn, writeRecordings } from './door.ts';

const now = Math.floor(Date.now() / 1000);
const folder = mkdtempSync(join(tmpdir(), 'roomkey-door-'));
const began = Date.now();
const say = (line: string) => console.log(`${((Date.now() - began) / 1000).toFixed().padStart(4)} s  ${line}`);

/** What has to be there after a block, by what is typed in it. */
const outcomes: [typed: string, check: () => Promise<string>][] = [
  ['npm run demo', async () => holds('demo-output/panel.png', 'demo-output/report.json')],
  ['npm run build:firefox', openInFirefox],
  ['npm run build:cli', async () => holds('shareable.har')],
  ['npm run build', openInChromium],
];

try {
  checkOut(folder);
  say('a clone in an empty folder');
  writeRecordings(folder, now);
  const left = new Set(outcomes);
  for (const block of shellBlocks(folder)) {
    const known = outcomes.find(([typed]) => block.includes(typed));
    if (!known) throw new Error(`Say in test/door/run.ts what there is after\n${block}`);
    left.delete(known);
    await typeIn(folder, block);
    say(block.trim().split('\n')[0] ?? '');
    say(`  ${await known[1]()}`);
  }
  if (left.size > 0) throw new Error(`The README no longer says ${[...left].map(([typed]) => typed).join(', ')}.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function holds(...paths: string[]): Promise<string> {
  const missing = paths.filter((path) => !isThere(folder, path));
  if (missing.length > 0) throw new Error(`There is no ${missing.join(', ')}.`);
  return paths.join(', ');
}

async function openInChromium(): Promise<string> {
  const site = await startCallSite({ now });
  const { browser, close } = await launchBrowser({
    executablePath: await ensureBrowser(say),
    extension: join(folder, 'dist/chrome'),
    headless: true,
  });
  try {
    const { panel } = await openPanel(await openFirstPage(browser, site.guestUrl));
    return `Chromium: ${await firstRow(panel)}`;
  } finally {
    await close();
    await site.close();
  }
}

async function openInFirefox(): Promise<string> {
  if (!findFirefox()) return `${await holds('dist/firefox/manifest.json')}; there is no Firefox to load it into`;
  const site = await startCallSite({ now });
  // The clone's own helper, which loads what the clone built.
  const { openFirefox } = (await import(
    join(folder, 'test/firefox/session.ts')
  )) as typeof import('../firefox/session.ts');
  const session = await openFirefox(site.guestUrl);
  try {
    return `Firefox: ${await firstRow(session.panel)}`;
  } finally {
    await session.close();
    await site.close();
  }
}
