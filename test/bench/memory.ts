/**
 * `npm run bench:memory [subject] [name]`: the memory that ten hostile megabytes take: to `scan`, to the `redact` command,
 * or to `redactText` alone. Fails beyond 300 MiB.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { heavyInputs } from './heavy-inputs.ts';

const most = 300;
const characters = 10 << 20;
const subjects = ['scan', 'redact', 'redactText'];
const args = process.argv.slice(2);
const asked = subjects.includes(args[0] ?? '') ? args.splice(0, 1) : subjects;
const [only = ''] = args;
const folder = mkdtempSync(join(tmpdir(), 'roomkey-memory-'));
const child = resolve(import.meta.dirname, 'memory-child.ts');
let failed = 0;
try {
  for (const { name, write } of heavyInputs.filter((one) => one.name.includes(only))) {
    const file = join(folder, 'input');
    writeFileSync(file, write(characters));
    for (const subject of asked) {
      const { isFine, grown, says } = judge(subject, file);
      if (!isFine) failed += 1;
      console.log(`${isFine ? 'ok    ' : 'FAILED'} ${grown.padStart(6)} MiB  ${subject.padEnd(10)} ${name}`);
      if (says) console.log(says);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(failed === 0 ? `All stay below ${most} MiB.` : `${failed} take more than ${most} MiB, or fail.`);
process.exitCode = failed === 0 ? 0 : 1;

function judge(subject: string, file: string) {
  const { code, grown, says } = measure(subject, file, most);
  // 2 is for an input that was read in part, and said to be.
  if (grown !== null) return { isFine: (code === 0 || code === 2) && grown <= most, grown: String(grown), says: '' };
  // How much more it needs is worth knowing, too.
  const wider = measure(subject, file, 8 * most);
  return { isFine: false, grown: wider.grown === null ? '–' : String(wider.grown), says };
}

/** The cap makes a collector that would otherwise wait tidy up, and ends what needs more. */
function measure(subject: string, file: string, cap: number) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', `--max-old-space-size=${cap}`, child, subject, file],
    { encoding: 'utf8', timeout: 300_000 },
  );
  const says = stderr.split('\n').filter(Boolean).slice(-3).join('\n');
  if (status !== 0) return { code: null, grown: null, says };
  const { code, grown } = JSON.parse(stdout) as { code: number; grown: number };
  return { code, grown, says };
}
