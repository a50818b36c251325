import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../browser/find-browser.ts';
import { dailyHost } from '../builders/join-tokens.ts';
import { linkedFrom, pagesBelow, writeNpmPackage } from '../package/npm-package.ts';
import { testRecipes } from './published-recipes.ts';

// What somebody has who installs the package in a folder of their own, and nothing else. It is made of what `npm run build:cli` built.
const root = resolve(import.meta.dirname, '../..');
const host = dailyHost({ ud: 'ada' });
let scratch: string;
let folder: string;
let tarball: string;
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const at = (cwd: string, command: string, ...args: string[]) =>
  spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, HOST_TOKEN: host } });

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'roomkey-published-'));
  const made = join(scratch, 'npm');
  writeNpmPackage(made);
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json'], { cwd: made, encoding: 'utf8' })) as [
    { filename: string },
  ];
  tarball = join(made, packed.filename);
  folder = join(scratch, 'project');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], { cwd: folder });
  // Playwright is the project's own, and takes long to install.
  mkdirSync(join(folder, 'node_modules/@playwright'), { recursive: true });
  for (const name of ['@playwright/test', 'playwright', 'playwright-core', '@types', 'undici-types'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  symlinkSync('../@playwright/test/cli.js', join(folder, 'node_modules/.bin/playwright'));
  const entry = {
    startedDateTime: '2026-11-20T11:59:00.000Z',
    request: {
      method: 'GET',
      url: 'https://call.example/api',
      headers: [{ name: 'Authorization', value: `Bearer ${host}` }],
    },
    response: { status: 204, headers: [], content: {} },
  };
  writeFileSync(join(folder, 'call.har'), JSON.stringify({ log: { version: '1.2', entries: [entry] } }));
}, 300_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the command line is there, with nothing that only the panel needs', () => {
  const { stdout, status } = at(folder, 'npx', '--no-install', 'roomkey', 'scan', 'call.har', '--fail-on', 'never');
  expect(status).toBe(0);
  expect(stdout).toContain('Daily');
  expect(stdout).not.toContain(host);
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'node_modules/roomkey/package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const ofThePanel = ['preact', '@preact/signals', 'webextension-polyfill'];
  expect(ofThePanel.filter((name) => name in dependencies)).toEqual([]);
});

test('the library, its types and its schemas are there', () => {
  const program = `import { readFileSync } from 'node:fs';
import { emptyCapture, inspect, writeReport, type Capture } from 'roomkey';
import { tokenMatchers } from 'roomkey/playwright';
import schema from 'roomkey/schemas/report.schema.json' with { type: 'json' };
const capture: Capture = emptyCapture(1_763_640_000);
const report: string = writeReport(inspect(capture, { now: 1_763_640_000 }), 'json');
const ids: [string, string] = [String(JSON.parse(report).$schema), schema.$id];
console.log(ids[0] === ids[1], Object.keys(tokenMatchers).length > 0, readFileSync('call.har').length > 0);
`;
  writeFileSync(join(folder, 'program.ts'), program);
  const types = at(
    folder,
    bin('tsc'),
    ...['--strict', '--skipLibCheck', 'false', '--module', 'nodenext', '--resolveJsonModule', '--target', 'es2022'],
    ...['--types', 'node', '--outDir', 'out', 'program.ts'],
  );
  expect(types.stdout).toBe('');
  const { stdout, stderr } = at(folder, process.execPath, 'out/program.js');
  expect([stdout.trim(), stderr.replace(/^.*(Warning|trace-warnings).*$/gm, '').trim()]).toEqual([
    'true true true',
    '',
  ]);
});

test('the address of each schema names a file of the package, from where it is imported, too', () => {
  const base = join(folder, 'node_modules/roomkey');
  const schemas = readdirSync(join(base, 'docs')).filter((name) => name.endsWith('.schema.json'));
  expect(schemas).toEqual(['expectations', 'lock', 'policy', 'report'].map((name) => `${name}.schema.json`));
  for (const name of schemas) {
    const schema = JSON.parse(readFileSync(join(base, 'docs', name), 'utf8')) as { $id: string };
    // https://unpkg.com serves what is published by package and path, of the latest version where none is named.
    expect(schema.$id).toBe(`https://unpkg.com/roomkey/docs/${name}`);
    new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    const program = `console.log((await import('roomkey/schemas/${name}', { with: { type: 'json' } })).default.$id)`;
    expect(at(folder, process.execPath, '--input-type=module', '-e', program).stdout.trim()).toBe(schema.$id);
  }
});

test('a Playwright test finds the matchers, and fails with them for a host token', () => {
  const spec = `import { expect as base, test } from '@playwright/test';
import { tokenMatchers } from 'roomkey/playwright';
const expect = base.extend(tokenMatchers);
test('no host token', async ({ page }) => {
  await page.route('https://call.example/', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Call</title>' }));
  await page.goto('https://call.example/');
  await page.evaluate((token) => localStorage.setItem('auth', token), process.env.HOST_TOKEN);
  await expect(page).toMeetTokenExpectations([{ name: 'no host token', none: { role: ['host', 'server'] } }], { timeout: 500 });
});
`;
  writeFileSync(join(folder, 'guest.spec.ts'), spec);
  const launchOptions = { executablePath: findBrowser(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };
  writeFileSync(
    join(folder, 'playwright.config.ts'),
    `export default { workers: 1, use: { launchOptions: ${JSON.stringify(launchOptions)} } };`,
  );
  const { stdout, status } = at(folder, process.execPath, 'node_modules/@playwright/test/cli.js', 'test');
  expect(stdout).toMatch(/no host token: expected no host or server token, found one in localStorage\["auth"\]/);
  expect(status).toBe(1);
  expect(stdout).not.toContain(host);
});

test('what checks packages has nothing to say', () => {
  const lint = at(root, bin('publint'), tarball, '--strict');
  expect([lint.stdout + lint.stderr, lint.status]).toEqual([expect.stringContaining('All good'), 0]);
  // Node has required modules since 20.19; what resolves as before, which no longer knows modules, is not promised.
  const types = at(
    root,
    bin('attw'),
    tarball,
    '--profile',
    'esm-only',
    '--exclude-entrypoints',
    './schemas',
    '--no-color',
  );
  expect(types.stdout).toMatch(/^ *│ bundler +│ 🟢 +│ 🟢 /m);
  expect(types.status).toBe(0);
});

test('addresses in its description hold: the files that they name are in the package', () => {
  const text = readFileSync(join(folder, 'node_modules/roomkey/README.md'), 'utf8');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const paths = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, url]) => url ?? '');
  expect(paths.length).toBeGreaterThan(4);
  for (const path of paths) {
    const base = `https://unpkg.com/roomkey@${version}/`;
    expect(path.startsWith(base)).toBe(true);
    expect(readFileSync(join(folder, 'node_modules/roomkey', path.slice(base.length))).length).toBeGreaterThan(0);
  }
});

test('its pages link to nothing that is not in the package', () => {
  const base = join(folder, 'node_modules/roomkey');
  const dead = pagesBelow(base).flatMap((page) =>
    linkedFrom(page, readFileSync(join(base, page), 'utf8')).filter((path) => !existsSync(join(base, path))),
  );
  expect(dead).toEqual([]);
  expect(linkedFrom('docs/a.md', '[a](b.md#c) ![](../d.png) [e](https://f.example) [g](#h)')).toEqual([
    'docs/b.md',
    'd.png',
  ]);
});

testRecipes(() => folder);
