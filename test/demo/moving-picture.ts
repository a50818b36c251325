import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import { ensureBrowser } from '../browser/install-browser.ts';
import { launchBrowser, openFirstPage, openPanel } from '../browser/open-panel.ts';
import { arrangePanel, pictureOfPanel } from '../browser/photograph-panel.ts';
import { animatedPng, type Shown } from './animated-png.ts';
import { startCallSite } from './site.ts';

// The moving picture of the README, and one that stands still for who asked for less motion: on the demo's guest page lies a host's token. Which, what
// does it allow, what is wrong with it, where did it go? Run `npm run build` first.
const folder = resolve(import.meta.dirname, '../../docs/images');
const size = { width: 960, height: 560 };
const site = await startCallSite({ now: Math.floor(Date.now() / 1000), port: 4610 });
const { browser, close } = await launchBrowser({
  executablePath: await ensureBrowser(console.log),
  extension: resolve(import.meta.dirname, '../../dist/chrome'),
  headless: true,
  ...size,
});
const shown: Shown[] = [];
try {
  const { devtools, panel } = await openPanel(await openFirstPage(browser, site.guestUrl));
  await panel.waitForSelector('::-p-text(15 tokens)');
  // Two notes, one after the other.
  for (let notes = 0; notes < 2; notes += 1) {
    await panel.evaluate("document.querySelector('.banner .tool.small')?.click()");
    await new Promise((done) => setTimeout(done, 300));
  }
  await arrangePanel(devtools, panel, size);
  await take(devtools, panel, 2600);
  await pressOn(devtools, panel, '.grid [role=row][id]', 'Ada');
  writeFileSync(resolve(folder, 'still.png'), await take(devtools, panel, 3000));
  for (const tab of ['Privileges', 'Findings', 'Places']) {
    await pressOn(devtools, panel, '.detail [role=tab]', tab);
    await take(devtools, panel, 3000);
  }
} finally {
  await close();
  await site.close();
}
const moving = animatedPng(shown);
writeFileSync(resolve(folder, 'moving.png'), moving);
console.log(`docs/images/moving.png: ${shown.length} pictures, ${(moving.length / 1e3).toFixed()} kB`);

async function take(devtools: Page, panel: Frame, milliseconds: number): Promise<Uint8Array> {
  await new Promise((done) => setTimeout(done, 400));
  const png = await pictureOfPanel(devtools, panel);
  shown.push({ png, milliseconds });
  return png;
}

/** Shows where is pressed, and presses there. */
async function pressOn(devtools: Page, panel: Frame, selector: string, text: string): Promise<void> {
  const find = `[...document.querySelectorAll(${JSON.stringify(selector)})].find(({ textContent }) => textContent.includes(${JSON.stringify(text)}))`;
  await panel.evaluate(`(() => {
    const { left, top, width, height } = ${find}.getBoundingClientRect();
    const ring = Object.assign(document.createElement('div'), { id: 'pressed-here' });
    Object.assign(ring.style, { position: 'fixed', left: left + Math.min(width / 2, 60) - 14 + 'px', top: top + height / 2 - 14 + 'px',
      width: '22px', height: '22px', border: '3px solid #d0460b', borderRadius: '50%', background: '#d0460b44', zIndex: 9 });
    document.body.append(ring);
  })()`);
  await take(devtools, panel, 900);
  await panel.evaluate(`document.getElementById('pressed-here').remove(); ${find}.click()`);
}
