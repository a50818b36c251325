import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };

const read = (path: string) => readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8');
/** What a page lists in the first column of its table of permissions. */
const listed = (page: string) =>
  (page.split(/^\| Permission \|.*$/m)[1]?.split('\n\n')[0] ?? '')
    .split('\n')
    .slice(2)
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));

test('docs/permissions.md gives a reason for each permission of the manifest, and for no other', () => {
  const page = read('docs/permissions.md');
  expect(listed(page)).toEqual([...manifest.permissions, ...manifest.optional_host_permissions]);
  const reasons = page.match(/^\| `.*\|$/gm) ?? [];
  for (const row of reasons.slice(0, manifest.permissions.length)) expect(row).toMatch(/\| To [^|]{40,}\. \|$/);
});

test('so does PRIVACY.md of those that are had from the start', () => {
  expect(listed(read('PRIVACY.md'))).toEqual(manifest.permissions);
});

test('the manifest knows no other kind of permission', () => {
  const kinds = Object.keys(manifest).filter((name) =>
    /permission|content_scripts|background|externally|accessible/.test(name),
  );
  expect(kinds).toEqual(['permissions', 'optional_host_permissions']);
});
