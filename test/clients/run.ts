import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureBrowser } from '../browser/install-browser.ts';
import { isLate, type SlowestWay, table } from './slowest-ways.ts';

// All clients, against the extension as it is built now. Arguments are Vitest's: `-t LiveKit` runs one. Ends with how soon each
// client's ways were listed, and with 1 when one was listed late or a test failed.
const root = resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'roomkey-clients-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

function run(name: string, args: string[], env: Record<string, string> = {}): number {
  const file = join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
  const { status } = spawnSync(file, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return status ?? 1;
}

interface Outcome {
  testResults: { assertionResults: { meta: { slowest?: SlowestWay } }[] }[];
}

function slowestWays(file: string): SlowestWay[] {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as Outcome;
  return testResults.flatMap(({ assertionResults }) => assertionResults.flatMap(({ meta }) => meta.slowest ?? []));
}

const executablePath = await ensureBrowser((line) => console.log(line));
if (run('vite', ['build', '--logLevel', 'warn']) !== 0) process.exit(1);
const outcome = join(scratch, 'outcome.json');
const failed = run(
  'vitest',
  [
    'run',
    '--config',
    'test/e2e/vitest.config.ts',
    '--project',
    'clients',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outcome}`,
    ...process.argv.slice(2),
  ],
  { ROOMKEY_BROWSER: executablePath, ROOMKEY_CLIENTS: 'all' },
);
const slowest = slowestWays(outcome);
console.log(
  `\nFrom the moment a token has gone to the moment the panel lists it there, at the slowest:\n${table(slowest)}`,
);
process.exit(failed || (slowest.some(isLate) ? 1 : 0));
