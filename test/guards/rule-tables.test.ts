import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../src/engine/audit/rules/index.ts';
import { waiting } from '../docs/waiting-rules.ts';
import { filesBelow, root, testsBelow } from './files-below.ts';

const folder = 'src/engine/audit/rules';
const tests = testsBelow(folder);

test.each(rules.map((rule) => [rule.id, rule] as const))(
  '%s has a table, and words that are short and complete',
  (id, rule) => {
    const test = join(root, folder, rule.group, `${id}.test.ts`);
    expect(tests.get(id), `write ${folder}/${rule.group}/${id}.test.ts`).toBe(test);
    expect(readFileSync(test, 'utf8')).toMatch(/flags: \{[\s\S]*passes: \{/);
    expect(rule.title).toMatch(/^\S.{3,70}[^.]$/);
    for (const sentence of [rule.why, rule.fix]) {
      expect(sentence).toMatch(/^[A-Z].*\.$|^`.*\.$/);
      expect(sentence.length).toBeLessThanOrEqual(220);
    }
    for (const { title, url } of rule.references) {
      expect(title).not.toBe('');
      expect(URL.canParse(url)).toBe(true);
    }
  },
);

test('rules know no source and no provider by its id', () => {
  const named = filesBelow(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => {
      const code = readFileSync(join(root, folder, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      const found = /provider\??\.id\b|\.source === |source: '|provider === '/.exec(code)?.[0];
      return found ? [`${name}: ${found}`] : [];
    });
  // One platform's two copies of a token are told apart by the platform's id, whichever it is.
  expect(named).toEqual(['video/video-identity-duplicate.ts: provider.id']);
});

test('a check is either there or waiting, never both, and named once', () => {
  const ids = [...rules, ...waiting].map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});
