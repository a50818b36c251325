import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roomkey } from '../../../test/fake-terminal.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-proxy-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['nobody may ask it', [], {}, 'needs accessKeys or origins'],
  ['the file is missing', ['--config', '/nowhere/keys.json'], {}, '/nowhere/keys.json cannot be read'],
  ['an access key is short', [], { ROOMKEY_ACCESS_KEYS: 'hunter2' }, 'accessKeys'],
  ['the port is none', ['--port', 'http'], { ROOMKEY_ACCESS_KEYS: 'a'.repeat(24) }, 'port'],
] satisfies [string, string[], Record<string, string>, string][])(
  'the server does not start when %s, and says so without the secret',
  async (_, args, env, words) => {
    const { code, complaints } = await roomkey(['proxy', ...args], '', env);
    expect(code).toBe(2);
    expect(complaints.join()).toContain(words);
    expect(complaints.join()).not.toContain('hunter2');
  },
);

test('a file that is no JSON is named, and its content is not', async () => {
  const file = join(folder, 'keys.json');
  writeFileSync(file, '{"accessKeys": [planted-secret');
  const { code, complaints } = await roomkey(['proxy', '--config', file]);
  expect(code).toBe(2);
  expect(complaints.join()).toContain('is not valid JSON');
  expect(complaints.join()).not.toContain('planted-secret');
});
