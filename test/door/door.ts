import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame } from 'puppeteer-core';
import { daily } from '../builders/tokens.ts';

const root = resolve(import.meta.dirname, '../..');

/** What somebody has who took the source to an empty folder: a clone, or the same files where this is no checkout. */
export function checkOut(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const cloned = spawnSync('git', ['clone', '--quiet', '--no-hardlinks', root, folder], { stdio: 'ignore' });
  if (cloned.status === 0) return;
  const left = /^(?:node_modules|dist|demo-output|\.git)$/;
  cpSync(root, folder, { recursive: true, filter: (path) => !left.test(path.slice(root.length + 1)) });
}

/** The blocks of a README, or of another page, that are typed into a shell, as they stand there. */
export function shellBlocks(folder: string, page = 'README.md'): string[] {
  const text = readFileSync(join(folder, page), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
}

/** What the lines about the command line take for granted: a recorded call, what a guest's page stores, and what is expected of it. */
export function writeRecordings(folder: string, now: number): void {
  // Of yesterday: a recording with a token that still lives ends with 1, as it should.
  const guest = daily.guest({ iat: now - 90_000, exp: now - 86_400 });
  const request = {
    method: 'GET',
    url: 'https://acme.daily.co/api',
    headers: [{ name: 'Authorization', value: `Bearer ${guest}` }],
  };
  const entry = {
    startedDateTime: new Date(now * 1000).toISOString(),
    request,
    response: { status: 204, headers: [], content: {} },
  };
  const stored = [{ origin: 'https://call.example', localStorage: [{ name: 'room', value: 'standup' }] }];
  const files = {
    'call.har': { log: { version: '1.2', entries: [entry] } },
    'state.json': { cookies: [], origins: stored },
    'guest.json': { expect: [{ name: 'no host token', where: {}, none: { role: ['host', 'server'] } }] },
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
}

/** Runs a block as it is typed, without a screen. Throws with its last lines where it fails. */
export function typeIn(folder: string, block: string): Promise<string> {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, VITEST: ___, NODE_ENV: ____, ...env } = process.env;
  const shell = spawn('bash', ['-e', '-c', block], { cwd: folder, env: { ...env, npm_config_prefer_offline: 'true' } });
  let out = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (data) => (out += String(data)));
  return new Promise((done, fail) => {
    shell.on('error', fail);
    shell.on('close', (code) =>
      code === 0
        ? done(out)
        : fail(new Error(`ended with ${code}: ${block}\n${out.split('\n').slice(-20).join('\n')}`)),
    );
  });
}

/** The first row of the panel’s list, as text, once there is one. */
export async function firstRow(panel: Frame, seconds = 30): Promise<string> {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    const row = await panel.evaluate("document.querySelector('.grid [role=row][id]')?.textContent ?? ''");
    if (row) return String(row);
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error(`The panel listed nothing in ${seconds} s.`);
}

export const isThere = (folder: string, path: string): boolean => existsSync(join(folder, path));
