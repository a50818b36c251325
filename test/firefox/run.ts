import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ensurePrograms } from '../browser/install-browser.ts';
import { findFirefox } from './session.ts';

// `npm run e2e:firefox`: builds the extension for Firefox, and tries it in a real one. Where there is none and none can be installed,
// it says so.
const root = resolve(import.meta.dirname, '../..');
const run = (name: string, ...args: string[]) => {
  const { status } = spawnSync(join(root, 'node_modules/.bin', name), args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

if (!findFirefox()) await ensurePrograms({ 'firefox-esr': 'firefox-esr' }, console.log);
if (findFirefox()) {
  run('vite', 'build', '--mode', 'firefox', '--logLevel', 'warn');
  // One browser at a time.
  const config = ['--config', 'test/e2e/vitest.config.ts', '--project', 'firefox', '--mode', 'whole'];
  run('vitest', 'run', ...config, '--no-file-parallelism', ...process.argv.slice(2));
} else {
  console.log(
    'There is no Firefox here and none could be installed, so nothing was tried in it. ROOMKEY_FIREFOX names one.',
  );
}
