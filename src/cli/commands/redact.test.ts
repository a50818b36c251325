import {
  chmodSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { daily } from '../../../test/builders/tokens.ts';
import { roomkey } from '../../../test/doubles/fake-terminal.ts';
import { recording } from '../../../test/redaction/cells.ts';

const host = daily.host();
const signature = host.split('.')[2] as string;
const opaque = 'q7Rk2vX9mB4nT8wZ3cLfYd6H';
const call = JSON.stringify(
  recording({
    url: `https://call.example/?t=${host}`,
    requestHeaders: [{ name: 'Cookie', value: `s=${host}; theme=dark` }],
    queryString: [{ name: 'password', value: opaque }],
    content: { text: JSON.stringify({ token: host }) },
  }),
  null,
  2,
);
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-redact-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('a copy that is safe to share', () => {
  test.each([
    ['a HAR', call],
    ['a storage state', JSON.stringify({ cookies: [{ name: 's', value: host }], origins: [] })],
    ['a text', `The token is ${host}.\n`],
  ])('of %s holds no live token for scan', async (_, content) => {
    const output = join(folder, 'safe');
    expect((await roomkey(['redact', file('original', content), '--output', output])).code).toBe(0);
    const safe = readFileSync(output, 'utf8');
    expect(safe).not.toContain(signature);
    if (content.startsWith('{')) expect(JSON.parse(safe)).toBeTruthy();
    const { out } = await roomkey(['scan', output, '--format', 'json']);
    const { tokens } = JSON.parse(out);
    expect(tokens.length).toBeGreaterThan(0);
    for (const token of tokens) {
      for (const { note } of token.sightings) expect(note).toBe('token-redacted');
      expect(token.claims.r).toBe('…');
    }
  });

  test('is told about, by kind', async () => {
    const { code, complaints } = await roomkey(['redact', file('told.har', call)]);
    expect([code, complaints]).toEqual([0, ['roomkey: 3 tokens, 1 parameter removed']]);
    expect((await roomkey(['redact', file('plain.txt', 'nothing here\n')])).complaints).toEqual([
      'roomkey: nothing to remove',
    ]);
  });

  test('keeps what the user names, and says so', async () => {
    const { out, complaints } = await roomkey(['redact', file('keep.har', call), '--keep', 'PASSWORD', '--keep', 't']);
    expect(out).toContain(opaque);
    expect(out).toContain(`?t=${host}`);
    expect(JSON.parse(out).log.entries[0].request.headers[1].value).toMatch(
      /^s=eyJ[\w-]+\.[\w-]+\.redacted; theme=dark$/,
    );
    expect(complaints[0]).toMatch(/removed; 2 values kept as asked$/);
  });

  test.each([[['--claims', 'all']], [['--keep', 'all']]])('keeps the claims of tokens with %j', async (options) => {
    const { out } = await roomkey(['redact', file('claims.txt', host), ...options]);
    const [, claims = '', end] = out.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ r: 'standup', u: 'Ada' });
    expect(end).toBe('redacted');
  });

  test.each([
    ['UTF-16 with a mark', Buffer.from(`\ufeff${call}`, 'utf16le'), (bytes: Buffer) => bytes.toString('utf16le')],
    ['UTF-16 without one', Buffer.from(call, 'utf16le'), (bytes: Buffer) => bytes.toString('utf16le')],
    [
      'UTF-16 cut in a character',
      Buffer.from(call, 'utf16le').subarray(0, -1),
      (bytes: Buffer) => bytes.toString('utf16le'),
    ],
    [
      'UTF-16 in the other order',
      Buffer.from(`\ufeff${call}`, 'utf16le').swap16(),
      (bytes: Buffer) => bytes.swap16().toString('utf16le'),
    ],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${call}`), (bytes: Buffer) => bytes.toString()],
    ['one byte a character', Buffer.from(`caf\u00e9 ${call}`, 'latin1'), (bytes: Buffer) => bytes.toString('latin1')],
    ['gzip', gzipSync(call), (bytes: Buffer) => gunzipSync(bytes).toString()],
  ])('is written as the original was: %s', async (_, content, read) => {
    const output = join(folder, 'encoded');
    expect((await roomkey(['redact', file('encoded.har', content), '-o', output])).code).toBe(0);
    const safe = read(readFileSync(output));
    expect(safe).not.toContain(signature);
    expect(safe.slice(0, 30)).toBe(read(content).slice(0, 30));
  });

  test('changes nothing the second time, nor in a file without secrets', async () => {
    const first = (await roomkey(['redact', file('once.har', call)])).out;
    expect((await roomkey(['redact', '-'], first)).out).toBe(first);
    const plain = '\ufeff{ "a":1,\r\n\t"b": "\\u00e9" }\r\n';
    expect((await roomkey(['redact', '-'], plain)).out).toBe(plain);
  });
});

test('a mark before the first line hides nothing in it', async () => {
  const jar = `\ufeffcall.example\tFALSE\t/\tTRUE\t0\tqx\t${opaque}\n`;
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const output = join(folder, 'marked');
    expect((await roomkey(['redact', file('marked.txt', Buffer.from(jar, encoding)), '-o', output])).code).toBe(0);
    expect(readFileSync(output, encoding)).toBe(jar.replace(opaque, 'redacted'));
  }
});

describe('what cannot be read to its end is refused, and nothing is written', () => {
  const body = (text: string) =>
    JSON.stringify(recording({ content: { mimeType: 'application/json', encoding: 'base64', text } }));
  const deep = (levels: number) => {
    let packed = Buffer.from(JSON.stringify({ token: opaque }));
    for (let level = 0; level < levels; level += 1) packed = gzipSync(packed);
    return packed;
  };
  test.each<[string, string | Buffer, RegExp]>([
    ['a binary file', Buffer.from([0, 1, 2, 0, 255, 254, 0, 0]), /is a binary file/],
    [
      'UTF-16 with UTF-8 behind it',
      Buffer.concat([Buffer.from('\ufeffstarted: yes\n', 'utf16le'), Buffer.from(`password: ${opaque}\n`)]),
      /in another encoding/,
    ],
    ['a damaged archive', gzipSync(call).subarray(0, 200), /[Cc]ompressed data is (?:cut off|damaged)/],
    ['an archive in archives', deep(5), /binary file/],
    [
      'a body that is compressed and cut off',
      body(gzipSync(call).subarray(0, 200).toString('base64')),
      /cut off|damaged/,
    ],
    [
      'a body that is encrypted',
      body(Buffer.from(Array.from({ length: 400 }, (_, at) => (at * at * 37 + 11) % 251)).toString('base64')),
      /said to be text/,
    ],
    [
      'a heap snapshot',
      '{"snapshot":{"meta":{"node_fields":[]}},"nodes":[],"edges":[],"strings":["x"]}',
      /memory of a page/,
    ],
    [
      'a net log with what went over its connections',
      `{"constants":{"logEventTypes":{}},\n"events": [\n{"params":{"byte_count":9,"bytes":"${btoa('Cookie: a')}"},"source":{"id":1}}]}\n`,
      /in pieces/,
    ],
    [
      'a flow of mitmproxy with a compressed body',
      Buffer.concat([Buffer.from('99999:7:version;2:20#7:content;9999:'), gzipSync(call), Buffer.from(',}')]),
      /binary file|ompressed/,
    ],
  ])('%s', async (_, content, reason) => {
    const output = join(folder, 'refused');
    const input = file('refusing', content);
    const { code, complaints } = await roomkey(['redact', input, '--output', output]);
    expect([code, existsSync(output), complaints.length]).toEqual([2, false, 1]);
    expect(complaints[0]).toMatch(reason);
    expect(complaints[0]).toMatch(/--allow-unread/);
    const { code: allowed, complaints: told } = await roomkey(['redact', input, '--output', output, '--allow-unread']);
    expect(allowed).toBe(0);
    expect(told[0]).toMatch(/\d values? left unread$/);
    rmSync(output);
  });

  test('but a recording that is cut off is read to its end', async () => {
    const { code, out } = await roomkey(['redact', '-'], `${call.slice(0, call.indexOf('"password"'))}`);
    expect(code).toBe(0);
    expect(out).not.toContain(signature);
  });
});

describe('the original', () => {
  test('is never overwritten, whatever the copy is called', async () => {
    const original = file('keep.har', call);
    const linked = join(folder, 'linked.har');
    const same = join(folder, 'same.har');
    symlinkSync(original, linked);
    linkSync(original, same);
    for (const output of [original, `${folder}/./keep.har`, linked, same]) {
      const { code, complaints } = await roomkey(['redact', original, '--output', output]);
      expect([code, complaints]).toEqual([2, [expect.stringContaining('the original would be lost')]]);
    }
    expect(readFileSync(original, 'utf8')).toBe(call);
  });

  test('and its copy is not more readable', async () => {
    const original = file('mode.har', call);
    chmodSync(original, 0o600);
    const output = file('mode.safe.har', 'old');
    chmodSync(output, 0o666);
    expect((await roomkey(['redact', original, '--output', output])).code).toBe(0);
    expect(statSync(output).mode & 0o777).toBe(0o600);
    const fresh = join(folder, 'mode.fresh.har');
    expect((await roomkey(['redact', original, '--output', fresh])).code).toBe(0);
    expect(statSync(fresh).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['nothing to redact', ['redact'], /needs one file/],
    ['a folder', ['redact', tmpdir()], /is a folder/],
    ['a missing file', ['redact', '/nonexistent'], /\/nonexistent does not exist/],
    ['a wrong choice', ['redact', 'a', '--claims', 'some'], /--claims takes names or all/],
  ])('%s is told in one line', async (_, args, line) => {
    const { code, complaints } = await roomkey(args);
    expect([code, complaints]).toEqual([2, [expect.stringMatching(line)]]);
  });
});

test('a mail with a file that nobody opened is refused', async () => {
  const mail = `From: Kim <kim@call.example>\nSubject: a\nMIME-Version: 1.0\nContent-Type: text/plain\n\nsee below\nbegin 644 a.txt\n#0V%T\n\`\nend\n`;
  const { code, out, complaints } = await roomkey(['redact', file('packed.eml', mail)]);
  expect([code, out]).toEqual([2, '']);
  expect(complaints[0]).toMatch(/cannot be made safe, so nothing was written\. The copy holds .* that was not opened/);
});
