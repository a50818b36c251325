import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { version } from '../../package.json';
import { releaseNotes } from '../package/zips.ts';

const root = resolve(import.meta.dirname, '../..');
const changelog = readFileSync(resolve(root, 'CHANGELOG.md'), 'utf8');

test('the version stands in package.json alone, from where the manifest takes it when it is built', () => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(manifest).not.toHaveProperty('version');
  expect(readFileSync(resolve(root, 'vite.config.ts'), 'utf8')).toContain('version: packageFile.version');
});

test('this version has a section of its own in the changelog, from which its release notes are cut', () => {
  expect(changelog).toMatch(new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'm'));
  expect(releaseNotes(changelog, version)).toContain('### If you debug a call');
});
