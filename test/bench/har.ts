/**
 * `npm run bench:har [MB …] [--large]`: the built command line on generated HAR files and heap snapshots, beside `JSON.parse`
 * and the plain pattern on the same bytes. Each is a process of its own; peak memory is what the system counted.
 * --large adds a HAR of 1 GB and a heap snapshot of 200 MB. Build first: `npm run build:cli`.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { daily } from '../builders/tokens.ts';

const root = resolve(import.meta.dirname, '../..');
const large = process.argv.includes('--large');
const given = process.argv
  .slice(2)
  .map(Number)
  .filter((megabytes) => megabytes > 0);
const sizes = given.length > 0 ? given : large ? [10, 100, 1000] : [10, 100];
const folder = mkdtempSync(join(tmpdir(), 'roomkey-bench-'));

try {
  console.log('input             seconds    MB/s   peak MB   beside JSON.parse and the plain pattern');
  for (const megabytes of sizes) {
    const file = join(folder, 'call.har');
    writeHar(file, megabytes * 1e6);
    compare(`HAR ${megabytes} MB`, file);
  }
  if (large) {
    const file = join(folder, 'call.heapsnapshot');
    writeHeapSnapshot(file, 200e6);
    compare('heap 200 MB', file);
  }
} finally {
  rmSync(folder, { recursive: true });
}

function compare(name: string, file: string): void {
  const bytes = statSync(file).size;
  const ours = measure([join(root, 'dist/cli/main.js'), 'scan', file, '--quiet', '--fail-on', 'never']);
  // A string of more than half a gigabyte cannot be made, so larger inputs are compared per megabyte of 100.
  const peer = measure(['--input-type=module', '-e', peerProgram(file, Math.min(bytes, 100e6))]);
  const peerRate = Math.min(bytes, 100e6) / 1e6 / peer.seconds;
  const rate = bytes / 1e6 / ours.seconds;
  console.log(
    `${name.padEnd(16)} ${ours.seconds.toFixed(2).padStart(8)} ${rate.toFixed(0).padStart(7)} ${ours.peak.toFixed(0).padStart(9)}   ${peerRate.toFixed(0)} MB/s, peak ${peer.peak.toFixed(0)} MB; ours is ${(rate / peerRate).toFixed(2)} of it`,
  );
}

/** Parses the same bytes and matches the plain pattern on them. A file that is cut stays JSON by a cheap repair. */
function peerProgram(file: string, bytes: number): string {
  return `
    import { openSync, readSync, statSync } from 'node:fs';
    const buffer = Buffer.alloc(${bytes});
    readSync(openSync(${JSON.stringify(file)}), buffer, 0, ${bytes}, 0);
    let text = buffer.toString('utf8');
    if (statSync(${JSON.stringify(file)}).size > ${bytes}) text = text.slice(0, text.lastIndexOf('\\n{"startedDateTime') - 1) + ']}}';
    try { JSON.parse(text); } catch (error) { if (!/heapsnapshot/.test(${JSON.stringify(file)})) throw error; }
    text.match(/eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*/g);`;
}

function measure(args: string[]): { seconds: number; peak: number } {
  const report = join(folder, 'usage');
  const wrapper = `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)))`;
  const started = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(`import{createRequire}from'node:module';const require=createRequire('file:///');${wrapper}`)}`,
      ...args,
    ],
    { encoding: 'utf8' },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(stderr);
  return { seconds, peak: Number(readFileSync(report, 'utf8')) / 1024 };
}

/** Entries as a call app makes them: scripts, pictures in base64, JSON, and now and then a token. */
function writeHar(file: string, bytes: number): void {
  const script = readFileSync(join(root, 'node_modules/axe-core/axe.js'), 'utf8').slice(0, 600_000);
  const picture = Buffer.from(Uint8Array.from({ length: 150_000 }, (_, i) => (i * 7919) % 251)).toString('base64');
  const rows = JSON.stringify(
    Array.from({ length: 2000 }, (_, id) => ({ id, name: `participant ${id}`, muted: id % 2 === 0 })),
  );
  const headers = Array.from({ length: 15 }, (_, i) => ({
    name: `x-header-${i}`,
    value: `a value of ordinary length ${i}`,
  }));
  const entry = (content: object, url: string) =>
    JSON.stringify({
      startedDateTime: '2026-11-20T12:00:00.000Z',
      time: 12,
      request: { method: 'GET', url, headers, queryString: [], cookies: [], headersSize: -1, bodySize: 0 },
      response: { status: 200, headers, content, redirectURL: '', headersSize: -1, bodySize: -1 },
      cache: {},
      timings: {},
    });
  const bodies = [
    entry({ mimeType: 'text/javascript', text: script }, 'https://call.example/app.js'),
    entry({ mimeType: 'image/png', encoding: 'base64', text: picture }, 'https://call.example/a.png'),
    entry({ mimeType: 'application/json', text: rows }, 'https://call.example/participants'),
    entry(
      { mimeType: 'application/json', text: JSON.stringify({ token: daily.guest() }) },
      `https://call.example/?t=${daily.host()}`,
    ),
  ];
  const handle = openSync(file, 'w');
  let written = writeSync(handle, '{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[\n');
  for (let index = 0; written < bytes; index += 1) {
    written += writeSync(handle, `${index === 0 ? '' : ',\n'}${bodies[index % bodies.length]}`);
  }
  writeSync(handle, ']}}\n');
  closeSync(handle);
}

function writeHeapSnapshot(file: string, bytes: number): void {
  const meta = {
    node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
    node_types: [['hidden', 'array', 'string', 'object'], 'string'],
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [['context', 'element', 'property'], 'string_or_number', 'node'],
  };
  const count = Math.floor(bytes / 110);
  const handle = openSync(file, 'w');
  const list = (name: string, length: number, item: (index: number) => string) => {
    writeSync(handle, `,"${name}":[`);
    for (let start = 0; start < length; start += 10_000) {
      const end = Math.min(length, start + 10_000);
      writeSync(
        handle,
        `${start === 0 ? '' : ',\n'}${Array.from({ length: end - start }, (_, i) => item(start + i)).join(',\n')}`,
      );
    }
    writeSync(handle, ']');
  };
  writeSync(handle, `{"snapshot":{"meta":${JSON.stringify(meta)},"node_count":${count},"edge_count":${count}}`);
  list('nodes', count, (index) => `${index % 2 ? 2 : 3},${index},${index * 2 + 1},32,1,0,0`);
  list('edges', count, (index) => `2,${index},${((index + 1) % count) * 7}`);
  const token = daily.host();
  list('strings', count, (index) =>
    JSON.stringify(index % 50_000 === 7 ? token : `a string of the app, number ${index}, with some words`),
  );
  writeSync(handle, '}');
  closeSync(handle);
}
