import { mkdirSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { exportReport } from '../browser/export-report.ts';
import { ensurePrograms } from '../browser/install-browser.ts';
import { findFirefox, openFirefox } from '../firefox/session.ts';
import type { CallSite } from './site.ts';
import { summarise } from './summarise.ts';

const root = resolve(import.meta.dirname, '../..');

/** Looks for a Firefox and installs one where that is possible; an error says what to do where it is not. */
export async function ensureFirefox(say: (line: string) => void): Promise<string> {
  if (!findFirefox()) await ensurePrograms({ 'firefox-esr': 'firefox-esr' }, say);
  const found = findFirefox();
  if (!found) throw new Error('there is no Firefox here and none could be installed. ROOMKEY_FIREFOX names one.');
  return found;
}

/** The demo's page with the panel open on it, until the window is closed; without one, what the panel shows is saved. */
export async function showInFirefox(
  site: CallSite,
  {
    isHeadless,
    output,
    say,
    closers,
  }: {
    isHeadless: boolean;
    output: string;
    say: (line: string) => void;
    closers: (() => Promise<void>)[];
  },
): Promise<void> {
  const firefox = await openFirefox(site.lobbyUrl, { headless: isHeadless });
  closers.push(firefox.close);
  say('Joining the call as a guest …');
  await firefox.inPage("document.querySelector('button[value=guest]').click()");
  if (!isHeadless) {
    say('The panel is open and lists the tokens of this page. What differs in Firefox: docs/browsers.md.');
    say('Close the browser or press Ctrl-C to end.');
    await firefox.ended;
    return;
  }
  // What needs access to a site, and what frames of other sites store, is not seen without it.
  const expected = site.guest.filter(({ places }) => places.some(({ needs }) => needs === undefined)).length;
  say(`Waiting for the ${expected} tokens of the page …`);
  let found = 0;
  for (const until = Date.now() + 40_000; found < expected && Date.now() < until; ) {
    found = (await exportReport(firefox.panel)).report.tokens.length;
    await new Promise((done) => setTimeout(done, 300));
  }
  const { text, report } = await exportReport(firefox.panel);
  mkdirSync(output, { recursive: true });
  const picture = resolve(output, 'firefox.png');
  const file = resolve(output, 'firefox-report.json');
  await firefox.picture(picture);
  writeFileSync(file, text);
  console.log(`\n${summarise(report)}`);
  say(`Panel:  ${relative(root, picture)}`);
  say(`Report: ${relative(root, file)}`);
  if (found < expected) throw new Error(`only ${found} of ${expected} tokens were found`);
}
