import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { pages } from '../docs/pages.ts';

test.each(Object.entries(pages))('%s is what the code says; else run `npm run docs`', async (path, text) => {
  expect(readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8')).toBe(await text());
});
