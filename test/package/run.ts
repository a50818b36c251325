/**
 * `npm run package`: all that is handed to others, in `dist/packages`: the extension for each browser, the source that it is built from,
 * checksums, the release’s notes; and in `dist/npm` the folder that is published there. Built twice of the same commit, it is the same.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { version } from '../../package.json';
import { writeNpmPackage } from './npm-package.ts';
import { checksum, releaseNotes, zipCommit, zipFolder } from './zips.ts';

const root = resolve(import.meta.dirname, '../..');
const output = join(root, 'dist/packages');
const run = (...args: string[]) => execFileSync('npm', ['run', '--silent', ...args], { cwd: root, stdio: 'inherit' });

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
run('build', '--', '--logLevel', 'warn');
run('build:firefox', '--', '--logLevel', 'error');
run('build:cli');
const files: [name: string, bytes: Uint8Array][] = [
  [`roomkey-${version}-chrome.zip`, zipFolder(join(root, 'dist/chrome'))],
  [`roomkey-${version}-firefox.zip`, zipFolder(join(root, 'dist/firefox'))],
];
try {
  files.push([`roomkey-${version}-source.zip`, zipCommit(root)]);
  const changed = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (changed)
    console.error(`source.zip is the last commit. What is not committed yet is in the other zips alone:\n${changed}`);
} catch {
  console.error('This is no checkout of git: there is no source.zip.');
}
for (const [name, bytes] of files) writeFileSync(join(output, name), bytes);
writeFileSync(join(output, 'SHA256SUMS'), files.map(([name, bytes]) => checksum(name, bytes)).join(''));
const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
writeFileSync(join(output, 'release-notes.md'), releaseNotes(changelog, version));
writeNpmPackage(join(root, 'dist/npm'));
for (const [name, { length }] of files) console.log(`dist/packages/${name}: ${(length / 1e6).toFixed(2)} MB`);
console.log('dist/npm: npm publish dist/npm');
