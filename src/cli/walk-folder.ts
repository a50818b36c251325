import type { BigIntStats } from 'node:fs';
import { lstat, readdir, realpath, stat, statfs } from 'node:fs/promises';
import { sep } from 'node:path';
import { InputError } from '../inputs/input.ts';
import { ignoreFile, type LeftOut, leftOutBy, leftOutKind, withIgnoreFile } from './left-out.ts';

/** A file met in a folder, or something there that could not be looked at. */
export type Met = { path: Buffer; stats: BigIntStats; leftOut: LeftOut } | { path: Buffer; error: unknown };

/** What a walk leaves out, by kind in the plural. */
export type PassedOver = Map<string, { count: number; first: string }>;

export interface WalkOptions {
  /** Folders and files seen so far, by what they are; the walk adds its own. */
  visited: Set<string>;
  passedOver: PassedOver;
  /** Globs of what is not searched, relative to the folder. */
  exclude?: readonly string[];
}

interface OpenFolder {
  path: Buffer;
  names: Buffer[];
  next: number;
  device: bigint;
  leftOut: LeftOut;
}

/**
 * Every ordinary file below a folder, once, whatever links and hard links lead to it, in the order of names. Links are
 * followed where they lead out of the folder, but not to a folder around it. Names stay bytes, as not all are UTF-8. What `exclude`
 * and ignore files name is passed over, and `node_modules` and `.git`.
 * Holds the names of the folders on the way down, and nothing open.
 */
export async function* walkFolder(root: string, options: WalkOptions): AsyncGenerator<Met> {
  const rootPath = Buffer.from(root);
  const walk: Walk = { ...options, realRoot: await realpath(rootPath).catch(() => root), open: [], met: [] };
  const around = { device: null, leftOut: await leftOutBy(root, options.exclude ?? []) };
  try {
    const failure = await enter(walk, rootPath, await stat(rootPath, { bigint: true }), around);
    if (failure) yield failure;
    yield* walk.met.splice(0);
  } catch (error) {
    yield { path: rootPath, error };
  }

  for (let folder = walk.open.at(-1); folder; folder = walk.open.at(-1)) {
    const name = folder.names[folder.next];
    folder.next += 1;
    const met = name ? await meet(walk, folder, child(folder.path, name)) : null;
    if (!name) walk.open.pop();
    if (met) yield met;
    yield* walk.met.splice(0);
  }
}

interface Walk extends WalkOptions {
  /** Without links. */
  realRoot: string;
  /** Folders on the way down, the innermost last. */
  open: OpenFolder[];
  /** What went wrong beside what is met next. */
  met: Met[];
}

/** Looks at one entry of a folder; null when it is a folder that was entered, or left out. */
async function meet(walk: Walk, folder: OpenFolder, path: Buffer): Promise<Met | null> {
  let stats: BigIntStats | null;
  try {
    stats = await lstat(path, { bigint: true });
    if (stats.isSymbolicLink()) stats = await target(walk, path);
  } catch (error) {
    return { path, error };
  }
  if (!stats) return null;
  const leftOut = leftOutKind(folder.leftOut, path.toString(), stats.isDirectory());
  if (leftOut !== null) {
    passOver(walk.passedOver, leftOut, path.toString());
    return null;
  }
  if (stats.isDirectory()) return enter(walk, path, stats, folder);
  if (stats.isFile()) return isNew(walk, stats) ? { path, stats, leftOut: folder.leftOut } : null;
  passOver(walk.passedOver, kindOf(stats), path.toString());
  return null;
}

async function enter(
  walk: Walk,
  path: Buffer,
  stats: BigIntStats,
  { device, leftOut }: Pick<OpenFolder, 'leftOut'> & { device: bigint | null },
): Promise<Met | null> {
  if (!isNew(walk, stats)) return null;
  try {
    if (stats.dev !== device && (await isSystemFolder(path))) {
      if (device === null) return { path, error: new InputError('input-unreadable', 'is a folder of the system') };
      passOver(walk.passedOver, 'system folders', path.toString());
      return null;
    }
    const names = (await readdir(path, { encoding: 'buffer' })).sort(Buffer.compare);
    if (device === null && names.length === 0) {
      return { path, error: new InputError('input-empty', 'is an empty folder') };
    }
    const hasRules = names.some((name) => name.toString() === ignoreFile);
    const rules = hasRules ? await rulesIn(walk, path, leftOut) : leftOut;
    walk.open.push({ path, names, next: 0, device: stats.dev, leftOut: rules });
    return null;
  } catch (error) {
    return { path, error };
  }
}

/** An ignore file that cannot be used is told, and leaves nothing out. */
async function rulesIn(walk: Walk, folder: Buffer, leftOut: LeftOut): Promise<LeftOut> {
  try {
    return await withIgnoreFile(leftOut, folder.toString());
  } catch (error) {
    walk.met.push({ path: child(folder, Buffer.from(ignoreFile)), error });
    return leftOut;
  }
}

/** What a link leads to; null when it is met elsewhere, or left out. */
async function target(walk: Walk, path: Buffer): Promise<BigIntStats | null> {
  try {
    const end = await realpath(path);
    if (isInside(end, walk.realRoot)) return null;
    if (isInside(walk.realRoot, end)) {
      passOver(walk.passedOver, 'links to a folder around the one searched', path.toString());
      return null;
    }
    return await stat(path, { bigint: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ELOOP' && code !== 'ENOTDIR') throw error;
    passOver(walk.passedOver, 'links that lead nowhere', path.toString());
    return null;
  }
}

function isNew({ visited }: Walk, { dev, ino }: BigIntStats): boolean {
  const id = `${dev}:${ino}`;
  if (visited.has(id)) return false;
  visited.add(id);
  return true;
}

/** Counts what is passed over, by its kind, and keeps the name of the first. */
export function passOver(passedOver: PassedOver, kind: string, name: string): void {
  const known = passedOver.get(kind);
  if (known) known.count += 1;
  else passedOver.set(kind, { count: 1, first: name });
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
