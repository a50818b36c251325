import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, type Zippable, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { daily } from '../../test/builders/tokens.ts';
import { roomkey } from '../../test/doubles/fake-terminal.ts';
import type { ReportDocument } from '../engine/report/report-document.ts';
import { archiveParts } from '../inputs/archive.ts';
import { asInputError } from '../inputs/gather.ts';
import { readFiles } from '../panel/workers/read-files.ts';

const [host, guest] = [daily.host(), daily.guest()];
const utf8 = (text: string) => new TextEncoder().encode(text);
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-archives-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Read {
  tokens: { token: string; input: string | undefined; source: string }[];
  inputs: { name: string; kind: string; problems: string[] }[];
}

/** What the command line reads, and with which exit code it ends. */
async function scanned(name: string, bytes: Uint8Array): Promise<Read & { code: number }> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const { code, out } = await roomkey(['scan', '--format', 'json', '--reveal', '--fail-on', 'never', path]);
  const { tokens, inputs } = JSON.parse(out) as ReportDocument;
  const named = (input: string | null | undefined) => input?.slice(folder.length + 1);
  return {
    code,
    tokens: tokens.flatMap(({ token, sightings }) =>
      sightings.map(({ input, source }) => ({ token: token ?? '', input: named(input), source })),
    ),
    inputs: inputs.map(({ name, kind, problems }) => ({
      name: named(name) ?? '',
      kind,
      problems: problems.map(({ message }) => message.replaceAll(`${folder}/`, '')),
    })),
  };
}

/** What the panel reads of the same file. */
async function opened(name: string, bytes: Uint8Array): Promise<Read> {
  const { sightings, inputs } = await readFiles([new File([new Uint8Array(bytes)], name)], 0);
  return {
    tokens: sightings.map(({ token, input, place }) => ({ token, input, source: place.source })),
    inputs: inputs.map(({ name, kind, problems }) => ({
      name,
      kind,
      problems: problems.map(({ message }) => message),
    })),
  };
}

/** Both agree; what they read. */
async function read(name: string, bytes: Uint8Array): Promise<Read & { code: number }> {
  const both = await scanned(name, bytes);
  const { tokens, inputs } = await opened(name, bytes);
  const byText = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  expect({ tokens: tokens.sort(byText), inputs }).toEqual({
    tokens: [...both.tokens].sort(byText),
    inputs: both.inputs,
  });
  return both;
}

const har = JSON.stringify({
  log: { entries: [{ request: { url: `https://call.example/?t=${host}`, method: 'GET', headers: [] }, response: {} }] },
});
const message = `GET / HTTP/1.1\r\nHost: call.example\r\nAuthorization: Bearer ${guest}\r\n\r\n`;

test.each<[what: string, options: Zippable]>([
  ['deflated', { 'call.har': utf8(har), 'raw/1_c.txt': utf8(message) }],
  ['stored', { 'call.har': [utf8(har), { level: 0 }], 'raw/1_c.txt': [utf8(message), { level: 0 }] }],
  ['named by other letters', { 'call.har': utf8(har), 'raw/1_c.txt': utf8(message), 'ünï/空.txt': utf8('') }],
])('each file of an archive is read as what it is: %s', async (_, files) => {
  const { code, tokens, inputs } = await read('trace.zip', zipSync(files));
  expect(code).toBe(0);
  expect(tokens).toEqual([
    { token: host, input: 'trace.zip/call.har', source: 'request-url' },
    { token: guest, input: 'trace.zip/raw/1_c.txt', source: 'request-header' },
  ]);
  expect(inputs.slice(0, 2)).toEqual([
    { name: 'trace.zip/call.har', kind: 'har', problems: [] },
    { name: 'trace.zip/raw/1_c.txt', kind: 'http-message', problems: [] },
  ]);
  expect(inputs.at(-1)).toEqual({ name: 'trace.zip', kind: 'archive', problems: [] });
});

describe('what lies deeper', () => {
  const wide = new Uint8Array([
    0xff,
    0xfe,
    ...new Uint8Array(Uint16Array.from(`call ${guest}`, (c) => c.charCodeAt(0)).buffer),
  ]);

  test('gzip and UTF-16 in an archive, and an archive in an archive, are read', async () => {
    const inner = zipSync({ 'app.log': wide, 'call.har.gz': gzipSync(utf8(har)) });
    const { tokens } = await read('outer.zip', zipSync({ 'inner.zip': inner }));
    expect(tokens.map(({ input }) => input)).toEqual(
      expect.arrayContaining(['outer.zip/inner.zip/app.log', 'outer.zip/inner.zip/call.har.gz']),
    );
  });

  test('the fourth archive, one in the other, is not opened, which is said and ends with 2', async () => {
    let bytes = zipSync({ 'call.har': utf8(har) });
    for (let depth = 0; depth < 2; depth += 1) bytes = zipSync({ 'in.zip': bytes });
    expect(await read('three.zip', bytes)).toMatchObject({ code: 0, tokens: [{ token: host }] });
    const { code, tokens, inputs } = await read('four.zip', zipSync({ 'in.zip': bytes }));
    expect([code, tokens]).toEqual([2, []]);
    expect(inputs.flatMap(({ problems }) => problems).join()).toContain('lies in 3 archives, one in the other');
  });

  test('archives that are packed with gzip in between count, too', async () => {
    let bytes = zipSync({ 'call.har': utf8(har) });
    for (let depth = 0; depth < 3; depth += 1) bytes = zipSync({ 'in.zip.gz': gzipSync(bytes) });
    const { code, tokens, inputs } = await scanned('packed.zip', bytes);
    expect([code, tokens]).toEqual([2, []]);
    expect(inputs.flatMap(({ problems }) => problems).join()).toContain('lies in 3 archives, one in the other');
  });

  test('an archive from standard input and from a folder is read', async () => {
    const zip = zipSync({ 'call.har': utf8(har) });
    const args = ['scan', '--format', 'json', '--reveal', '--fail-on', 'never'];
    const piped = await roomkey([...args, '-'], Buffer.from(zip));
    expect(piped).toMatchObject({ code: 0, out: expect.stringContaining('standard input/call.har') });
    mkdirSync(join(folder, 'results'));
    writeFileSync(join(folder, 'results', 'trace.zip'), zip);
    const met = await roomkey([...args, join(folder, 'results')]);
    expect(met).toMatchObject({ code: 0, complaints: [], out: expect.stringContaining('results/trace.zip/call.har') });
  });
});

/** With a member of every header of files set, in the file and in the table of contents. */
function withHeaders(zip: Uint8Array, at: number, value: number): Uint8Array {
  const bytes = zip.slice();
  const view = new DataView(bytes.buffer);
  for (let from = 0; from + 4 <= bytes.length; from += 1) {
    const signature = view.getUint32(from, true);
    if (signature === 0x04034b50) view.setUint16(from + at, value, true);
    if (signature === 0x02014b50) view.setUint16(from + at + 2, value, true);
  }
  return bytes;
}

/** The same archive with another number of files in its table of contents (APPNOTE 6.3.10 §4.3.16). */
function withFiles(archive: Uint8Array, count: number): Uint8Array {
  const bytes = archive.slice();
  const view = new DataView(bytes.buffer);
  view.setUint16(bytes.length - 14, count, true);
  view.setUint16(bytes.length - 12, count, true);
  return bytes;
}

const noise = Uint8Array.from({ length: 500 }, (_, index) => ((index * 7919) % 255) + 1);

const plain = zipSync({ 'a.txt': utf8(`x ${host}`), 'b.txt': utf8(`y ${guest} ${'z'.repeat(5000)}`) });

test.each<[what: string, name: string, bytes: Uint8Array, problem: RegExp]>([
  ['an encrypted file', 'a.zip', withHeaders(plain, 6, 1), /a\.zip\/a\.txt is encrypted, and was not searched/],
  [
    'a file packed otherwise',
    'a.zip',
    withHeaders(plain, 8, 93),
    /is packed in a way that is not read \(method 93 of zip\)/,
  ],
  ['an archive cut off', 'a.zip', plain.subarray(0, -30), /a\.zip is damaged or cut off: its table of contents/],
  ['no more than the beginning of one', 'a.zip', plain.subarray(0, 20), /a\.zip is damaged or cut off/],
  [
    'Zstandard',
    'a.har.zst',
    new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 4, 0, 1]),
    /is packed as Zstandard, which is not read; unpack/,
  ],
  ['xz', 'a.xz', new Uint8Array([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1]), /is packed as xz/],
  [
    'bzip2',
    'a.bz2',
    new Uint8Array([0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 1]),
    /is packed as bzip2/,
  ],
  [
    'two archives, one behind the other',
    'a.zip',
    Buffer.concat([plain, plain]),
    /holds files that its table of contents does not name/,
  ],
  [
    'a table of contents of fewer files',
    'a.zip',
    withFiles(plain, 1),
    /holds files that its table of contents does not name/,
  ],
  ['a table of contents of none', 'a.zip', withFiles(plain, 0), /holds files that its table of contents does not name/],
  [
    'an archive behind a program',
    'a.exe',
    Buffer.concat([utf8(`MZ${'\0'.repeat(40)}`), plain]),
    /a zip archive behind it, which was not opened/,
  ],
  ['compress', 'a.Z', new Uint8Array([0x1f, 0x9d, 0x90, 65, 66, 67]), /is packed as compress/],
  ['lzip', 'a.lz', new Uint8Array([0x4c, 0x5a, 0x49, 0x50, 1, 65, 66]), /is packed as lzip/],
  [
    'a tar archive',
    'a.tar',
    utf8(`a.txt${'\0'.repeat(252)}ustar\0`),
    /is a tar archive; its bytes were searched as text/,
  ],
  ['bytes of noise without a zero', 'a.bin', noise, /is a binary file; its bytes were searched as text/],
  ['7z', 'a.7z', new Uint8Array([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0]), /is packed as 7z/],
])('%s is told, and the search does not end as if there were nothing', async (_, name, bytes, problem) => {
  const { code, inputs } = await read(name, bytes);
  expect(code).toBe(2);
  expect(inputs.flatMap(({ problems }) => problems).join('\n')).toMatch(problem);
});

test('of an archive with one damaged file the others are read', async () => {
  const bytes = plain.slice();
  const at = Buffer.from(bytes).lastIndexOf('b.txt', bytes.length - 120);
  bytes.fill(0xff, at + 8, at + 20);
  const { code, tokens, inputs } = await scanned('a.zip', bytes);
  expect(code).toBe(2);
  expect(tokens.map(({ input }) => input)).toEqual(['a.zip/a.txt']);
  expect(inputs.map(({ problems }) => problems.length)).toEqual([0, 1, 0]);
  const inPanel = await opened('a.zip', bytes);
  expect(inPanel.tokens).toEqual(tokens);
  expect(inPanel.inputs.map(({ problems }) => problems)).toEqual(inputs.map(({ problems }) => problems));
});

test('bodies that lie beside a recording in its archive stand in their exchange', async () => {
  const snapshot = (content: object) => ({
    request: { method: 'GET', url: 'https://call.example/join', headers: [] },
    response: { status: 200, headers: [], content },
  });
  const trace = JSON.stringify({ type: 'resource-snapshot', snapshot: snapshot({ _sha1: 'a.json' }) });
  const log = { log: { entries: [snapshot({ mimeType: 'application/json', _file: 'b.json' })] } };
  const { tokens, inputs } = await read(
    'beside.zip',
    zipSync({
      'trace.network': utf8(trace),
      'resources/a.json': utf8(JSON.stringify({ token: host })),
      'run/call.har': utf8(JSON.stringify(log)),
      'run/b.json': utf8(JSON.stringify({ token: guest })),
      'raw/7_c.txt': utf8('GET https://call.example/rooms HTTP/1.1\r\nHost: call.example\r\n\r\n'),
      'raw/7_s.txt': utf8(`HTTP/1.1 200 OK\r\nX-Token: ${daily.guest({ r: 'fiddler' })}\r\n\r\n`),
    }),
  );
  expect(tokens.map(({ input, source }) => `${input} ${source}`)).toEqual(
    expect.arrayContaining([
      'beside.zip/trace.network response-body',
      'beside.zip/run/call.har response-body',
      'beside.zip/raw/7_s.txt response-header',
    ]),
  );
  expect(inputs.flatMap(({ problems }) => problems)).toEqual([]);
});

test('bodies in the folder of a recording are read with it where the folder is given, and missed where the file alone is', async () => {
  const here = join(folder, 'run');
  mkdirSync(join(here, 'out'), { recursive: true });
  const entry = (file: string) => ({
    request: { method: 'GET', url: 'https://call.example/join', headers: [] },
    response: { status: 200, headers: [], content: { mimeType: 'application/json', _file: file } },
  });
  writeFileSync(
    join(here, 'call.har'),
    JSON.stringify({ log: { entries: ['a.json', 'out/b.json', 'left.json'].map(entry) } }),
  );
  writeFileSync(join(here, 'a.json'), JSON.stringify({ token: host }));
  writeFileSync(join(folder, 'outside.json'), JSON.stringify({ token: guest }));
  symlinkSync(join(folder, 'outside.json'), join(here, 'out/b.json'));
  writeFileSync(join(here, 'left.json'), JSON.stringify({ token: guest }));
  writeFileSync(join(here, '.roomkeyignore'), 'left.json\n');
  const scanOf = async (path: string) => {
    const { out } = await roomkey(['scan', '--format', 'json', '--fail-on', 'never', path]);
    const { tokens, inputs } = JSON.parse(out) as ReportDocument;
    return {
      places: tokens.flatMap(({ sightings }) => sightings.map(({ source, origin }) => `${source} ${origin}`)),
      problems: inputs.flatMap(({ problems }) => problems.map(({ code, message }) => `${code} ${message}`)),
    };
  };
  const whole = await scanOf(here);
  expect(whole.places).toContain('response-body https://call.example');
  expect(whole.places.filter((place) => place.startsWith('response-body'))).toHaveLength(1);
  expect(whole.problems).toEqual([expect.stringContaining('(out/b.json, left.json), that could not be read with it')]);
  const alone = await scanOf(join(here, 'call.har'));
  expect(alone.places).toEqual([]);
  expect(alone.problems).toEqual([expect.stringContaining('body-elsewhere 3 bodies lie in files of their own')]);
});

test('names and comments of an archive are searched', async () => {
  const files: Zippable = {
    [`${guest}.txt`]: utf8('nothing'),
    'b.txt': [utf8('nothing'), { comment: `for ${host}` }],
    'nothing.txt': [utf8('nothing'), { comment: 'nothing' }],
  };
  const { tokens, code } = await read('named.zip', zipSync(files));
  expect(code).toBe(0);
  expect(tokens.map(({ token, input }) => [token, input])).toEqual([
    [guest, 'named.zip (names and comments)'],
    [host, 'named.zip (names and comments)'],
  ]);
});

test('a file of an archive is unpacked once', async () => {
  const bytes = zipSync({ a: utf8(`${guest} `.repeat(100)), b: utf8('b'.repeat(1000)) });
  const reads: number[] = [];
  const archive = {
    size: bytes.length,
    read: async (at: number, length: number) => {
      reads.push(at);
      return bytes.slice(at, at + length);
    },
  };
  for await (const part of archiveParts('a.zip', archive, asInputError))
    if ('open' in part) for await (const _ of part.open()) expect(part.head.length).toBeGreaterThan(3);
  // A header of 30 bytes and a name of one stand before what is packed.
  expect(reads.filter((at) => at === 31)).toHaveLength(1);
});
