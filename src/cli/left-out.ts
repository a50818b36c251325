import { open } from 'node:fs/promises';
import { sep } from 'node:path';
import { InputError } from '../inputs/input.ts';
import { UsageError } from './usage-error.ts';

/** Name of the file in which a folder says what of it is not searched, in the syntax of `.gitignore` (https://git-scm.com/docs/gitignore). */
export const ignoreFile = '.roomkeyignore';
/** Longest such file, in bytes. */
const longest = 1 << 20;
/** Stars in one glob: with more, comparing a long name takes longer than reading the file. */
const mostStars = 6;

/** Folders that hold the code of others, or the history of one's own. Named by the user, they are searched. */
const always = new Set(['node_modules', '.git']);

/** Globs of one place, and what is said of that which they name. */
interface Rules {
  /** Paths are compared relative to it. */
  folder: string;
  /** Whether they name a path, folders with a slash at the end. */
  names(path: string): boolean;
  kind: string;
}

/** What is not searched in a folder, by the rules of all around it. */
export type LeftOut = readonly Rules[];

/** By globs that the user gives, relative to the folder that is searched. Rejects with `UsageError` for what is none. */
export async function leftOutBy(root: string, globs: readonly string[]): Promise<LeftOut> {
  const wrong = globs.find((glob) => glob.trim() === '' || glob.startsWith('!') || isWild(glob));
  if (wrong !== undefined)
    throw new UsageError(`--exclude needs a glob of at most ${mostStars} stars, such as "*.mp4" or "dist/"`);
  return globs.length > 0 ? [{ folder: root, names: await matcher(globs), kind: 'what --exclude names' }] : [];
}

/** With what the ignore file of a folder says. Rejects with `InputError` where it cannot be used, or as the platform does. */
export async function withIgnoreFile(all: LeftOut, folder: string): Promise<LeftOut> {
  const text = await readShort(`${folder}${folder.endsWith(sep) ? '' : sep}${ignoreFile}`);
  const wild = text.split('\n').findIndex(isWild) + 1;
  if (text.length > longest || wild > 0) {
    const fault = wild > 0 ? `has more than ${mostStars} stars in line ${wild}` : 'is longer than 1 MB';
    throw new InputError('input-invalid', `${fault}, so nothing is left out by it`);
  }
  return [...all, { folder, names: await matcher(text), kind: `what ${ignoreFile} names` }];
}

/** By what kind something is left out; null for what is searched. */
export function leftOutKind(all: LeftOut, path: string, isFolder: boolean): string | null {
  const name = path.slice(path.lastIndexOf(sep) + 1);
  if (always.has(name)) return name;
  for (const { folder, names, kind } of all) {
    const start = folder.endsWith(sep) ? folder : folder + sep;
    if (!path.startsWith(start) || path === start) continue;
    const inside = path.slice(start.length).split(sep).join('/');
    if (names(isFolder ? `${inside}/` : inside)) return kind;
  }
  return null;
}

/** Loaded only where there is something to leave out. */
async function matcher(globs: string | readonly string[]): Promise<Rules['names']> {
  const { default: ignore } = await import('ignore');
  const rules = ignore().add(globs);
  return (path) => ignore.isPathValid(path) && rules.ignores(path);
}

function isWild(glob: string): boolean {
  return (glob.match(/\*+/g)?.length ?? 0) > mostStars;
}

async function readShort(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longest + 1), 0, longest + 1, 0);
    return buffer.toString('utf8', 0, bytesRead).replace(/^\ufeff/, '');
  } finally {
    await file.close();
  }
}
