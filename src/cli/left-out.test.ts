import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { daily } from '../../test/builders/tokens.ts';
import { roomkey } from '../../test/doubles/fake-terminal.ts';
import { maskToken } from '../engine/redact/mask.ts';
import type { ReportDocument } from '../engine/report/report-document.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with these files, each of which holds a token unless its text is given. */
function folderOf(files: Record<string, string | null>): string {
  const folder = mkdtempSync(join(tmpdir(), 'roomkey-left-out-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text ?? daily.guest());
  }
  return folder;
}

/** Names of what is searched, and what is said beside. */
async function scanned(folder: string, ...options: string[]) {
  const args = ['scan', '--format', 'json', '--fail-on', 'never', ...options, folder];
  const { code, out, complaints } = await roomkey(args);
  const { inputs = [] } = (out ? JSON.parse(out) : {}) as Partial<ReportDocument>;
  const inside = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
  return { code, names: inputs.map(({ name }) => inside(name)), complaints: complaints.map(inside) };
}

test('code of others and history are passed over, which is said in a line each; what git ignores is searched', async () => {
  const folder = folderOf({
    '.gitignore': 'call.log\n',
    'call.log': null,
    'node_modules/a/b.js': null,
    'packages/x/node_modules/c.js': null,
    '.git/config': null,
    'src/a.ts': null,
  });
  expect(await scanned(folder)).toEqual({
    code: 0,
    names: ['.gitignore', 'call.log', 'src/a.ts'],
    complaints: [
      'roomkey: passed over in folders: .git, 1 in all, the first .git',
      'roomkey: passed over in folders: node_modules, 2 in all, the first node_modules',
    ],
  });
});

test('a folder of others that is named is searched', async () => {
  const folder = folderOf({ 'node_modules/a/b.js': null });
  expect((await scanned(join(folder, 'node_modules'))).names).toEqual(['a/b.js']);
});

test.each<[glob: string[], names: string[]]>([
  [['*.log'], ['a/b/c.txt', 'a/c.txt', 'd.txt']],
  [['/a/'], ['d.txt', 'e.log']],
  [
    ['**/c.txt', 'e.log'],
    ['a/b/x.log', 'd.txt'],
  ],
  [['a/b'], ['a/c.txt', 'd.txt', 'e.log']],
  [['nothing/*.txt'], ['a/b/c.txt', 'a/b/x.log', 'a/c.txt', 'd.txt', 'e.log']],
])('--exclude leaves out what a .gitignore of the folder would: %s', async (globs, names) => {
  const folder = folderOf({ 'a/b/c.txt': null, 'a/b/x.log': null, 'a/c.txt': null, 'd.txt': null, 'e.log': null });
  const { complaints, ...others } = await scanned(folder, ...globs.flatMap((glob) => ['--exclude', glob]));
  expect(others).toEqual({ code: 0, names });
  expect(complaints.join()).toMatch(names.length === 5 ? /^$/ : /what --exclude names, \d in all, the first /);
});

test('ignore files hold for their folder and those in it, and say what they left out', async () => {
  const folder = folderOf({
    '.roomkeyignore': '# build\n/dist/\n*.map\n!keep.map\n',
    'dist/a.js': null,
    'a.map': null,
    'keep.map': null,
    'sub/.roomkeyignore': 'only-here.txt\n',
    'sub/only-here.txt': null,
    'only-here.txt': null,
    'sub/dist/b.js': null,
  });
  const { names, complaints } = await scanned(folder);
  expect(names).toEqual(['.roomkeyignore', 'keep.map', 'only-here.txt', 'sub/.roomkeyignore', 'sub/dist/b.js']);
  expect(complaints).toEqual(['roomkey: passed over in folders: what .roomkeyignore names, 3 in all, the first a.map']);
});

test('what could not be compared in time, or says nothing, is refused', async () => {
  const folder = folderOf({ '.roomkeyignore': 'a*b*c*d*e*f*g*h\n', 'a.txt': null });
  const { code, names, complaints } = await scanned(folder);
  expect(code).toBe(2);
  expect(names).toContain('a.txt');
  expect(complaints).toEqual(['roomkey: .roomkeyignore has more than 6 stars in line 1, so nothing is left out by it']);
  for (const glob of ['', '!a', '*'.repeat(3).split('').join('a').repeat(4)])
    expect(await scanned(folder, '--exclude', glob)).toMatchObject({
      code: 2,
      complaints: [expect.stringContaining('--exclude needs a glob')],
    });
});

test('a saved report whose tokens are masked never passes for a file that holds none', async () => {
  const report = async (...options: string[]) =>
    (await roomkey(['scan', '-', '--format', 'json', '--fail-on', 'never', ...options], daily.host())).out;
  const masked = await report();
  for (const [name, text] of Object.entries({
    'report.json': masked,
    'older.json': masked.replace('https://unpkg.com/roomkey/docs/', 'https://roomkey.example/'),
    'dense.json': JSON.stringify(JSON.parse(masked)),
  })) {
    const folder = folderOf({ [name]: text, 'call.log': null });
    const { code, out, complaints } = await roomkey(['scan', join(folder, name), '--format', 'json']);
    expect([code, complaints]).toEqual([2, [expect.stringMatching(/is a saved report with its tokens masked/)]]);
    expect(JSON.parse(out).inputs).toMatchObject([{ problems: [{ code: 'report-masked' }] }]);
    // Beside recordings it is none, and said to be there.
    expect(await scanned(folder)).toMatchObject({
      code: 0,
      complaints: [
        expect.stringMatching(/^roomkey: passed over in folders: saved reports, masked, 1 in all, the first /),
      ],
    });
  }
  // Nor in any other format, nor in what it was copied into.
  for (const format of ['text', 'markdown', 'csv', 'html', 'sarif']) {
    const text = await report('--format', format);
    const folder = folderOf({ 'report.out': format === 'text' ? `| ${text}` : text });
    const { code, out, complaints } = await roomkey(['scan', join(folder, 'report.out'), '--format', 'json']);
    expect([code, complaints]).toEqual([2, [expect.stringMatching(/shows tokens that are masked/)]]);
    expect(JSON.parse(out).inputs).toMatchObject([{ problems: [{ code: 'report-masked' }] }]);
    expect(await scanned(folder)).toMatchObject({
      code: 0,
      complaints: [expect.stringMatching(/saved reports, masked/)],
    });
    if (format === 'sarif') continue;
    const beside = folderOf({ 'build.log': `${text}\n${daily.host()}\n` });
    const both = await roomkey(['scan', join(beside, 'build.log'), '--format', 'json', '--fail-on', 'never']);
    expect([both.code, both.complaints]).toEqual([0, []]);
    expect(JSON.parse(both.out).inputs).toMatchObject([{ problems: [{ code: 'tokens-masked' }] }]);
  }
  // Nor in a recording or a list of cookies, which are read by their members.
  const shown = maskToken(daily.host());
  const header = (value: string) => ({
    request: { headers: [{ name: 'Authorization', value }], url: 'https://a.example/' },
  });
  const har = (value: string) => JSON.stringify({ log: { version: '1.2', entries: [header(value)] } });
  const cookies = (value: string) => JSON.stringify([{ name: 'auth', value, domain: 'a.example', path: '/' }]);
  const escaped = (text: string) => text.replaceAll('…', '\\u2026');
  for (const [name, text] of Object.entries({
    'call.har': har(`Bearer ${shown}`),
    'address.har': har('none').replace('a.example/', `a.example/?jwt=${encodeURIComponent(shown)}`),
    'cookies.json': cookies(shown),
    'ascii.json': escaped(cookies(shown)),
    'ascii.log': escaped(shown),
    'page.html': `<td>${shown.replaceAll('…', '&hellip;')}</td>`,
  })) {
    const { code, complaints } = await roomkey(['scan', join(folderOf({ [name]: text }), name)]);
    expect([name, code, complaints]).toEqual([name, 2, [expect.stringMatching(/shows tokens that are masked/)]]);
  }
  const mixed = folderOf({ 'call.har': har(`${shown}, ${daily.host()}`) });
  const told = await roomkey(['scan', join(mixed, 'call.har'), '--format', 'json', '--fail-on', 'never']);
  expect(JSON.parse(told.out).inputs).toMatchObject([{ problems: [{ code: 'tokens-masked' }] }]);
  // What only looks like one is searched to its end.
  const lying = folderOf({ 'lying.json': masked.replace(/"policy": "[^"]*"/, `"policy": "${daily.host()}"`) });
  const { code, out } = await roomkey(['scan', join(lying, 'lying.json'), '--format', 'json']);
  expect([code, JSON.parse(out).summary.tokens]).toEqual([2, 1]);
  const whole = folderOf({ 'whole.json': await report('--reveal') });
  expect(await scanned(whole)).toMatchObject({ code: 0, complaints: [] });
});
