import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Frame, Page } from 'puppeteer-core';
import { ensureBrowser } from '../browser/install-browser.ts';
import { launchBrowser, openFirstPage, openPanel } from '../browser/open-panel.ts';
import { arrangePanel, emulateMedia, pictureOfPanel } from '../browser/photograph-panel.ts';
import { pageOfMany } from '../builders/many-tokens.ts';
import { everyLayer, everyView, type View } from '../e2e/every-view.ts';
import { servePages } from '../e2e/page-server.ts';
import { press } from '../e2e/session.ts';
import { startCallSite } from './site.ts';

// Pictures of every view at every width, in every theme, with many, some and no tokens, to be looked at: `npm run views`, or
// `npm run views -- --width 480 --height 250 --page demo --view timeline`. Run `npm run build` first.
const { values } = parseArgs({
  options: {
    width: { type: 'string', multiple: true, default: ['320', '480', '800', '1280', '1600'] },
    height: { type: 'string', default: '560' },
    theme: { type: 'string', multiple: true, default: ['light', 'dark', 'forced'] },
    page: { type: 'string', multiple: true, default: ['demo', 'none', 'many'] },
    /** A part of the names of those that are wanted. */
    view: { type: 'string', multiple: true, default: [''] },
    folder: { type: 'string', default: 'demo-output/views' },
  },
});

const themes: Record<string, Record<string, string>> = {
  light: { 'prefers-color-scheme': 'light' },
  dark: { 'prefers-color-scheme': 'dark' },
  forced: { 'prefers-color-scheme': 'dark', 'forced-colors': 'active' },
};

const root = resolve(import.meta.dirname, '../..');
const folder = resolve(root, values.folder);
const now = Math.floor(Date.now() / 1000);
const count = 300;

const site = await startCallSite({ now });
const pages = await servePages({
  '/none': '<!doctype html><title>Nothing</title>',
  '/many': pageOfMany(count, now),
});

const asked: View = { name: 'what is asked first', open: async () => {} };
const withoutTokens = new Set([
  'the list',
  'expectations',
  'settings',
  'the menu More',
  'the list of shortcuts',
  'the menu Validate all',
]);

/** Addresses, what is read once all is there, and what there is to see. */
const shown: Record<string, { url: string; until: string; views: readonly View[] }> = {
  demo: { url: site.guestUrl, until: '15 tokens', views: [...everyView, ...everyLayer] },
  none: {
    url: `${pages.origin}/none`,
    until: 'No tokens here yet',
    views: [...everyView, ...everyLayer].filter(({ name }) => withoutTokens.has(name)),
  },
  many: { url: `${pages.origin}/many`, until: `${count} tokens`, views: [...everyView, ...everyLayer] },
};

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const taken: string[] = [];
try {
  for (const name of values.page) await photographPage(name);
} finally {
  await site.close();
  await pages.close();
  writeFileSync(resolve(folder, 'index.html'), sheet(taken));
}
console.log(`${taken.length} pictures: ${resolve(folder, 'index.html')}`);

async function photographPage(name: string): Promise<void> {
  const page = shown[name];
  if (!page) throw new Error(`There is no page ${name}; there are ${Object.keys(shown).join(', ')}.`);
  const { browser, close } = await launchBrowser({
    executablePath: await ensureBrowser(console.log),
    extension: resolve(root, 'dist/chrome'),
    headless: true,
  });
  try {
    const opened = await openPanel(await openFirstPage(browser, page.url));
    await opened.panel.waitForSelector(`::-p-text(${page.until})`);
    for (const width of values.width) await photographWidth(name, Number(width), opened, page.views);
  } finally {
    await close();
  }
}

interface Opened {
  devtools: Page;
  panel: Frame;
}

async function photographWidth(page: string, width: number, opened: Opened, views: readonly View[]): Promise<void> {
  const { devtools, panel } = opened;
  await arrangePanel(devtools, panel, { width, height: Number(values.height) });
  const hasNotes = (await panel.$('[aria-label="Not now"]')) !== null;
  if (hasNotes) await photograph(page, width, opened, asked);
  if (hasNotes) await press(panel, 'Not now');
  for (const view of views) {
    if (!values.view.some((part) => view.name.includes(part))) continue;
    try {
      await view.open(panel);
      await new Promise((done) => setTimeout(done, 150));
      await photograph(page, width, opened, view);
    } catch (error) {
      console.error(`${page}, ${view.name} at ${width} px: ${String(error)}`);
    } finally {
      await view.close?.(panel);
    }
  }
}

async function photograph(page: string, width: number, { devtools, panel }: Opened, { name }: View): Promise<void> {
  for (const theme of values.theme) {
    await emulateMedia(panel, themes[theme] ?? {});
    const file = `${page}-${name.replaceAll(' ', '-')}-${theme}-${width}.png`;
    writeFileSync(resolve(folder, file), await pictureOfPanel(devtools, panel));
    taken.push(file);
  }
}

/** All pictures of a view in one theme side by side. */
function sheet(files: readonly string[]): string {
  const nameOf = (file: string) => file.replace(/-\d+\.png$/, '');
  const sections = [...new Set(files.map(nameOf))].map((name) => {
    const pictures = files.filter((file) => nameOf(file) === name);
    return `<h2>${name}</h2><div>${pictures.map((file) => `<a href="${file}"><img src="${file}" alt="${file}"></a>`).join(' ')}</div>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Every view</title>
<style>body { font: 14px system-ui } div { display: flex; gap: 8px; align-items: start; overflow-x: auto } img { border: 1px solid gray }</style>
${sections.join('\n')}
`;
}
