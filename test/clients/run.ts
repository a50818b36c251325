import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ensureBrowser } from '../browser/install-browser.ts';

// All clients, against the extension as it is built now. Arguments are Vitest's: `-t LiveKit` runs one.
const root = resolve(import.meta.dirname, '../..');

function run(name: string, args: string[], env: Record<string, string> = {}) {
  const file = join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
  const { status } = spawnSync(file, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

const executablePath = await ensureBrowser((line) => console.log(line));
run('vite', ['build', '--logLevel', 'warn']);
run('vitest', ['run', '--config', 'test/clients/vitest.config.ts', ...process.argv.slice(2)], {
  ROOMKEY_BROWSER: executablePath,
  ROOMKEY_CLIENTS: 'all',
});
