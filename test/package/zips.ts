import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** A zip has no earlier time, and one of its own for no zone: what is built again has to be the same, byte by byte. */
const noTime = new Date(1980, 0, 1);

/**
 * A file that its owner writes and everybody reads: `st_mode` of Unix in the upper half, which a zip that says it is from Unix (`os`) is unpacked with
 * (https://pkwaredownloads.blob.core.windows.net/pem/APPNOTE.txt, 4.4.15; zipinfo(1)). Without it nobody but root may read what `unzip` unpacked.
 */
const attrs = (0o100644 << 16) >>> 0;

/** All files of a folder, in the order of their names, as a zip that depends on nothing but their names and contents. */
export function zipFolder(folder: string): Uint8Array {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => relative(folder, join(one.parentPath, one.name)).split(sep).join('/'))
    .sort((a, b) => (a < b ? -1 : 1));
  const files: Zippable = {};
  for (const path of paths) files[path] = [readFileSync(join(folder, path)), { level: 9, mtime: noTime, os: 3, attrs }];
  return zipSync(files);
}

/**
 * All that is committed, as a zip that depends on nothing but the commit: git writes times of the zone that it is in, and ends of lines as it is set
 * to check them out (git-archive(1), gitattributes(5)).
 *
 * @throws where the folder is no checkout of git
 */
export function zipCommit(folder: string): Uint8Array {
  const alike = ['-c', 'core.autocrlf=false', '-c', 'core.eol=lf', '-c', 'core.attributesFile=/dev/null'];
  return execFileSync('git', [...alike, 'archive', '--format=zip', '-9', 'HEAD'], {
    cwd: folder,
    env: { ...process.env, TZ: 'UTC' },
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** A line as `sha256sum --check` reads it. */
export function checksum(name: string, bytes: Uint8Array): string {
  return `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`;
}

/** What a changelog in the form of https://keepachangelog.com says of a version; of one without a section, what is not released yet. */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^(?=## \[)/m);
  const ofVersion = sections.find((one) => one.startsWith(`## [${version}]`));
  const section = ofVersion ?? sections.find((one) => one.startsWith('## [Unreleased]'));
  if (section === undefined) throw new Error(`The changelog has no section of ${version}.`);
  return `${section.replace(/^## .*\n+/, '').trim()}\n`;
}
