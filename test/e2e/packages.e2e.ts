import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../browser/find-browser.ts';
import { knownWarnings, lint, unknownOf } from '../package/lint.ts';
import { checksum, releaseNotes, zipCommit, zipFolder } from '../package/zips.ts';
import { isWhole } from '../sampled.ts';

const root = resolve(import.meta.dirname, '../..');
let scratch: string;
const folders: string[] = [];
/** As outside of a test run, whose builds leave the manifest out. */
const { VITEST: _, NODE_ENV: __, ...outside } = process.env;

/** What whoever builds may have set. */
const elsewhere = { NODE_ENV: 'development', TZ: 'Pacific/Kiritimati', LANG: 'C', LC_ALL: 'C' };

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'roomkey-packages-'));
  const folder = join(scratch, 'another/below');
  mkdirSync(folder, { recursive: true });
  for (const part of ['src', 'public', 'manifest.json', 'package.json', 'tsconfig.json', 'vite.config.ts'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const mode of [[], ['--mode', 'firefox']])
    execFileSync(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'error', ...mode], {
      cwd: folder,
      env: { ...outside, ...elsewhere },
    });
  folders.push(join(root, 'dist'), join(folder, 'dist'));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('what is built in two folders, whatever is set there, is the same, byte by byte', () => {
  for (const browser of ['chrome', 'firefox']) {
    const [one, another] = folders.map((folder) => checksum(browser, zipFolder(join(folder, browser))));
    expect(one).toBe(another);
  }
});

test('the zip holds every file as it was built, at any hour and in any zone', () => {
  const folder = join(folders[0] ?? '', 'chrome');
  const zip = zipFolder(folder);
  for (const [name, bytes] of Object.entries(unzipSync(zip)))
    expect(Buffer.compare(bytes, readFileSync(join(folder, name))), name).toBe(0);
  const files = execFileSync('find', [folder, '-type', 'f'], { encoding: 'utf8' }).trim().split('\n');
  expect(Object.keys(unzipSync(zip))).toHaveLength(files.length);
  const program = `import { zipFolder, checksum } from ${JSON.stringify(join(root, 'test/package/zips.ts'))};
console.log(checksum('a', zipFolder(${JSON.stringify(folder)})));`;
  writeFileSync(join(scratch, 'elsewhere.ts'), program);
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsx'), [join(scratch, 'elsewhere.ts')], {
    encoding: 'utf8',
    env: { ...process.env, ...elsewhere },
  });
  expect(stdout.trim()).toBe(checksum('a', zip).trim());
});

test('everybody may read what is unpacked', () => {
  const zip = Buffer.from(zipFolder(join(folders[0] ?? '', 'chrome')));
  const modes = new Set<number>();
  let files = 0;
  for (let at = zip.indexOf('PK\u0001\u0002'); at >= 0; at = zip.indexOf('PK\u0001\u0002', at + 46)) {
    modes.add(zip.readUInt32LE(at + 38) >>> 16);
    files += 1;
  }
  expect(files).toBe(Object.keys(unzipSync(zip)).length);
  expect([...modes]).toEqual([0o100644]);
});

test.runIf(existsSync(join(root, '.git')))('the source is the same zip wherever it is made of a commit', () => {
  const program = `import { zipCommit, checksum } from ${JSON.stringify(join(root, 'test/package/zips.ts'))};
console.log(checksum('a', zipCommit(${JSON.stringify(root)})));`;
  writeFileSync(join(scratch, 'commit.ts'), program);
  const settings = { 'core.autocrlf': 'true', 'core.eol': 'crlf' };
  const git = Object.entries(settings).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  const env = { ...process.env, ...elsewhere, GIT_CONFIG_COUNT: '2', ...Object.fromEntries(git) };
  const made = spawnSync(join(root, 'node_modules/.bin/tsx'), [join(scratch, 'commit.ts')], { encoding: 'utf8', env });
  expect(made.stdout.trim()).toBe(checksum('a', zipCommit(root)).trim());
});

test('neither build has what only the other browser needs', () => {
  const textOf = (browser: string) => Object.values(unzipSync(zipFolder(join(folders[0] ?? '', browser))));
  const has = (browser: string, text: string) =>
    textOf(browser).some((bytes) => Buffer.from(bytes).includes(text)) ? [browser] : [];
  const builds = (text: string) => [...has('chrome', text), ...has('firefox', text)];
  // What Firefox's implementation and its tab say, and what Chromium's asks the browser for.
  expect(builds('Firefox has no way into frames')).toEqual(['firefox']);
  expect(builds('Roomkey asks for access')).toEqual(['firefox']);
  expect(builds('getPartitionKey')).toEqual(['chrome']);
  expect(builds('browser_specific_settings')).toEqual(['firefox']);
  expect(builds('minimum_chrome_version')).toEqual(['chrome']);
});

test('the browser packs what is in the zip', () => {
  const folder = join(scratch, 'unpacked');
  for (const [name, bytes] of Object.entries(unzipSync(zipFolder(join(folders[0] ?? '', 'chrome'))))) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  spawnSync(findBrowser() ?? '', [
    ...['--headless', `--user-data-dir=${join(scratch, 'profile')}`, `--pack-extension=${folder}`],
    ...sandbox,
  ]);
  expect(existsSync(`${folder}.crx`)).toBe(true);
});

// With `npm run e2e:whole`, and before anything is published with `npm run package:check`: it takes its time.
test.runIf(isWhole)('the linter of addons.mozilla.org finds nothing in it but what two libraries bring', () => {
  const zip = join(scratch, 'firefox.zip');
  writeFileSync(zip, zipFolder(join(folders[0] ?? '', 'firefox')));
  const said = lint(zip);
  expect(unknownOf(said)).toEqual([]);
  // Those that are gone are to be forgotten.
  expect(said).toHaveLength(knownWarnings.length);
  const other = { type: 'error', code: 'ADDON_ID_REQUIRED', message: 'no id', file: '' } as const;
  expect(unknownOf([...said, ...said.slice(0, 1), other])).toEqual([said[0], other]);
});

test('a version has its own notes, and what is not released yet those of the work under way', () => {
  const log = '# Changelog\n\n## [Unreleased]\n\n- new\n\n## [0.2.0] - 2026-12-01\n\n### Added\n\n- old\n';
  expect(releaseNotes(log, '0.2.0')).toBe('### Added\n\n- old\n');
  expect(releaseNotes(log, '0.3.0')).toBe('- new\n');
  expect(() => releaseNotes('# Changelog', '0.3.0')).toThrow(/no section of 0\.3\.0/);
});
