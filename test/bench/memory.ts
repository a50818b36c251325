/** `npm run bench:memory [name]`: the memory that scanning ten hostile megabytes takes. Fails beyond 300 MiB. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { heavyInputs } from './heavy-inputs.ts';

const most = 300;
const characters = 10 << 20;
const [only = ''] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'roomkey-memory-'));
const child = resolve(import.meta.dirname, 'memory-child.ts');
let failed = 0;
try {
  for (const { name, write } of heavyInputs.filter((one) => one.name.includes(only))) {
    const file = join(folder, 'input');
    writeFileSync(file, write(characters));
    // 2 is for an input that was read in part, and said to be. The cap makes a collector that would otherwise wait tidy up, and ends a scan that needs more.
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', `--max-old-space-size=${most}`, child, file],
      { encoding: 'utf8', timeout: 300_000 },
    );
    const { code, grown } = status === 0 ? JSON.parse(stdout) : { code: null, grown: null };
    const isFine = (code === 0 || code === 2) && grown !== null && grown <= most;
    if (!isFine) failed += 1;
    console.log(`${isFine ? 'ok    ' : 'FAILED'} ${String(grown ?? '–').padStart(4)} MiB  ${name}`);
    if (!isFine) console.log(stderr.split('\n').filter(Boolean).slice(-3).join('\n'));
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(failed === 0 ? `All stay below ${most} MiB.` : `${failed} take more than ${most} MiB, or fail.`);
process.exitCode = failed === 0 ? 0 : 1;
