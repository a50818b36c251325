import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { rules } from '../../src/engine/audit/rules/index.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');
const readme = read('README.md');
const cellsOf = (row: string) => row.split('|').map((cell) => cell.trim());

test('the row of the README that is measured is what docs/detection.md measured', () => {
  const measured = new Map(
    (read('docs/detection.md').match(/^\| .* \|$/gm) ?? []).map((row) => [cellsOf(row)[1], cellsOf(row)[2]]),
  );
  const row = cellsOf(/^\| Spellings of tokens found.*$/m.exec(readme)?.[0] ?? '');
  expect([row[2], row[5], row[6]]).toEqual(
    ['Roomkey', 'OWASP PTK', 'Burp JWT Editor'].map((name) => measured.get(name)),
  );
});

test('its numbers are those of the product', () => {
  expect(readme).toContain(`judged by ${rules.length} rules`);
  expect(readme).toContain(`(${manifest.minimum_chrome_version} or later)`);
  const least = /strict_min_version: '(\d+)/.exec(read('vite.config.ts'))?.[1];
  expect(readme).toContain(`**Firefox** (${least} or later)`);
});

test('its pictures and links are there, and none is a badge', () => {
  const named = [...readme.matchAll(/(?:\]\(|src(?:set)?=")((?!https?:)[^)"#]+)/g)].map(([, path = '']) => path);
  expect(named.filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
  expect(readme).not.toMatch(/shields\.io|badge\.svg/);
  const commands = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});

test('its picture moves, takes less than a megabyte, and stands still for who asked for that', () => {
  const moving = readFileSync(resolve(root, 'docs/images/moving.png'));
  expect(moving.length).toBeLessThan(1e6);
  expect(moving.toString('latin1', 0, 64)).toContain('acTL');
  expect(readme).toMatch(/<source media="\(prefers-reduced-motion: reduce\)" srcset="docs\/images\/still\.png">/);
});
