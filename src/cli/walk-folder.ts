import type { BigIntStats } from 'node:fs';
import { lstat, readdir, realpath, stat, statfs } from 'node:fs/promises';
import { sep } from 'node:path';
import { InputError } from '../inputs/input.ts';

/** A file met in a folder, or something there that could not be looked at. */
export type Met = { path: Buffer; stats: BigIntStats } | { path: Buffer; error: unknown };

/** What a walk leaves out, by kind in the plural. */
export type PassedOver = Map<string, { count: number; first: string }>;

export interface WalkOptions {
  /** Folders and files seen so far, by what they are; the walk adds its own. */
  visited: Set<string>;
  passedOver: PassedOver;
}

interface OpenFolder {
  path: Buffer;
  names: Buffer[];
  next: number;
  device: bigint;
}

/**
 * Every ordinary file below a folder, once, whatever links and hard links lead to it, in the order of names. Links are
 * followed where they lead out of the folder, but not to a folder around it. Names stay bytes, as not all are UTF-8.
 * Holds the names of the folders on the way down, and nothing open.
 */
export async function* walkFolder(root: string, { visited, passedOver }: WalkOptions): AsyncGenerator<Met> {
  const rootPath = Buffer.from(root);
  const realRoot = await realpath(rootPath).catch(() => root);
  const open: OpenFolder[] = [];
  try {
    const failure = await enter(rootPath, await stat(rootPath, { bigint: true }), null);
    if (failure) yield failure;
  } catch (error) {
    yield { path: rootPath, error };
  }

  for (let folder = open.at(-1); folder; folder = open.at(-1)) {
    const name = folder.names[folder.next];
    folder.next += 1;
    if (!name) {
      open.pop();
      continue;
    }
    const path = child(folder.path, name);
    let stats: BigIntStats | null;
    try {
      stats = await lstat(path, { bigint: true });
      if (stats.isSymbolicLink()) stats = await target(path);
    } catch (error) {
      yield { path, error };
      continue;
    }
    if (!stats) continue;
    if (stats.isDirectory()) {
      const failed = await enter(path, stats, folder.device);
      if (failed) yield failed;
    } else if (!stats.isFile()) {
      passOver(kindOf(stats), path);
    } else if (isNew(stats)) {
      yield { path, stats };
    }
  }

  async function enter(path: Buffer, stats: BigIntStats, parent: bigint | null): Promise<Met | null> {
    if (!isNew(stats)) return null;
    try {
      if (stats.dev !== parent && (await isSystemFolder(path))) {
        if (parent === null) return { path, error: new InputError('input-unreadable', 'is a folder of the system') };
        passOver('system folders', path);
        return null;
      }
      const names = (await readdir(path, { encoding: 'buffer' })).sort(Buffer.compare);
      if (parent === null && names.length === 0) {
        return { path, error: new InputError('input-empty', 'is an empty folder') };
      }
      open.push({ path, names, next: 0, device: stats.dev });
      return null;
    } catch (error) {
      return { path, error };
    }
  }

  /** What a link leads to; null when it is met elsewhere, or left out. */
  async function target(path: Buffer): Promise<BigIntStats | null> {
    try {
      const end = await realpath(path);
      if (isInside(end, realRoot)) return null;
      if (isInside(realRoot, end)) {
        passOver('links to a folder around the one searched', path);
        return null;
      }
      return await stat(path, { bigint: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ELOOP' && code !== 'ENOTDIR') throw error;
      passOver('links that lead nowhere', path);
      return null;
    }
  }

  function isNew({ dev, ino }: BigIntStats): boolean {
    const id = `${dev}:${ino}`;
    if (visited.has(id)) return false;
    visited.add(id);
    return true;
  }

  function passOver(kind: string, path: Buffer): void {
    const known = passedOver.get(kind);
    if (known) known.count += 1;
    else passedOver.set(kind, { count: 1, first: path.toString() });
  }
}

const separator = Buffer.from(sep);

function child(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat(folder.at(-1) === separator[0] ? [folder, name] : [folder, separator, name]);
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function kindOf(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'pipes';
  if (stats.isSocket()) return 'sockets';
  return 'devices';
}

/** File systems of the kernel's own, whose files are no files (statfs(2)): proc, sysfs, debugfs, tracefs, cgroup, cgroup2, securityfs, configfs, bpf, devpts. */
const systemTypes = new Set([
  0x9fa0, 0x62656572, 0x64626720, 0x74726163, 0x27e0eb, 0x63677270, 0x73636673, 0x62656570, 0xcafe4a11, 0x1cd1,
]);

async function isSystemFolder(path: Buffer): Promise<boolean> {
  return process.platform === 'linux' && systemTypes.has((await statfs(path)).type);
}
