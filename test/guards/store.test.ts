import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { providers } from '../../src/engine/recognise/providers/index.ts';

const read = (path: string) => readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8');
const fields = new Map(
  read('docs/store/listing.md')
    .split(/^## /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n')).trim()] as const),
);

// Of both stores the shorter: https://developer.chrome.com/docs/webstore/cws-dashboard-listing and
// https://developer.chrome.com/docs/extensions/reference/manifest/description (132), https://extensionworkshop.com/documentation/develop/create-an-appealing-listing/ (250).
test.each([
  ['Name', 45],
  ['Summary', 132],
  ['Description', 16_000],
  ['Single purpose', 1000],
  ['Remote code', 1000],
  ['Data that is collected', 1000],
  ['Data usage, box by box, in the Chrome Web Store', 1000],
  ['Support at AMO', 1000],
  ['Notes for reviewers at AMO', 3000],
  ['Notes for reviewers', 3000],
])('%s is there, and no longer than %i characters', (name, most) => {
  const text = fields.get(name) ?? '';
  expect(text.length).toBeGreaterThan(5);
  expect(text.length).toBeLessThanOrEqual(most);
});

test('name and summary are those of the manifest', () => {
  expect([fields.get('Name'), fields.get('Summary')]).toEqual([manifest.name, manifest.description]);
});

// https://developer.chrome.com/docs/webstore/program-policies/user-data-faq and the boxes of the dashboard's page about privacy (2026-11-28).
test('each kind of data that the Chrome Web Store asks about is answered', () => {
  const answers = (fields.get('Data usage, box by box, in the Chrome Web Store') ?? '').match(/[A-Z][^.:]+: no\./g);
  expect(answers).toHaveLength(9);
});

test('the icons are as large as their names say', () => {
  for (const [size, path] of Object.entries(manifest.icons)) {
    const png = readFileSync(resolve(import.meta.dirname, '../../public', path));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([Number(size), Number(size)]);
  }
});

test('reasons for permissions fit into their fields', () => {
  const rows = read('docs/permissions.md').match(/^\| `.*\|$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(manifest.permissions.length - 1);
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(1000);
});

test('of platforms no more are promised than there are', () => {
  expect(fields.get('Description')).toContain('more than forty platforms');
  expect(providers.length).toBeGreaterThan(40);
});
