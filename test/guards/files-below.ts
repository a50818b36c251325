import { readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/** The repository. */
export const root = resolve(import.meta.dirname, '../..');

/** TypeScript files at any depth below a folder of the repository, as paths below that folder; tests among them, packages not. */
export function filesBelow(folder: string): string[] {
  return (readdirSync(join(root, folder), { recursive: true }) as string[])
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('node_modules/'))
    .sort();
}

/** The tests of a folder's units as absolute paths, by the name of the unit. */
export function testsBelow(folder: string): ReadonlyMap<string, string> {
  const tests = filesBelow(folder).filter((file) => file.endsWith('.test.ts'));
  return new Map(tests.map((file) => [basename(file, '.test.ts'), join(root, folder, file)]));
}
