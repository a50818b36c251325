import { oneLine } from './one-line.ts';
import type { Terminal } from './terminal.ts';

/** Bytes from which on a file in a folder has a bar of its own. */
const large = 64 << 20;

/** How far reading has come, in one line that is written anew at most once a second; null where nobody watches. */
export function createProgress({ progress, now }: Pick<Terminal, 'progress' | 'now'>) {
  if (!progress) return null;
  let last = 0;
  let current: string | null = null;
  let files = 0;
  /** Bytes of the files before the current one, and of that. */
  let before = 0;
  let here = 0;
  return {
    /** So many bytes of a file were read, of as many as it has where that is known. Files come one after the other. */
    show(name: string, read: number, bytes: number | null) {
      if (name !== current) {
        before += here;
        files += 1;
        current = name;
      }
      here = read;
      const second = now();
      if (second === last) return;
      last = second;
      const isAlone = files === 1;
      const share = bytes && (isAlone || bytes >= large) ? Math.min(1, read / bytes) : null;
      const blocks =
        share === null ? '' : `${'█'.repeat(Math.round(share * 24)).padEnd(24, '░')} ${Math.round(share * 100)} % `;
      const counted = isAlone
        ? `${megabytes(read)} MB of`
        : `${files.toLocaleString('en-US')} files, ${megabytes(before + here)} MB;`;
      progress(`${blocks}${counted} ${oneLine(name)}`);
    },
    clear: () => progress(''),
  };
}

function megabytes(bytes: number): string {
  return Math.round(bytes / 1e6).toLocaleString('en-US');
}
