import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import puppeteer, { type ElementHandle, type Page } from 'puppeteer-core';
import { build, preview } from 'vite';

/**
 * Photographs the panel page in its states, themes and sizes, and runs axe-core in each:
 * `npx tsx test/demo/panel-page/look.ts --out /tmp/panel [--only call-dark]`. Ends with 1 when axe finds something.
 */
const { values } = parseArgs({
  options: { out: { type: 'string', default: '/tmp/panel' }, only: { type: 'string', default: '' } },
});
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const sizes = { wide: [1200, 300], narrow: [320, 760], middle: [760, 600], large: [1200, 700] } as const;
type Size = keyof typeof sizes;

interface Shot {
  name: string;
  state: string;
  size: Size;
  prepare?: (page: Page) => Promise<void>;
}

const choose = (row: number) => async (page: Page) => {
  await page.click(`.grid .body .row:nth-child(${row})`);
};
const tab =
  (name: string, row = 1) =>
  async (page: Page) => {
    await choose(row)(page);
    await page.click(`#detail-tab-${name}`);
  };
const validated = async (page: Page) => {
  await tab('validity')(page);
  await page.click('.validity .primary');
  await page.waitForSelector('.checks, .verdict');
  await page.type('.validity textarea', 'not-the-key');
  await page.click('.validity form .plain');
  await page.waitForSelector('[aria-label="A key in hand"] .verdict');
};
const view = (index: number) => async (page: Page) => {
  await page.click(`.views .choice:nth-child(${index})`);
};

const recording = (file: string) => async (page: Page) => {
  const field = (await page.$('input.open-files')) as ElementHandle<HTMLInputElement>;
  await field.uploadFile(resolve(import.meta.dirname, '../../recordings', file));
  await page.waitForSelector('[aria-label="Shown file"]');
};
const expected = async (page: Page) => {
  await page.click('[aria-label^="Expectations"]');
  await (await page.waitForSelector('.expectations .primary'))?.click();
  await page.waitForSelector('.expectations li');
};

const shots: Shot[] = [
  ...['loading', 'empty', 'empty-no-access', 'browser-page', 'file', 'error-page', 'sandboxed', 'failed'].map(
    (state): Shot => ({ name: state, state, size: 'middle' }),
  ),
  { name: 'list', state: 'call', size: 'large' },
  { name: 'list-narrow', state: 'call', size: 'narrow' },
  { name: 'list-wide', state: 'call', size: 'wide' },
  { name: 'gone', state: 'gone', size: 'middle' },
  { name: 'no-access', state: 'no-access', size: 'middle' },
  { name: 'no-access-narrow', state: 'no-access', size: 'narrow' },
  { name: 'crowded', state: 'crowded', size: 'middle' },
  ...['overview', 'claims', 'privileges', 'findings', 'places', 'validity', 'raw'].flatMap((name): Shot[] => [
    { name, state: 'call', size: 'large', prepare: tab(name) },
    { name: `${name}-narrow`, state: 'call', size: 'narrow', prepare: tab(name) },
  ]),
  { name: 'overview-wide', state: 'call', size: 'wide', prepare: tab('overview') },
  {
    name: 'raw-revealed',
    state: 'call',
    size: 'large',
    prepare: async (page) => {
      await tab('raw')(page);
      await page.click('.raw-view .plain');
    },
  },
  { name: 'by-rule', state: 'call', size: 'large', prepare: view(2) },
  { name: 'by-origin', state: 'call', size: 'large', prepare: view(3) },
  { name: 'by-origin-narrow', state: 'call', size: 'narrow', prepare: view(3) },
  { name: 'matrix', state: 'call', size: 'large', prepare: view(4) },
  {
    name: 'compare',
    state: 'call',
    size: 'large',
    prepare: async (page) => {
      await choose(1)(page);
      await page.keyboard.down('Control');
      await choose(2)(page);
      await page.keyboard.up('Control');
    },
  },
  {
    name: 'settings',
    state: 'call',
    size: 'middle',
    prepare: async (page) => page.click('.toolbar .end > .tool'),
  },
  {
    name: 'export',
    state: 'call',
    size: 'middle',
    prepare: async (page) => page.click('[aria-label="Export report"]'),
  },
  ...(['large', 'narrow'] as const).flatMap((size): Shot[] => [
    { name: `validated-${size}`, state: 'validated', size, prepare: validated },
    { name: `refused-${size}`, state: 'validated-badly', size, prepare: validated },
    {
      name: `valid-overview-${size}`,
      state: 'validated-badly',
      size,
      prepare: async (page) => {
        await validated(page);
        await page.click('#detail-tab-overview');
      },
    },
    {
      name: `valid-all-${size}`,
      state: 'validated',
      size,
      prepare: async (page) => page.click('[aria-label="Validate all"]'),
    },
    {
      name: `valid-backends-${size}`,
      state: 'validated',
      size,
      prepare: async (page) => {
        await page.click('[aria-label="Settings"]');
        await page.click('.backends > .link');
      },
    },
  ]),
  ...(['large', 'narrow'] as const).flatMap((size): Shot[] => [
    { name: `file-${size}`, state: 'call', size, prepare: recording('call.har') },
    {
      name: `file-places-${size}`,
      state: 'call',
      size,
      prepare: async (page) => {
        await recording('call.har')(page);
        await tab('places', 3)(page);
      },
    },
    {
      name: `file-report-${size}`,
      state: 'empty',
      size,
      prepare: recording('call.report.json'),
    },
    {
      name: `expect-none-${size}`,
      state: 'call',
      size,
      prepare: async (page) => page.click('[aria-label^="Expectations"]'),
    },
    { name: `renewed-${size}`, state: 'renewed', size, prepare: choose(1) },
    {
      name: `renewed-findings-${size}`,
      state: 'renewed',
      size,
      prepare: async (page) => page.click('.views .choice:nth-child(2)'),
    },
    { name: `expect-held-${size}`, state: 'call', size, prepare: expected },
    {
      name: `expect-failed-${size}`,
      state: 'call',
      size,
      prepare: async (page) => {
        await expected(page);
        await recording('call.har')(page);
        await page.waitForSelector('.expectations .failed');
      },
    },
  ]),
  {
    name: 'problems',
    state: 'call',
    size: 'middle',
    prepare: async (page) => page.click('.statusline .link'),
  },
];

mkdirSync(values.out, { recursive: true });
// Built rather than served from source, so that files being edited meanwhile do not reload the page.
const outDir = mkdtempSync(join(tmpdir(), 'panel-page-'));
const config = { configFile: `${import.meta.dirname}/vite.config.ts`, logLevel: 'warn', build: { outDir } } as const;
await build(config);
const server = await preview({ ...config, preview: { port: 0 } });
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--force-device-scale-factor=1'],
});
let violations = 0;
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(message.text());
  });
  for (const theme of ['light', 'dark']) {
    for (const { name, state, size, prepare } of shots) {
      if (!`${name}-${theme}`.includes(values.only)) continue;
      const [width, height] = sizes[size];
      await page.setViewport({ width, height });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      await page.goto(`${address}?state=${state}`);
      await page.waitForSelector('[data-ready]');
      await prepare?.(page);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await page.screenshot({ path: `${values.out}/${name}-${theme}.png` });
      const found = (await page.evaluate(`${axe};axe.run(document)`)) as {
        violations: { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] }[];
      };
      for (const { id, help, nodes } of found.violations) {
        violations += 1;
        console.log(`${name}-${theme}: ${id}: ${help}: ${nodes.length}: ${JSON.stringify(nodes[0]?.target)}`);
        console.log(`   ${nodes[0]?.failureSummary?.replaceAll('\n', ' ')}`);
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(outDir, { recursive: true });
}
console.log(violations === 0 ? 'axe-core found nothing' : `axe-core found ${violations} violations`);
process.exitCode = violations === 0 ? 0 : 1;
