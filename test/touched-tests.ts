import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { filesBelow, root } from './guards/files-below.ts';

/** Files that more tests import are what tests are made of; those beside them tell soonest what is wrong. */
const mostImporters = 12;

/** Quick tests of what only all files together can show. */
const guards = ['layers', 'registry', 'hostile-text'].map((name) => `test/guards/${name}.test.ts`);

/**
 * The tests that a change touches, as paths below the repository: those that changed, those beside what changed, and those
 * that import it, not those that do so over other files: nearly every test imports the engine somehow.
 */
export function touchedTests(changed: readonly string[]): string[] {
  const tests = ['src', 'test']
    .flatMap((folder) => filesBelow(folder).map((file) => `${folder}/${file}`))
    .filter(isTest);
  const importers = importersOf(tests);
  const touched = changed.flatMap((file) => {
    if (isTest(file)) return [file];
    const by = importers.get(file) ?? [];
    return [...besides(file, tests), ...(by.length <= mostImporters ? by : [])];
  });
  return [...new Set([...touched, ...(changed.length > 0 ? guards : [])])].filter((file) =>
    existsSync(join(root, file)),
  );
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file);

/** Its own test; for a file without one, those of its folder, when they are few. */
function besides(file: string, tests: readonly string[]): string[] {
  const own = tests.filter((test) => test.replace(/\.test\.tsx?$/, '') === file.replace(/\.tsx?$/, ''));
  if (own.length > 0) return own;
  const all = tests.filter((test) => dirname(test) === dirname(file));
  return all.length <= mostImporters ? all : [];
}

/** The tests that import each file, types apart: they are checked as a whole. */
function importersOf(tests: readonly string[]): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  for (const test of tests) {
    const text = readFileSync(join(root, test), 'utf8');
    for (const [, path = ''] of text.matchAll(/^(?:import|export)(?! type) [^;]*?from '(\.[^']+)'/gm)) {
      const file = resolve(root, dirname(test), path)
        .slice(root.length + 1)
        .replaceAll('\\', '/');
      importers.set(file, [...(importers.get(file) ?? []), test]);
    }
  }
  return importers;
}
