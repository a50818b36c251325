import { largestJson, tooLarge } from './bytes/read-json.ts';
import type { Input } from './input.ts';
import { readWholeJson } from './json.ts';
import { readAsText } from './text.ts';

/** Playwright's `storageState` (https://playwright.dev/docs/auth, read 2026-11), also written from Puppeteer's cookies. */
export const storageState: Input = {
  id: 'storage-state',
  name: 'Playwright or Puppeteer storage state',
  matches: (head) => /^\s*\{\s*"(?:cookies|origins)"\s*:\s*\[/.test(head),
  async read(window, context, emit) {
    if (!(await readWholeJson(window, context, emit, largestJson))) await readAsText(window, context, emit, tooLarge());
  },
};
