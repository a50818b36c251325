import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { findProgram } from './browser/find-browser.ts';
import { ensureBrowser, ensurePrograms } from './browser/install-browser.ts';
import { findFirefox } from './firefox/session.ts';
import { touchedTests } from './touched-tests.ts';

// Everything that is checked, in the order in which it fails fastest; with `quick`, what a change touches, without a browser.
// Ends with "N passed, N failed", where a check is one and every single test is one. A test file of the browser that failed
// beside others runs once more by itself, and is named: what fails then has failed.
const root = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'roomkey-test-'));
const bin = (name: string) => join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
let passed = 0;
let failed = 0;
let running: ReturnType<typeof spawn> | null = null;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    running?.kill(signal);
    rmSync(scratch, { recursive: true, force: true });
    process.exit(130);
  });
}

await check('Types', bin('tsc'), ['--noEmit']);
await check('Format and lint', bin('biome'), ['check', '.']);
await check('Lint with types', bin('oxlint'), ['--type-aware']);
if (process.argv.includes('quick')) {
  const touched = touchedTests(changedFiles());
  // Without a name Vitest would run them all.
  if (touched.length > 0) await tests('Unit tests that the change touches', touched);
  finish();
}
await tests('Unit tests', []);
const built =
  (await check('Build', bin('vite'), ['build', '--logLevel', 'warn'])) &&
  (await check('Build for Firefox', bin('vite'), ['build', '--mode', 'firefox', '--logLevel', 'error'])) &&
  (await check('Build of the command line and the library', 'npm', ['run', '--silent', 'build:cli']));
if (built) {
  await check('Size of the panel', bin('tsx'), ['test/guards/size.ts']);
  await endToEnd();
}
finish();

function finish(): never {
  rmSync(scratch, { recursive: true, force: true });
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

/** Sources that are not committed yet; those of the last commit when everything is. */
function changedFiles(): string[] {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n');
  const open = [...git('diff', '--name-only', 'HEAD'), ...git('ls-files', '--others', '--exclude-standard')];
  const changed = open.some(Boolean) ? open : git('diff', '--name-only', 'HEAD~1');
  return changed.filter((file) => /\.tsx?$/.test(file) && existsSync(join(root, file)));
}

async function check(name: string, command: string, args: string[]): Promise<boolean> {
  heading(name);
  const code = await run(command, args);
  count(code === 0);
  return code === 0;
}

async function endToEnd() {
  heading('Browser');
  let executablePath: string;
  try {
    executablePath = await ensureBrowser(say);
    say(`  ${executablePath}`);
    count(true);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    count(false);
    return;
  }
  const wanted = { Xvfb: 'xvfb', xdotool: 'xdotool', ...(!findFirefox() && { 'firefox-esr': 'firefox-esr' }) };
  if (process.platform === 'linux') await ensurePrograms(wanted, say);
  if (!findFirefox()) say('  There is no Firefox: nothing is tried in it. ROOMKEY_FIREFOX names one.');
  if (process.platform === 'linux' && !(findProgram('Xvfb') && findProgram('xdotool')))
    say(
      "  Xvfb or xdotool is missing: the browser's permission prompt is not pressed, a build with the access granted is tested.",
    );
  const args = ['--config', 'test/e2e/vitest.config.ts'];
  const env = { ROOMKEY_BROWSER: executablePath };
  const first = await suite('End-to-end tests', args, env);
  passed += first.passed;
  if (first.failed === 0) return;
  const failing = first.failing.filter((file) => existsSync(file));
  if (failing.length === 0 || failing.length > 3) {
    failed += first.failed;
    return;
  }
  const again = await suite('End-to-end tests that failed, by themselves', [...args, ...failing], env);
  failed += again.failed;
  passed += Math.max(0, first.failed - again.failed);
  for (const file of failing.filter((one) => !again.failing.includes(one)))
    say(`  passed only by itself: ${relative(root, file)}`);
}

/** Runs a Vitest suite and counts its tests one by one. */
async function tests(name: string, args: string[]) {
  const told = await suite(name, args, {});
  passed += told.passed;
  failed += told.failed;
}

/** How a Vitest suite ended, with the files in which something failed. */
interface SuiteResult {
  passed: number;
  failed: number;
  failing: string[];
}

async function suite(name: string, args: string[], env: Record<string, string>): Promise<SuiteResult> {
  heading(name);
  const outputFile = join(scratch, `${name}.json`);
  const code = await run(
    bin('vitest'),
    ['run', ...args, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`],
    env,
  );
  try {
    const report = JSON.parse(readFileSync(outputFile, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      testResults: { name: string; status: string }[];
    };
    return {
      passed: report.numPassedTests,
      // A file that could not be loaded fails without a failed test.
      failed: report.numFailedTests || (code === 0 ? 0 : 1),
      failing: report.testResults.filter(({ status }) => status !== 'passed').map(({ name: file }) => file),
    };
  } catch {
    say('  FAILED');
    return { passed: 0, failed: 1, failing: [] };
  }
}

function run(command: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((done) => {
    running = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...env },
      shell: process.platform === 'win32',
    });
    running.on('error', (error) => {
      console.error(error.message);
      done(1);
    });
    running.on('close', (code) => done(code ?? 1));
  });
}

function count(isPassed: boolean) {
  if (isPassed) passed += 1;
  else failed += 1;
  say(isPassed ? '  passed' : '  FAILED');
}

function heading(name: string) {
  console.log(`\n── ${name}`);
}

function say(line: string) {
  console.log(line);
}
