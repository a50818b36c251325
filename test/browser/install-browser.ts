import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Browser, computeExecutablePath, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers';
import { findBrowser, findProgram } from './find-browser.ts';

/** Finds a browser, or installs one by the platform's ordinary way. Throws one sentence that says what to do. */
export async function ensureBrowser(say: (line: string) => void): Promise<string> {
  const found = findBrowser();
  if (found) return found;
  if (process.env.ROOMKEY_BROWSER)
    throw new Error(`There is no browser at ${process.env.ROOMKEY_BROWSER} (ROOMKEY_BROWSER).`);
  if (canUseApt()) {
    say('No Chromium, Chrome or Edge found; installing the chromium package (a minute or two) …');
    try {
      await apt(['chromium'], say);
    } catch (error) {
      // Ubuntu has the package only as a snap, which containers cannot run.
      say(`  not installed: ${error instanceof Error ? error.message : String(error)}`);
    }
    const installed = findBrowser();
    if (installed) return installed;
  }
  return download(say);
}

/** Installs Debian packages that provide missing programs. False where that cannot be done. */
export async function ensurePrograms(programs: Record<string, string>, say: (line: string) => void): Promise<boolean> {
  const missing = Object.keys(programs).filter((program) => !findProgram(program));
  if (missing.length === 0) return true;
  if (!canUseApt()) return false;
  const packages = [...new Set(missing.map((program) => programs[program] as string))];
  say(`Installing ${packages.join(' and ')} …`);
  try {
    await apt(packages, say);
  } catch (error) {
    say(`  not installed: ${error instanceof Error ? error.message : String(error)}`);
  }
  return Object.keys(programs).every((program) => findProgram(program));
}

function canUseApt(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && findProgram('apt-get') !== null;
}

async function apt(packages: string[], say: (line: string) => void): Promise<void> {
  // A stale or empty package list is the usual reason for "unable to locate package" on a fresh machine.
  await run('apt-get', ['update', '-q'], say);
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], say);
}

function run(command: string, args: string[], say: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let tail = '';
    let lastSaid = Date.now();
    const keep = (data: Buffer) => {
      tail = (tail + data.toString()).slice(-2000);
      if (Date.now() - lastSaid < 5000) return;
      lastSaid = Date.now();
      const line = tail.trimEnd().split('\n').at(-1)?.trim().slice(0, 100);
      if (line) say(`  ${line}`);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args[0]} failed: ${tail.trim().split('\n').at(-1)}`));
    });
  });
}

async function download(say: (line: string) => void): Promise<string> {
  const cacheDir = join(homedir(), '.cache', 'puppeteer');
  try {
    const platform = detectBrowserPlatform();
    if (!platform) throw new Error('this platform is not supported');
    const buildId = await resolveBuildId(Browser.CHROME, platform, 'stable');
    say(`No Chromium, Chrome or Edge found; downloading Chrome for Testing ${buildId} to ${cacheDir} …`);
    let said = 0;
    await install({
      browser: Browser.CHROME,
      buildId,
      cacheDir,
      downloadProgressCallback: (done, total) => {
        if (done / total < said + 0.1) return;
        said = done / total;
        say(`  ${Math.round(said * 100)} %`);
      },
    });
    return computeExecutablePath({ browser: Browser.CHROME, buildId, cacheDir });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `No browser was found and none could be downloaded (${reason}): install Chromium, Chrome or Edge, or set ROOMKEY_BROWSER to the path of one.`,
    );
  }
}
