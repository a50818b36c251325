import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureBrowser } from '../browser/install-browser.ts';
import { launchBrowser, openFirstPage, openPanel } from '../browser/open-panel.ts';
import { arrangePanel, emulateTheme, pictureOfPanel } from '../browser/photograph-panel.ts';
import { openTab } from '../e2e/every-view.ts';
import { eventually, press } from '../e2e/session.ts';
import { decode } from './animated-png.ts';
import { startCallSite } from './site.ts';

// The pictures of the stores' listings, of 1280 × 800 pixels, in the order in which they are shown there, of which the Chrome Web Store takes five; and
// its small tile of 440 × 280 (https://developer.chrome.com/docs/webstore/images, read 2026-11-28). The real panel on the demo call site. Run
// `npm run build` first, then `npm run store-pictures [FOLDER]`.
const root = resolve(import.meta.dirname, '../..');
const folder = resolve(root, process.argv[2] ?? 'dist/packages/store');
const pixels = { width: 1280, height: 800 };
/** Device pixels per CSS pixel: what is written is read in a listing, too. */
const scale = 4 / 3;
const tilePixels = { width: 440, height: 280 };

const site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
const { browser, close } = await launchBrowser({
  executablePath: await ensureBrowser(console.log),
  extension: resolve(root, 'dist/chrome'),
  headless: true,
});
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
try {
  const { devtools, panel } = await openPanel(await openFirstPage(browser, site.guestUrl));
  await panel.waitForSelector('::-p-text(15 tokens)');
  await arrangePanel(devtools, panel, { width: pixels.width / scale, height: pixels.height / scale, scale });
  await eventually(async () => {
    const notes = await panel.evaluate(`(() => {
      const close = document.querySelector('.banner .tool.small');
      close?.click();
      return close !== null;
    })()`);
    if (notes) throw new Error('There is a note.');
  });
  const take = async (name: string) => {
    await new Promise((done) => setTimeout(done, 500));
    keep(name, await pictureOfPanel(devtools, panel), pixels);
  };
  await openTab(panel, 'Overview', [1]);
  await take('1-a-host-token-on-a-guest-page');
  await openTab(panel, 'Findings', [1]);
  await take('2-what-is-wrong-and-what-to-do');
  await press(panel, 'Privileges');
  await take('3-who-may-do-what');
  await press(panel, 'Timeline');
  await take('4-which-is-valid-when');
  await emulateTheme(panel, 'dark');
  await openTab(panel, 'Claims', [2]);
  await take('5-every-claim-explained');
  await emulateTheme(panel, 'light');
  await openTab(panel, 'Overview', [1]);
  await press(panel, 'Close details');
  const list = { width: 425, height: 480, scale: 1.25 };
  await arrangePanel(devtools, panel, {
    width: list.width / list.scale,
    height: list.height / list.scale,
    scale: list.scale,
  });
  await new Promise((done) => setTimeout(done, 500));
  const top = Number(await panel.evaluate("document.querySelector('.grid').getBoundingClientRect().top"));
  keep('small-tile', await tile(await pictureOfPanel(devtools, panel), top * list.scale), tilePixels);
} finally {
  await close();
  await site.close();
}

function keep(name: string, picture: Uint8Array, wanted: { width: number; height: number }) {
  const { width, height } = decode(picture);
  if (width !== wanted.width || height !== wanted.height) throw new Error(`${name} is ${width} × ${height}.`);
  writeFileSync(resolve(folder, `${name}.png`), picture);
  console.log(`${name}.png`);
}

/** Name and sign above the list, which begins so many pixels below the top of its picture; to the edges, as the store wants it. */
async function tile(list: Uint8Array, top: number): Promise<Uint8Array> {
  const page = await browser.newPage();
  await page.setViewport({ ...tilePixels, deviceScaleFactor: 1 });
  const shown = (png: Uint8Array) => `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const icon = readFileSync(resolve(root, 'public/icons/128.png'));
  await page.setContent(`<!doctype html><style>
    body { margin: 0; background: #1a3fa8; overflow: hidden }
    h1 { display: flex; align-items: center; gap: 14px; margin: 0; padding: 12px 20px; color: #fff; font: 600 34px system-ui, sans-serif }
    h1 img { width: 56px; height: 56px }
    div { overflow: hidden; margin-inline-start: 20px; border-radius: 6px 0 0 0 }
    div img { display: block; margin-block-start: -${top}px }
  </style><h1><img src="${shown(icon)}" alt="">Roomkey</h1><div><img src="${shown(list)}" alt=""></div>`);
  await page.evaluate('Promise.all([...document.images].map((one) => one.decode()))');
  return page.screenshot();
}
