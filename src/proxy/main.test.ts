import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { accessKey } from '../../test/doubles/proxy-client.ts';
import { tryFileText as readText } from '../cli/read-file.ts';
import { runProxy } from './main.ts';

describe('a configuration file that cannot be used', () => {
  const folder = mkdtempSync(join(tmpdir(), 'roomkey-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const secret = 'planted-secret-0123456789';
  const fileOf = (text: string | Buffer) => {
    const path = join(folder, 'config.json');
    writeFileSync(path, text);
    return path;
  };

  test.each([
    [
      'content in place of the name',
      () => `{"keys":[{"provider":"jitsi","secret":"${secret}"}]}`,
      /does not hold its content/,
    ],
    ['content in place of the name, as a list', () => ` [{"secret":"${secret}"}]`, /does not hold its content/],
    ['a key in place of the name', () => secret, /cannot be read/],
    ['a folder', () => folder, /cannot be read/],
    ['half a file', () => fileOf(`{"keys":[{"provider":"jitsi","secret":"${secret}"`), /not valid JSON/],
    ['an empty file', () => fileOf(''), /not valid JSON/],
    [
      'a member twice',
      () => fileOf(`{"keys":[{"provider":"jitsi","secret":"${secret}","audience":["a"],"audience":["b"]}]}`),
      /says keys\.0\.audience twice/,
    ],
    ['bytes that are no text', () => fileOf(Buffer.from([0x7b, 0xff, 0x00])), /cannot be read: it is no text in UTF-8/],
    ['a list', () => fileOf(`["${secret}"]`), /must hold a JSON object/],
  ])('%s: the command says so, and repeats nothing of it', async (_, config, says) => {
    const lines: string[] = [];
    const environment = { ROOMKEY_ACCESS_KEYS: accessKey, ROOMKEY_PORT: '0', ROOMKEY_CONFIG: config() };
    expect(await runProxy(environment, readText, (line) => lines.push(line))).toBe(2);
    expect(lines.join('\n')).toMatch(says);
    expect(lines.join('\n')).not.toContain('planted-secret');
  });
});

test('a promise that nobody waited for ends no server, and its words are not logged', async () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const script = `
    const { runProxy } = await import(${JSON.stringify(main)});
    await runProxy(process.env, async () => ({ text: null, reason: 'is not asked for' }));
    void Promise.reject(new RangeError('planted-secret'));
    void Promise.reject('planted-secret');
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    env: { PATH: process.env.PATH, ROOMKEY_ACCESS_KEYS: accessKey, ROOMKEY_PORT: '0' },
  });
  try {
    let out = '';
    child.stderr.on('data', (chunk) => {
      out += chunk;
    });
    const port = await new Promise<number>((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        out += chunk;
        const started = /"port":(\d+)/.exec(out)?.[1];
        if (started && out.includes('"RangeError"') && out.includes('"unknown"')) resolve(Number(started));
      });
      child.on('exit', () => reject(new Error(out)));
    });
    const response = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(await response.json()).toEqual({ status: 'ok' });
    expect(out).not.toContain('planted-secret');
  } finally {
    child.removeAllListeners('exit');
    child.kill('SIGKILL');
  }
}, 60_000);
