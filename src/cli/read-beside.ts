import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { mostBeside, type ReadBeside } from '../inputs/input.ts';
import { type LeftOut, leftOutKind } from './left-out.ts';

/** Reads small files in the folder of one that was met in a walk, by their paths from there; not what is left out, nor over a link out of it. */
export function readBeside(path: string, leftOut: LeftOut): ReadBeside {
  const folder = dirname(path);
  return async (name) => {
    const wanted = join(folder, name);
    if (leftOutKind(leftOut, wanted, false) !== null) return null;
    try {
      const [real, around] = [await realpath(wanted), await realpath(folder)];
      if (!real.startsWith(around.endsWith(sep) ? around : around + sep)) return null;
      return await readSmall(real);
    } catch {
      return null;
    }
  };
}

async function readSmall(path: string): Promise<Uint8Array | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > mostBeside) return null;
    const { buffer, bytesRead } = await file.read(new Uint8Array(stats.size), 0, stats.size, 0);
    return bytesRead === stats.size ? buffer : null;
  } finally {
    await file.close();
  }
}
