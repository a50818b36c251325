import type { Input } from './input.ts';
import { record } from './narrow.ts';
import { readJson } from './read-json.ts';
import { storageStateCapture } from './storage-state-capture.ts';

/** Playwright's `storageState` (https://playwright.dev/docs/auth, read 2026-11), also written from Puppeteer's cookies. */
export const storageState: Input = {
  id: 'storage-state',
  name: 'Playwright or Puppeteer storage state',
  matches: (head) => /^\s*\{\s*"(?:cookies|origins)"\s*:\s*\[/.test(head),
  async read(window, { now }, emit) {
    const { value } = await readJson(window);
    emit(storageStateCapture(record(value), now));
  },
};
