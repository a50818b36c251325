import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'puppeteer-core';
import { emulateTheme } from '../browser/photograph-panel.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong in the panel, in both themes, in words that lead to the element. */
export async function violations(panel: Frame): Promise<string[]> {
  const found: string[] = [];
  // The extension's own policy forbids adding scripts to its page; evaluating is not adding.
  await panel.evaluate(`${axe};0`);
  for (const theme of ['light', 'dark'] as const) {
    await emulateTheme(panel, theme);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const result = (await panel.evaluate('axe.run(document)')) as {
      violations: { id: string; help: string; nodes: { target: string[]; html: string; failureSummary?: string }[] }[];
    };
    for (const { id, help, nodes } of result.violations)
      for (const { target, failureSummary = '' } of nodes)
        found.push(`${theme}: ${id}: ${help}: ${target.join(' ')} ${failureSummary.split('\n')[1]?.trim() ?? ''}`);
  }
  return found;
}
