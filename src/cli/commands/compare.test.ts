import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dailyHost, dailyToken, streamToken } from '../../../test/builders/join-tokens.ts';
import { roomkey } from '../../../test/doubles/fake-terminal.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-compare-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const host = dailyHost({ ud: 'ada', u: 'Ada' });
const guest = dailyToken({ u: 'Grace' });

function file(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A recording of a page that sends this token in a header, which no finding is worse than low about. */
function har(name: string, token: string | null): string {
  const url = `https://call.example/${name.replace(/\..*/, '')}`;
  const headers = token === null ? [] : [{ name: 'Authorization', value: `Bearer ${token}` }];
  const entry = {
    pageref: 'page_1',
    startedDateTime: '2026-11-20T11:59:00.000Z',
    request: { method: 'GET', url: `${url}/api`, headers },
    response: { status: 204, headers: [], content: {} },
  };
  const pages = [{ id: 'page_1', title: url, startedDateTime: '2026-11-20T11:59:00.000Z' }];
  return file(name, JSON.stringify({ log: { version: '1.2', pages, entries: [entry] } }));
}

test('a host’s and a guest’s seat are told, whichever is named first, with exit code 0', async () => {
  const [a, b] = [har('host.har', host), har('guest.har', guest)];
  const { code, out, complaints } = await roomkey(['compare', a, b]);
  expect(complaints).toEqual([]);
  expect(code).toBe(0);
  expect(out).toMatch(/^host\.har is the host’s seat, guest\.har a guest’s: no token of guest\.har grants /);
  expect(out).toMatch(/^≠ +May record the call +yes +depends$/m);
  expect(out).toMatch(/^ +Room +standup +standup$/m);
  const turned = await roomkey(['compare', b, a, '--format', 'json']);
  expect(turned.code).toBe(0);
  expect(JSON.parse(turned.out)).toMatchObject({
    seats: ['guest.har', 'host.har'],
    verdict: { outcome: 'host-and-guest', host: 'host.har', guest: 'guest.har' },
    rows: [{ title: 'Daily call token', cells: [{ role: 'participant' }, { role: 'host' }] }],
  });
  for (const token of [host, guest]) expect(out + turned.out).not.toContain(token.slice(0, 40));
  expect(await roomkey(['compare', a, b, '--quiet'])).toEqual({ code: 0, out: '', complaints: [] });
});

test('where it is quiet, and who is who cannot be told, why is said all the same', async () => {
  const [a, none] = [har('host.har', host), har('none.har', null)];
  const { out: loud } = await roomkey(['compare', a, none]);
  const { code, out, complaints } = await roomkey(['compare', a, none, '--quiet']);
  expect([code, out]).toEqual([2, '']);
  expect(complaints).toEqual([`roomkey: ${loud.split('\n')[0]}`]);
});

test('reports that were saved compare as what they were made of, packed and from standard input, too', async () => {
  const [a, b] = [har('host.har', host), har('guest.har', guest)];
  const saved = (await roomkey(['scan', b, '--format', 'json', '--fail-on', 'never'])).out;
  const packed = file('guest-report.json.gz', gzipSync(saved));
  expect(await roomkey(['compare', a, packed])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^host\.har is the host’s seat, guest-report\.json\.gz a guest’s/),
  });
  expect(await roomkey(['compare', '-', a], saved)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^host\.har is the host’s seat, standard input a guest’s/),
  });
});

test.each<[what: string, a: string, b: string | null, code: number, says: RegExp]>([
  ['two hosts', host, dailyHost({ ud: 'lin' }), 1, /^Both a\.har and b\.har hold a host token/],
  ['two guests', guest, dailyToken({ ud: 'lin' }), 1, /^Neither a\.har nor b\.har holds a host token/],
  ['the same token', host, host, 1, /hold the same token/],
  ['other rooms', host, dailyToken({ r: 'retro' }), 1, /not seats of one call/],
  ['roles that are not told', streamToken(), streamToken({ user_id: 'x' }), 2, /^It cannot be told which/],
  ['no token', host, null, 2, /^b\.har holds no call token/],
])('%s', async (_, a, b, code, says) => {
  const ran = await roomkey(['compare', har('a.har', a), har('b.har', b)]);
  expect(ran.out).toMatch(says);
  expect(ran.code).toBe(code);
});

test('what could not be read is exit code 2, unless it is allowed', async () => {
  const a = har('host.har', host);
  const report = JSON.parse((await roomkey(['scan', har('guest.har', guest), '--format', 'json'])).out);
  report.problems.push({ code: 'frame-unreadable', message: 'A frame was not read.', offset: null, subject: null });
  const b = file('guest-report.json', JSON.stringify(report));
  const ran = await roomkey(['compare', a, b]);
  expect(ran.code).toBe(2);
  expect(ran.out).toContain('Not all of guest-report.json was looked at. A frame was not read.');
  expect((await roomkey(['compare', a, b, '--allow-unread'])).code).toBe(0);
  const cut = file('cut.har', readFileSync(a, 'utf8').slice(0, -30));
  expect(await roomkey(['compare', cut, har('guest.har', guest), '--allow-unread'])).toMatchObject({
    code: 2,
    complaints: [expect.stringMatching(/cut\.har .*/)],
  });
});

test('expectations are saved that scan holds, and that fail with the files turned', async () => {
  const [a, b] = [har('host.har', host), har('guest.har', guest)];
  const path = join(folder, 'call.expect.json');
  const refused = await roomkey(['compare', a, b, '--save', path]);
  expect(refused.code).toBe(2);
  expect(refused.complaints).toEqual([
    expect.stringMatching(/^roomkey: nothing was saved: .* would count as right; --accept/),
  ]);
  expect(existsSync(path)).toBe(false);
  expect(await roomkey(['compare', a, b, '--save', path, '--accept'])).toMatchObject({ code: 0, complaints: [] });
  const scan = (...files: string[]) => roomkey(['scan', ...files, '--expect', path, '--fail-on', 'never']);
  expect(await scan(a, b)).toMatchObject({ code: 0, out: expect.stringContaining('4 of 4 expectations held') });
  har('host.har', guest);
  har('guest.har', host);
  expect(await scan(a, b)).toMatchObject({ code: 1, out: expect.stringContaining('0 of 4 expectations held') });
});

test('of what is no host’s and guest’s seat nothing is saved, and nothing that was there is lost', async () => {
  const path = file('kept.json', 'kept');
  const [a, b] = [har('host.har', host), har('second.har', dailyHost({ ud: 'lin' }))];
  expect(await roomkey(['compare', a, b, '--save', path, '--accept'])).toMatchObject({
    code: 1,
    complaints: [expect.stringMatching(/^roomkey: nothing was saved: Both /)],
  });
  const [c, d] = [har('c.har', streamToken()), har('d.har', streamToken({ user_id: 'x' }))];
  expect(await roomkey(['compare', c, d, '--save', path, '--accept'])).toMatchObject({
    code: 2,
    complaints: [expect.stringMatching(/are alike/)],
  });
  expect(readFileSync(path, 'utf8')).toBe('kept');
});

test.each<[string, () => string[], RegExp]>([
  ['one input', () => ['compare', 'x'], /compare needs two inputs/],
  ['three inputs', () => ['compare', 'x', 'y', 'z'], /compare needs two inputs/],
  ['standard input twice', () => ['compare', '-', '-'], /only once/],
  ['--accept alone', () => ['compare', 'x', 'y', '--accept'], /--accept goes with --save/],
  ['a format that there is not', () => ['compare', 'x', 'y', '--format', 'csv'], /--format takes text or json/],
  ['an input that is not there', () => ['compare', har('a.har', host), join(folder, 'gone.har')], /does not exist/],
  ['an input as the file to write', () => ['compare', har('a.har', host), 'y', '--save', har('a.har', host)], /lost/],
])('%s is exit code 2 and a line', async (_, args, line) => {
  const { code, complaints } = await roomkey(args());
  expect(code).toBe(2);
  expect(complaints.join('\n')).toMatch(line);
});

test('a saved report in a folder or of another version, whose tokens are masked, is never taken for a file without any', async () => {
  const [a, b] = [har('host.har', host), har('guest.har', guest)];
  const saved = (await roomkey(['scan', a, '--format', 'json', '--fail-on', 'never'])).out;
  const seat = join(folder, 'guest-seat');
  mkdirSync(seat);
  writeFileSync(join(seat, 'guest.har'), readFileSync(b));
  expect((await roomkey(['compare', a, seat])).code).toBe(0);
  writeFileSync(join(seat, 'before.json'), saved);
  const { code, complaints } = await roomkey(['compare', a, seat]);
  expect(code).toBe(2);
  expect(complaints.join()).toMatch(/before\.json is a saved report that was not read as one: give it by its own name/);
  const newer = file('newer.json', saved.replace(/"version": ?1\b/, '"version": 2'));
  expect((await roomkey(['compare', a, newer])).complaints.join()).toContain(
    'newer.json is a saved report that was not',
  );
});
