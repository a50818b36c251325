import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatLock, lockTokens } from '../../src/library/index.ts';
import { inspectPage } from '../../src/library/playwright/index.ts';
import { findBrowser } from '../browser/find-browser.ts';
import { daily } from '../builders/tokens.ts';
import { type PageServer, servePages } from './page-server.ts';

// The code of the page is run as a reader would run it: by Playwright's own runner, with what `npm run build:cli` built.
const root = resolve(import.meta.dirname, '../..');
mkdirSync(join(root, 'dist'), { recursive: true });
const folder = mkdtempSync(join(root, 'dist/recipe-'));
const installed = join(folder, 'node_modules/roomkey');
const docs = readFileSync(join(root, 'docs/playwright.md'), 'utf8');
const specs = [...docs.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');

const soon = Math.floor(Date.now() / 1000) + 600;
const times = { iat: soon - 700, exp: soon };
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const pages: Record<string, string> = {};
let server: PageServer;

beforeAll(async () => {
  server = await servePages(pages);
  for (const part of ['dist/cli', 'dist/types', 'package.json'])
    cpSync(join(root, part), join(installed, part), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const [expectations = '', run = ''] = [...docs.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
  writeFileSync(join(folder, 'call.expect.json'), expectations);
  writeFileSync(join(folder, 'run.json'), run);
  specs.forEach((code, i) => {
    writeFileSync(join(folder, `recipe-${i}.spec.ts`), code);
  });
  const use = { baseURL: server.origin, launchOptions: { executablePath: findBrowser(), args } };
  const config = { use, workers: 2, expect: { timeout: 1500 } };
  writeFileSync(join(folder, 'playwright.config.ts'), `export default ${JSON.stringify(config)};`);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.close();
});

const storing = (token: string) =>
  `<!doctype html><title>Call</title><script>document.currentScript.remove(); sessionStorage.auth = '${token}'</script>
  <button onclick="sessionStorage.clear()">Log out</button>`;

/** Has Playwright run the code of the page against a guest's page with this token in session storage alone. */
async function run(token: string): Promise<{ status: number | null; out: string }> {
  pages['/host/standup'] = storing(daily.host(times));
  pages['/guest/standup'] = storing(token);
  const program = spawn(join(root, 'node_modules/.bin/playwright'), ['test', '--reporter=line'], {
    cwd: folder,
    env: { ...process.env, FORCE_COLOR: '0', CI: '1' },
  });
  return ended(program);
}

/** How a program ended, and all that it printed. */
function ended(program: ChildProcessWithoutNullStreams): Promise<{ status: number | null; out: string }> {
  let out = '';
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (data) => (out += String(data)));
  return new Promise((done) => program.on('close', (status) => done({ status, out })));
}

test('the code passes the type check of a project that installs the package', () => {
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
  const files = specs.map((_, i) => `recipe-${i}.spec.ts`);
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['--ignoreConfig', ...options, ...files], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

test('it passes for a guest token in session storage, and fails for a host token in the words that the page shows', async () => {
  const guest = daily.guest(times);
  pages['/guest/standup'] = storing(guest);
  const browser = await chromium.launch({ executablePath: findBrowser() ?? '', args });
  const page = await browser.newPage({ baseURL: server.origin });
  await page.goto('/guest/standup');
  writeFileSync(join(folder, 'guest.lock.json'), formatLock(lockTokens(await inspectPage(page))));
  await browser.close();

  const passed = await run(guest);
  expect(passed.out).toContain(`${specs.length} passed`);
  expect(passed.status).toBe(0);

  const failed = await run(daily.host(times));
  expect(failed.status).toBe(1);
  const [, shown] = /A failure reads like this:\n\n```\n(.*)\n/.exec(docs) ?? [];
  expect(failed.out).toContain(shown);
  expect(failed.out).toContain(
    'guests cannot record: expected every token to have privileges.record false or not stated',
  );
  expect(failed.out).toContain('Daily guest is host, was guest');
  expect(failed.out).toContain('Both Ada and Grace hold a host token: either may mute others');
  expect(failed.out).toContain('the guest page holds none: expected no host or server token');
  expect(failed.out).toContain('"name": "a guest holds no host token"');
  expect(failed.out).not.toContain('not checked');
}, 180_000);
