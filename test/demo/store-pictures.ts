import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureBrowser } from '../browser/install-browser.ts';
import { launchBrowser, openFirstPage, openPanel } from '../browser/open-panel.ts';
import { arrangePanel, emulateTheme, pictureOfPanel } from '../browser/photograph-panel.ts';
import { openTab } from '../e2e/every-view.ts';
import { eventually, press } from '../e2e/session.ts';
import { decode } from './animated-png.ts';
import { startCallSite } from './site.ts';

// The pictures of the stores' listings, of 1280 × 800 pixels, in the order in which they are shown there; the Chrome Web Store takes five. The real
// panel on the demo call site. Run `npm run build` first, then `npx tsx test/demo/store-pictures.ts [FOLDER]`.
const root = resolve(import.meta.dirname, '../..');
const folder = resolve(root, process.argv[2] ?? 'dist/packages/store');
const pixels = { width: 1280, height: 800 };
/** Device pixels per CSS pixel: what is written is read in a listing, too. */
const scale = 4 / 3;

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
    const picture = await pictureOfPanel(devtools, panel);
    const { width, height } = decode(picture);
    if (width !== pixels.width || height !== pixels.height) throw new Error(`${name} is ${width} × ${height}.`);
    writeFileSync(resolve(folder, `${name}.png`), picture);
    console.log(`${name}.png`);
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
} finally {
  await close();
  await site.close();
}
