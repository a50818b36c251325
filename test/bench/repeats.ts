/**
 * `npm run bench:repeats`: recordings in which every request carries one token, or one of a thousand. How much longer, and in
 * how much more memory, a hundred thousand requests are scanned than a thousand.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { jwt, now } from '../builders/tokens.ts';

const folder = mkdtempSync(join(tmpdir(), 'roomkey-repeats-'));
const child = resolve(import.meta.dirname, 'memory-child.ts');

try {
  console.log('tokens  requests   seconds     MiB   report kB   of the smaller: seconds, MiB, report');
  for (const tokens of [1, 1000]) {
    const few = measure(tokens, 1000);
    row(tokens, 1000, few);
    row(tokens, 100_000, measure(tokens, 100_000), few);
  }
} finally {
  rmSync(folder, { recursive: true });
}

interface Measured {
  seconds: number;
  grown: number;
  characters: number;
}

function row(tokens: number, requests: number, measured: Measured, few?: Measured): void {
  const { seconds, grown, characters } = measured;
  const columns = [
    String(tokens).padStart(6),
    String(requests).padStart(9),
    seconds.toFixed(2).padStart(9),
    String(grown).padStart(7),
    (characters / 1000).toFixed(0).padStart(11),
  ];
  const times = (name: keyof Measured) => `${(measured[name] / (few?.[name] ?? 1)).toFixed(1)} ×`;
  console.log(
    `${columns.join(' ')}   ${few ? [times('seconds'), times('grown'), times('characters')].join(', ') : ''}`,
  );
}

/** A hundred times the memory would not fit below the cap. */
function measure(tokens: number, requests: number): Measured {
  const file = join(folder, 'call.har');
  writeHar(file, tokens, requests);
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--max-old-space-size=300', child, 'scan', file],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
}

/** Calls of one API, each second, with a token in turn in its `Authorization` header. */
function writeHar(file: string, tokens: number, requests: number): void {
  const bearers = Array.from({ length: tokens }, (_, index) => `Bearer ${jwt({ sub: `user ${index}`, iat: now })}`);
  const handle = openSync(file, 'w');
  writeSync(handle, '{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"pages":[],"entries":[\n');
  for (let index = 0; index < requests; index += 1) {
    const entry = {
      startedDateTime: new Date((now + index) * 1000).toISOString(),
      time: 1,
      request: {
        method: 'GET',
        url: `https://api.example/poll/${index % 10}?after=${index}`,
        headers: [{ name: 'Authorization', value: bearers[index % tokens] }],
      },
      response: { status: 200, headers: [], content: { mimeType: 'application/json', text: '{"changes":[]}' } },
    };
    writeSync(handle, `${index === 0 ? '' : ',\n'}${JSON.stringify(entry)}`);
  }
  writeSync(handle, ']}}\n');
  closeSync(handle);
}
