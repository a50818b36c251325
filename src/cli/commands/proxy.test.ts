import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roomkey } from '../../../test/doubles/fake-terminal.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-proxy-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['nobody may ask it', [], {}, 'needs accessKeys or origins'],
  ['the file is missing', ['--config', '/nowhere/keys.json'], {}, '/nowhere/keys.json cannot be read'],
  ['an access key is short', [], { ROOMKEY_ACCESS_KEYS: 'hunter2' }, 'accessKeys'],
  [
    'an origin list alone guards a network',
    ['--host', '0.0.0.0'],
    { ROOMKEY_ORIGINS: 'https://a.example' },
    'accessKeys',
  ],
  ['a variable is misspelt', [], { ROOMKEY_ACCESS_KEY: 'hunter2'.repeat(4) }, 'is ROOMKEY_ACCESS_KEYS meant?'],
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

test('the command listens, warns when others can read along, and ends when told', async () => {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const key = 'an-access-key-of-this-test-0123456789';
  const child = spawn(process.execPath, ['--import', 'tsx', main, 'proxy', '--host', '0.0.0.0', '--port', '0'], {
    env: { PATH: process.env.PATH, ROOMKEY_ACCESS_KEYS: key, ROOMKEY_JITSI_SECRET: 'a-secret-of-this-test' },
  });
  try {
    let complaints = '';
    child.stderr.on('data', (chunk) => {
      complaints += chunk;
    });
    const port = await new Promise<number>((resolve, reject) => {
      let out = '';
      child.stdout.on('data', (chunk) => {
        out += chunk;
        const found = /"port":(\d+)/.exec(out)?.[1];
        if (found && out.includes('"warning"')) resolve(Number(found));
      });
      child.on('exit', () => reject(new Error(complaints)));
    });
    const response = await fetch(`http://127.0.0.1:${port}/introspect`, {
      method: 'POST',
      body: new URLSearchParams({ token: 'x' }),
      headers: { authorization: `Bearer ${key}` },
    });
    expect(await response.json()).toMatchObject({ active: false });
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(complaints).toMatch(/put HTTPS in front/);
    expect(complaints).not.toContain(key);
  } finally {
    child.kill('SIGKILL');
  }
}, 60_000);
