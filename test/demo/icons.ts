import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import puppeteer from 'puppeteer-core';
import { ensureBrowser } from '../browser/install-browser.ts';

// Renders public/icons/icon.svg to the sizes the manifest names.
const folder = resolve(import.meta.dirname, '../../public/icons');
const svg = readFileSync(resolve(folder, 'icon.svg'), 'utf8');
const browser = await puppeteer.launch({
  executablePath: await ensureBrowser(console.log),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
for (const size of [16, 32, 48, 128]) {
  await page.setViewport({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  writeFileSync(resolve(folder, `${size}.png`), await page.screenshot({ omitBackground: true }));
}
await browser.close();
