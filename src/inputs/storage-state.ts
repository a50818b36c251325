import type { Input } from './input.ts';
import { readWholeJson } from './json.ts';
import { largestJson } from './read-json.ts';

/** Playwright's `storageState` (https://playwright.dev/docs/auth, read 2026-11), also written from Puppeteer's cookies. */
export const storageState: Input = {
  id: 'storage-state',
  name: 'Playwright or Puppeteer storage state',
  matches: (head) => /^\s*\{\s*"(?:cookies|origins)"\s*:\s*\[/.test(head),
  read: (window, context, emit) => readWholeJson(window, context, emit, largestJson),
};
