import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError } from './usage-error.ts';
import { writeOutput } from './write-output.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-output-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const modeOf = (path: string) => statSync(path).mode & 0o777;
const pieces = async function* (...texts: string[]) {
  for (const one of texts) yield Buffer.from(one);
};

describe('an input is never written over', () => {
  test.each<[string, (input: string) => string]>([
    ['its own name', (input) => input],
    [
      'another spelling of its name',
      (input) => join(folder, '.', 'x', '..', '.').concat('/./', input.slice(folder.length + 1)),
    ],
    [
      'a symbolic link to it',
      (input) => {
        symlinkSync(input, join(folder, 'link'));
        return join(folder, 'link');
      },
    ],
    [
      'a chain of links to it',
      (input) => {
        symlinkSync(input, join(folder, 'second'));
        symlinkSync('second', join(folder, 'first'));
        return join(folder, 'first');
      },
    ],
    [
      'a hard link to it',
      (input) => {
        linkSync(input, join(folder, 'hard'));
        return join(folder, 'hard');
      },
    ],
    [
      'a path through a linked folder',
      (input) => {
        symlinkSync(folder, join(folder, 'again'));
        return join(folder, 'again', input.slice(folder.length + 1));
      },
    ],
  ])('named by %s', async (_, nameOf) => {
    mkdirSync(join(folder, 'x'));
    const input = file('call.har', 'original');
    const output = nameOf(input);
    await expect(writeOutput(output, 'new', { inputs: [join(folder, 'other'), input] })).rejects.toThrow(
      /the original would be lost$/,
    );
    expect(readFileSync(input, 'utf8')).toBe('original');
  });
});

describe('a file is written whole or not at all', () => {
  test('nothing is left of it when its content fails', async () => {
    const output = file('report.txt', 'before');
    const failing = async function* () {
      yield Buffer.from('half');
      throw new TypeError('no more');
    };
    await expect(writeOutput(output, failing(), { inputs: [] })).rejects.toThrow(TypeError);
    expect(readdirSync(folder)).toEqual(['report.txt']);
    expect(readFileSync(output, 'utf8')).toBe('before');
  });

  test('pieces are put together, and links written through', async () => {
    file('kept.txt', 'before');
    symlinkSync('kept.txt', join(folder, 'link'));
    await writeOutput(join(folder, 'link'), pieces('one ', 'two'), { inputs: [] });
    expect(readFileSync(join(folder, 'kept.txt'), 'utf8')).toBe('one two');
    symlinkSync('later.txt', join(folder, 'dangling'));
    await writeOutput(join(folder, 'dangling'), 'new', { inputs: [] });
    expect(readFileSync(join(folder, 'later.txt'), 'utf8')).toBe('new');
    expect(lstatSync(join(folder, 'dangling')).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['dangling', 'kept.txt', 'later.txt', 'link']);
  });
});

describe('others may do no more with the output than with the input', () => {
  test('a new file is for its owner alone', async () => {
    const output = join(folder, 'new');
    await writeOutput(output, 'x', { inputs: [file('input', 'y', 0o644)] });
    expect(modeOf(output)).toBe(0o600);
  });

  test.each([
    [0o644, 0o644, 0o644],
    [0o644, 0o640, 0o640],
    [0o666, 0o600, 0o600],
    [0o600, 0o644, 0o600],
    [0o755, 0o755, 0o644],
  ])('a replaced file of mode %o, made from one of %o, gets %o', async (before, input, after) => {
    const output = file('report', 'before', before);
    await writeOutput(output, 'x', { inputs: [file('input', 'y', input)] });
    expect(modeOf(output)).toBe(after);
  });

  test('what came through a pipe tells no permissions, so none are given', async () => {
    const output = file('report', 'before', 0o644);
    await writeOutput(output, 'x', { inputs: ['/dev/null'] });
    expect(modeOf(output)).toBe(0o600);
  });
});

describe('what cannot be written is said in one line', () => {
  test.each<[string, () => string, RegExp]>([
    ['a folder', () => folder, /is a folder; --output takes a file$/],
    ['a folder that does not exist', () => join(folder, 'none/'), /is a folder/],
    ['a file in a missing folder', () => join(folder, 'none', 'a'), /cannot be written: its folder does not exist$/],
    ['a name that is too long', () => join(folder, 'x'.repeat(300)), /cannot be written \(ENAMETOOLONG\)$/],
    [
      'a link to itself',
      () => {
        symlinkSync('loop', join(folder, 'loop'));
        return join(folder, 'loop');
      },
      /cannot be written \(ELOOP\)$/,
    ],
    ['a file below a file', () => join(file('a', ''), 'b'), /cannot be written \(ENOTDIR\)$/],
  ])('%s', async (_, path, line) => {
    const failure = await writeOutput(path(), 'x', { inputs: [] }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect((failure as UsageError).message).toMatch(line);
    expect((failure as UsageError).message).not.toContain('\n');
  });
});

describe.runIf(process.platform !== 'win32')('pipes and devices are written to as they stand', () => {
  const pipe = () => {
    const path = join(folder, 'pipe');
    spawnSync('mkfifo', [path]);
    return path;
  };

  test('a full device', async () => {
    await expect(writeOutput('/dev/full', 'x', { inputs: [] })).rejects.toThrow('/dev/full cannot be written (ENOSPC)');
    await writeOutput('/dev/null', pieces('x', 'y'), { inputs: ['/dev/null'] });
  });

  test('a pipe with a reader gets all of it', async () => {
    const path = pipe();
    const reader = spawn('cat', [path]);
    const content = 'x'.repeat(1 << 20);
    const [got] = await Promise.all([text(reader.stdout), writeOutput(path, pieces(content, 'end'), { inputs: [] })]);
    expect(got).toBe(`${content}end`);
  });

  test('a reader that leaves early is no failure', async () => {
    const path = pipe();
    const reader = spawn('head', ['-c', '3', path]);
    const [got] = await Promise.all([text(reader.stdout), writeOutput(path, 'x'.repeat(1 << 20), { inputs: [] })]);
    expect(got).toBe('xxx');
  });

  test('a pipe that nobody reads is not waited for without end', { timeout: 30_000 }, async () => {
    await expect(writeOutput(pipe(), 'x', { inputs: [] })).rejects.toThrow(/is a pipe that nobody reads$/);
  });
});
