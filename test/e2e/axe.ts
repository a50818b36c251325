import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'puppeteer-core';
import { emulateMedia } from '../browser/photograph-panel.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Once the colours have changed; what turns without end, or stands still for seconds, is not waited for. */
const atRest = `(async () => {
  const drawn = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const ended = drawn.then(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(ending.map(({ finished }) => finished));
  });
  await Promise.race([ended, new Promise((done) => setTimeout(done, 5000))]);
})()`;

const looks = {
  light: { 'prefers-color-scheme': 'light' },
  dark: { 'prefers-color-scheme': 'dark' },
  'forced colours': { 'prefers-color-scheme': 'light', 'forced-colors': 'active' },
};

interface Violation {
  id: string;
  help: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** Of what is right, which would be megabytes, nothing is described. */
const runOf = (rules: readonly string[] | null) => {
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) };
  return `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`;
};

/** What depends on the colours, and so is asked in each look; all else is the same in each, and asked in the first. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong in the panel, in both themes and in forced colours, in words that lead to the element. */
export async function violations(panel: Frame): Promise<string[]> {
  const found: string[] = [];
  // The extension's own policy forbids adding scripts to its page; evaluating is not adding.
  if ((await panel.evaluate('typeof axe')) === 'undefined') await panel.evaluate(`${axe};0`);
  for (const [theme, features] of Object.entries(looks)) {
    await emulateMedia(panel, features);
    await panel.evaluate(atRest);
    const run = runOf(theme === 'light' ? null : ofColours);
    for (const { id, help, nodes } of (await panel.evaluate(run)) as Violation[])
      for (const { target, failureSummary = '' } of nodes)
        found.push(`${theme}: ${id}: ${help}: ${target.join(' ')} ${failureSummary.split('\n')[1]?.trim() ?? ''}`);
  }
  await emulateMedia(panel, looks.light);
  return found;
}
