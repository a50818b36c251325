import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { accessKey } from '../../test/proxy-client.ts';

test('a promise that nobody waited for ends no server, and its words are not logged', async () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const script = `
    const { runProxy } = await import(${JSON.stringify(main)});
    await runProxy(process.env);
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
