import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import packages from './package.json' with { type: 'json' };

const folder = import.meta.dirname;

/** Whether all clients are wanted; otherwise the few whose packages are installed soonest are, the dependencies. */
export const areAllWanted = process.env.ROOMKEY_CLIENTS === 'all';

/** Installs what the wanted clients need, as the lock file says, where it is not there yet. */
export async function install(): Promise<void> {
  const { dependencies, devDependencies } = packages;
  const wanted = Object.entries(areAllWanted ? { ...dependencies, ...devDependencies } : dependencies);
  if (wanted.every(([name, version]) => installedVersion(name) === version)) return;
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['ci', '--loglevel=error', ...(areAllWanted ? [] : ['--omit=dev'])];
  await promisify(execFile)(npm, args, { cwd: folder, shell: process.platform === 'win32' });
}

function installedVersion(name: string): string | null {
  try {
    const file = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
    return (JSON.parse(file) as { version: string }).version;
  } catch {
    return null;
  }
}
