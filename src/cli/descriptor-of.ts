import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Links followed until giving up, as Linux does (path_resolution(7)). */
const mostLinks = 40;

/**
 * The open file that a path such as `/dev/stdout` or the `/dev/fd/63` of a process substitution stands for; null for any
 * other. Opened anew by its path it would be emptied, or, being a socket, not be opened at all.
 */
export async function descriptorOf(path: string): Promise<number | null> {
  const end = await endOfLinks(path).catch(() => path);
  const [, pid, descriptor] = /^(?:\/dev|\/proc\/(\d+|self)(?:\/task\/\d+)?)\/fd\/(\d+)$/.exec(end) ?? [];
  if (descriptor === undefined || (pid !== undefined && pid !== 'self' && Number(pid) !== process.pid)) return null;
  return Number(descriptor);
}

/** The path that a chain of links ends at, which need not exist. Rejects as the platform does, with a code. */
export async function endOfLinks(path: string): Promise<string> {
  let at = path;
  for (let links = 0; links < mostLinks; links += 1) {
    const folder = await realpath(dirname(at));
    at = join(folder, basename(at));
    // What /proc answers for an open file is no path to go on with.
    if (/^\/(?:dev|proc\/[^/]+(?:\/task\/\d+)?)\/fd$/.test(folder)) return at;
    let next: string;
    try {
      next = await readlink(at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EINVAL' || code === 'ENOENT') return at;
      throw error;
    }
    at = next.startsWith('/') ? next : join(folder, next);
  }
  throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
}
