import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, unzipSync, type Zippable, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { daily } from '../builders/tokens.ts';
import { roomkey } from '../doubles/fake-terminal.ts';
import { recording } from './cells.ts';
import { peelings } from './peelings.ts';
import { traceCells } from './recording-cells.ts';

const host = daily.host();
const signature = host.split('.')[2] as string;
const opaque = 'q7Rk2vX9mB4nT8wZ3cLfYd6H';
const utf8 = (text: string) => new TextEncoder().encode(text);
const wide = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
const picture = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, ...utf8('JFIF')]);
const har = (file: string) =>
  JSON.stringify(
    recording({
      url: `https://call.example/?t=${host}`,
      requestHeaders: [{ name: 'X-Api-Key', value: opaque }],
      content: { mimeType: 'application/json', _file: file },
    }),
  );
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-redact-archives-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function redact(name: string, bytes: Uint8Array, ...options: string[]) {
  const path = join(folder, name);
  const output = join(folder, `safe-${name}`);
  rmSync(output, { force: true });
  writeFileSync(path, bytes);
  const { code, complaints } = await roomkey(['redact', path, '--output', output, ...options]);
  const told = complaints.map((line) => line.replaceAll(`${folder}/`, ''));
  return { code, told, output, bytes: existsSync(output) ? new Uint8Array(readFileSync(output)) : null };
}

describe('an archive is redacted file by file', () => {
  const trace: Zippable = {
    'trace.network': utf8(traceCells(host)['trace, header'] ?? ''),
    'trace.trace': utf8(traceCells(opaque)['trace, options'] ?? ''),
    'resources/a1.json': utf8(JSON.stringify({ token: host, note: `it was ${opaque} then` })),
  };
  test.each<[string, Zippable]>([
    ['trace.zip', trace],
    ['call.har.zip', { 'har.har': utf8(har('b2.json')), 'b2.json': utf8(JSON.stringify({ password: opaque })) }],
    [
      'call.saz',
      { 'raw/1_c.txt': utf8(`GET /?t=${host} HTTP/1.1\r\nHost: a.example\r\nCookie: qx=${opaque}\r\n\r\n`) },
    ],
    ['call.chlz', { '0-meta.json': utf8(JSON.stringify({ host: 'a.example', headers: { 'x-api-key': opaque } })) }],
    ['mixed.zip', { 'utf16.log': wide(`token: ${host}\n`), 'call.har.gz': gzipSync(utf8(har('x'))) }],
    ['deep.zip', { 'inner.zip': zipSync({ 'in.zip': zipSync({ 'a.txt': utf8(`password: ${opaque}\n`) }) }) }],
  ])('%s', async (name, files) => {
    const { code, bytes, output } = await redact(name, zipSync(files));
    expect(code).toBe(0);
    const safe = unzipSync(bytes as Uint8Array);
    expect(Object.keys(safe)).toEqual(Object.keys(files));
    for (const text of textsIn(safe)) {
      for (const one of peelings(text, 3)) {
        expect(one).not.toContain(opaque);
        expect(one).not.toContain(signature);
      }
    }
    const { out } = await roomkey(['scan', output, '--format', 'json']);
    for (const { sightings } of JSON.parse(out).tokens) {
      for (const { note } of sightings) expect(note).toBe('token-redacted');
    }
    expect((await redact(`again-${name}`, bytes as Uint8Array)).bytes).toEqual(bytes);
  });

  test('a credential that a later file tells of goes from all', async () => {
    const files = { 'a.txt': utf8(`it was ${opaque} then\n`), 'b.http': utf8(`X-Api-Key: ${opaque}\n`) };
    const safe = unzipSync((await redact('learned.zip', zipSync(files))).bytes as Uint8Array);
    expect(Buffer.from(safe['a.txt'] ?? []).toString()).toBe('it was redacted then\n');
  });

  test('a name that is a token goes, and one of a hostile kind stays', async () => {
    const files = { [`logs/${host}.txt`]: utf8('hello'), constructor: utf8(`password: ${opaque}`) };
    const names = Object.keys(unzipSync((await redact('named.zip', zipSync(files))).bytes as Uint8Array));
    expect(names.join()).not.toContain(signature);
    expect(names).toContain('constructor');
  });

  test('pictures are left out, and said to be', async () => {
    const files = { 'resources/shot.jpeg': picture, 'call.har': utf8(har('x')) };
    const { code, bytes, told } = await redact('shots.zip', zipSync(files));
    expect([code, Object.keys(unzipSync(bytes as Uint8Array))]).toEqual([0, ['call.har']]);
    expect(told[0]).toMatch(/; 1 file left out that is no text, the first shots\.zip\/resources\/shot\.jpeg$/);
  });

  test('without anything to remove it is the very same', async () => {
    const plain = zipSync({ 'a.txt': utf8('nothing here\n') });
    const { bytes, told } = await redact('plain.zip', plain);
    expect([bytes, told]).toEqual([plain, ['roomkey: nothing to remove']]);
  });
});

describe('an archive that cannot be read to its end is refused, and nothing is written', () => {
  const heap = '{"snapshot":{"meta":{"node_fields":[]}},"nodes":[],"edges":[],"strings":["x"]}';
  const encrypted = zipSync({ 'a.txt': utf8(`password: ${opaque}`) }, { level: 0 });
  // The flag of encryption, in the header of the file and in the table of contents (APPNOTE 6.3.10 §4.4.4).
  for (const at of [6, Buffer.from(encrypted).indexOf('PK\u0001\u0002') + 8]) encrypted[at] = (encrypted[at] ?? 0) | 1;
  test.each<[string, Uint8Array, RegExp]>([
    ['memory in it', zipSync({ 'a.heapsnapshot': utf8(heap) }), /a\.heapsnapshot: It holds the memory of a page/],
    ['a database in it', zipSync({ 'a.db': utf8('SQLite format 3\0\x01\x02\x03\xff') }), /a\.db: .*binary file/],
    ['something packed in it', zipSync({ 'a.zst': new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3, 4]) }), /Zstandard/],
    ['something encrypted', encrypted, /a\.txt is encrypted/],
    ['archives too deep', nested(5), /An archive in it was not opened/],
  ])('%s', async (_, bytes, reason) => {
    const { code, told, bytes: written } = await redact('refused.zip', bytes);
    expect([code, written, told.length]).toEqual([2, null, 1]);
    expect(told[0]).toMatch(reason);
    expect(told[0]).toMatch(/--allow-unread/);
    expect((await redact('refused.zip', bytes, '--allow-unread')).code).toBe(0);
  });

  test('one that is cut off', async () => {
    const cut = zipSync({ 'a.txt': utf8(`password: ${opaque}`.repeat(9)) }).subarray(0, 60);
    const { code, told, bytes } = await redact('cut.zip', cut);
    expect([code, bytes]).toEqual([2, null]);
    expect(told[0]).toMatch(/damaged or cut off.*nothing was written/);
  });

  test.each([
    [
      'in a body',
      JSON.stringify(recording({ content: { mimeType: 'application/zip', encoding: 'base64', text: inBase64() } })),
    ],
    ['in a page', `<script>window.report = "data:application/zip;base64,${inBase64()}";</script>`],
  ])('one that stands %s of a text', async (_, text) => {
    const { code, told } = await redact('embedded.txt', utf8(text));
    expect([code, told[0]]).toEqual([2, expect.stringMatching(/An archive in it was not opened/)]);
  });
});

function inBase64(): string {
  return Buffer.from(zipSync({ 'a.txt': utf8(`password: ${opaque}`) })).toString('base64');
}

function nested(levels: number): Uint8Array {
  let bytes = utf8(`password: ${opaque}\n`);
  for (let level = 0; level < levels; level += 1)
    bytes = new Uint8Array(zipSync({ [level === 0 ? 'a.txt' : 'a.zip']: bytes }));
  return bytes;
}

/** Every text of a copy, archives in it unpacked; what is in gzip the peelings undo. */
function textsIn(files: Record<string, Uint8Array>): string[] {
  return Object.values(files).flatMap((bytes) => {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return textsIn(unzipSync(bytes));
    const text = Buffer.from(bytes).toString(bytes[0] === 0xff ? 'utf16le' : 'utf8');
    return [text, Buffer.from(bytes).toString('base64')];
  });
}
