/**
 * `npm run package:check`: that what `npm run package` wrote is what is handed over. The checksums hold; Mozilla's linter has nothing to say; the source,
 * unpacked in an empty folder and built by the lines of its build notes, gives the same zips; and each browser opens its zip, with a profile of its own, up
 * to the first row of the panel. Takes some minutes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { version } from '../../package.json';
import { ensureBrowser, ensurePrograms } from '../browser/install-browser.ts';
import { launchBrowser, openFirstPage, openPanel } from '../browser/open-panel.ts';
import { startCallSite } from '../demo/site.ts';
import { firstRow, shellBlocks, typeIn } from '../door/door.ts';
import { findFirefox, openFirefox } from '../firefox/session.ts';
import { lint, unknownOf } from './lint.ts';

const output = resolve(import.meta.dirname, '../../dist/packages');
const packed = (what: string) => join(output, `roomkey-${version}-${what}.zip`);
const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const began = Date.now();
const say = (line: string) => console.log(`${((Date.now() - began) / 1000).toFixed().padStart(4)} s  ${line}`);
const scratch = mkdtempSync(join(tmpdir(), 'roomkey-package-'));

try {
  holdChecksums();
  holdLint();
  await holdSource();
  await openInChromium();
  await openInFirefox();
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function holdChecksums() {
  const lines = readFileSync(join(output, 'SHA256SUMS'), 'utf8').trim().split('\n');
  for (const line of lines) {
    const [sum, name = ''] = line.split('  ');
    if (sha256(join(output, name)) !== sum) throw new Error(`${name} is not what SHA256SUMS says.`);
    say(`${name}: ${sum}`);
  }
}

function holdLint() {
  const said = unknownOf(lint(packed('firefox')));
  if (said.length > 0) throw new Error(said.map((one) => `${one.file}: ${one.code}: ${one.message}`).join('\n'));
  say('Mozilla’s linter: no error, and no warning but those that are known');
}

async function holdSource() {
  if (!existsSync(packed('source'))) return say('There is no source.zip: this is no checkout of git.');
  const folder = unpack(packed('source'), 'source');
  for (const block of shellBlocks(folder, 'BUILD.md')) await typeIn(folder, block);
  for (const what of ['chrome', 'firefox']) {
    const again = join(folder, 'dist/packages', `roomkey-${version}-${what}.zip`);
    if (sha256(again) !== sha256(packed(what)))
      throw new Error(`${what}.zip is another when built from source.zip. Was all of it committed?`);
  }
  say('source.zip, unpacked and built by its notes: the same chrome.zip and firefox.zip');
}

async function openInChromium() {
  const site = await startCallSite({ now: Math.floor(began / 1000) });
  const { browser, close } = await launchBrowser({
    executablePath: await ensureBrowser(say),
    extension: unpack(packed('chrome'), 'chrome'),
    headless: true,
  });
  try {
    const { panel } = await openPanel(await openFirstPage(browser, site.guestUrl));
    say(`chrome.zip, unpacked, in ${await browser.version()}: ${await firstRow(panel)}`);
  } finally {
    await close();
    await site.close();
  }
}

async function openInFirefox() {
  if (!findFirefox()) await ensurePrograms({ 'firefox-esr': 'firefox-esr' }, say);
  if (!findFirefox()) return say('There is no Firefox to load firefox.zip into. ROOMKEY_FIREFOX names one.');
  const site = await startCallSite({ now: Math.floor(began / 1000) });
  const session = await openFirefox(site.guestUrl, { extension: packed('firefox') });
  try {
    const { agent } = await session.inPage<{ agent: string }>('({ agent: navigator.userAgent })');
    say(`firefox.zip in ${agent.split(' ').at(-1)}: ${await firstRow(session.panel)}`);
  } finally {
    await session.close();
    await site.close();
  }
}

/** A zip as a folder with its files. */
function unpack(zip: string, name: string): string {
  const folder = join(scratch, name);
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
    if (path.endsWith('/')) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}
