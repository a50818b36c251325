import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

interface Manifest {
  [member: string]: unknown;
  version: string;
  dependencies: Record<string, string>;
}

/**
 * What is published: the command line and the library as they were built, their types, the docs, the skill, and of the dependencies those that they
 * load. The panel's are in the extension already. Expects `npm run build:cli`.
 *
 * @param folder made anew
 */
export function writeNpmPackage(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const whole = JSON.parse(read('package.json')) as Manifest;
  for (const part of ['dist/cli', 'dist/types', 'docs', 'skills', 'LICENSE', 'CHANGELOG.md'])
    cpSync(join(root, part), join(folder, part), { recursive: true, filter: (path) => !path.endsWith('.png') });
  const { private: _, scripts, devDependencies, allowScripts, dependencies, ...manifest } = whole;
  const loaded = loadedPackages(join(folder, 'dist/cli'));
  const missing = loaded.filter((name) => dependencies[name] === undefined);
  if (missing.length > 0) throw new Error(`${missing.join()} is loaded, but no dependency.`);
  writeFileSync(join(folder, 'README.md'), readme(read('docs/npm.md'), whole.version));
  rmSync(join(folder, 'docs/store'), { recursive: true });
  copyLinked(folder, 'docs/npm.md');
  rmSync(join(folder, 'docs/npm.md'));
  for (const page of pagesBelow(folder)) if (page !== 'README.md') copyLinked(folder, page);
  const published = {
    ...manifest,
    files: readdirSync(folder).sort(),
    keywords: ['jwt', 'token', 'har', 'security', 'webrtc', 'video', 'sarif', 'playwright', 'devtools'],
    dependencies: Object.fromEntries(Object.entries(dependencies).filter(([name]) => loaded.includes(name))),
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
}

/** Pages of a package, as paths below it. */
export function pagesBelow(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md') && !path.startsWith('node_modules/'));
}

/** Files that a page links to, as paths below the folder that its own path starts from. */
export function linkedFrom(page: string, text: string): string[] {
  const links = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, link = '']) => link);
  return links.map((link) => posix.join(posix.dirname(page), link));
}

/** What a page of the package links to that is not in it yet: pictures, and pages with what they link to. */
function copyLinked(folder: string, page: string): void {
  for (const path of linkedFrom(page, readFileSync(join(folder, page), 'utf8'))) {
    if (existsSync(join(folder, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
    if (path.endsWith('.md')) copyLinked(folder, path);
  }
}

/** Links of a file in docs, as addresses that hold outside of it: https://unpkg.com serves what is published by package, version and path. */
export function readme(text: string, version: string): string {
  return text.replace(/\]\((?!https?:)([^)]+)\)/g, `](https://unpkg.com/roomkey@${version}/docs/$1)`);
}

/** Packages that built files load, by their names, in order. */
export function loadedPackages(folder: string): string[] {
  const names = new Set<string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, from, name] of text.matchAll(/^(?:import|export)\b([^;]*?)["']([^."'][^"']*)["'];$/gm))
      if (from !== undefined && name !== undefined && !isBuiltin(name)) names.add(packageOf(name));
    for (const [, name] of text.matchAll(/\bimport\(["']([^."'][^"']*)["']\)/g))
      if (name !== undefined && !isBuiltin(name)) names.add(packageOf(name));
  }
  return [...names].sort((a, b) => a.localeCompare(b));
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
