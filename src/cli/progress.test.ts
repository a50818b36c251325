import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';
import { gather } from './reading/gather.ts';

function watched() {
  const lines: string[] = [];
  let second = 0;
  const progress = createProgress({ progress: (line) => lines.push(line), now: () => second });
  const show = (name: string, read: number, bytes: number | null) => {
    second += 1;
    progress?.show(name, read, bytes);
  };
  return { lines, show, progress };
}

test('one file shows how much of it was read', () => {
  const { lines, show } = watched();
  show('call.har', 25e6, 100e6);
  show('call.har', 200e6, 100e6);
  show('standard input', 5e6, null);
  expect(lines).toEqual([
    '██████░░░░░░░░░░░░░░░░░░ 25 % 25 MB of call.har',
    `${'█'.repeat(24)} 100 % 200 MB of call.har`,
    '2 files, 205 MB; standard input',
  ]);
});

test('several files are counted, and a large one among them has its bar', () => {
  const { lines, show } = watched();
  for (let file = 1; file <= 1500; file += 1) show(`src/${file}.ts`, 1e6, 1e6);
  show('recordings/call.har', 50e6, 100e6);
  expect(lines.at(-2)).toBe('1,500 files, 1,500 MB; src/1500.ts');
  expect(lines.at(-1)).toBe('████████████░░░░░░░░░░░░ 50 % 1,501 files, 1,550 MB; recordings/call.har');
});

test('it is written once a second, steers no terminal, and is nothing where nobody watches', () => {
  const lines: string[] = [];
  const progress = createProgress({ progress: (line) => lines.push(line), now: () => 7 });
  for (let read = 0; read < 1000; read += 1) progress?.show('a\u001b[2Jb\nc', read, null);
  progress?.clear();
  expect(lines).toHaveLength(2);
  expect(lines[0]).not.toMatch(/[\n\u001b]/);
  expect(lines[1]).toBe('');
  expect(createProgress({ progress: null, now: () => 7 })).toBeNull();
});

test('a folder tells of every file that it has', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'roomkey-progress-'));
  try {
    for (const name of ['a', 'b', 'c']) {
      mkdirSync(join(folder, name));
      for (let file = 0; file < 20; file += 1) writeFileSync(join(folder, name, `${file}.ts`), 'export {};\n');
    }
    const lines: string[] = [];
    let second = 0;
    const terminal = {
      stdin: Readable.from([]),
      print: () => {},
      complain: () => {},
      width: 100,
      color: false,
      env: {},
      progress: (line: string) => void lines.push(line),
      now: () => {
        second += 1;
        return second;
      },
    };
    await gather([folder], terminal, { now: 0, progress: true, output: null });
    expect(lines.at(-2)).toMatch(/^60 files, 0 MB; .*9\.ts$/);
    expect(lines.at(-1)).toBe('');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
