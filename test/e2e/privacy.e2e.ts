import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { eventually, extension, openSession, press, reportOf, type Session } from './session.ts';

const manifest = readFileSync(join(extension, 'manifest.json'), 'utf8');
const asked: string[] = [];
// Everything that is not for this machine goes through here, and goes no further.
const proxy = createServer((request, reply) => {
  asked.push(`${request.method} ${request.url}`);
  reply.writeHead(502).end();
});
proxy.on('connect', (request, socket) => {
  asked.push(`CONNECT ${request.url}`);
  socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
});
// Its updates, its clock and its sign-in, which it asks for with or without extensions.
const byTheBrowserItself =
  /^(GET|POST|CONNECT) (https?:\/\/)?(update\.googleapis\.com|clients2\.google\.com|accounts\.google\.com|www\.google\.com:443|android\.clients\.google\.com|msedge\.api\.cdp\.microsoft\.com|edge\.microsoft\.com)/;
let site: CallSite;
let session: Session;

beforeAll(async () => {
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
  session = await openSession({
    url: site.guestUrl,
    args: [`--proxy-server=http://127.0.0.1:${(proxy.address() as AddressInfo).port}`],
  });
  await eventually(async () => expect((await reportOf(session.panel)).tokens.length).toBeGreaterThan(10));
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  proxy.close();
});

test('installing shows no line beyond the one every devtools extension brings', async () => {
  // The browser tells only an extension that may manage others, so another copy of the manifest asks.
  const warnings = await warningsOf(manifest);
  const { devtools_page, manifest_version, name, version } = JSON.parse(manifest) as Record<string, unknown>;
  const bare = await warningsOf(JSON.stringify({ devtools_page, manifest_version, name, version }));
  expect(warnings).toHaveLength(1);
  expect(warnings).toEqual(bare);
});

test('the manifest asks for no site at install', () => {
  const { host_permissions, content_scripts, permissions, optional_host_permissions } = JSON.parse(manifest) as Record<
    string,
    unknown
  >;
  expect([host_permissions, content_scripts]).toEqual([undefined, undefined]);
  expect(permissions).toEqual([
    'cookies',
    'declarativeNetRequestWithHostAccess',
    'scripting',
    'storage',
    'webNavigation',
    'webRequest',
  ]);
  expect(optional_host_permissions).toEqual(['http://*/*', 'https://*/*']);
  expect(manifest).not.toContain('web_accessible_resources');
});

test('nothing like a token is kept in the extension, whatever is pressed', async () => {
  await session.panel.evaluate("document.querySelector('[role=grid] [role=row][id]').click()");
  for (const button of ['Findings', 'Origins', 'Privileges', 'Tokens', 'Rescan']) await press(session.panel, button);
  await session.panel.evaluate(`(() => {
    const choice = [...document.querySelectorAll('select')].find((one) => [...one.options].some(({ value }) => value === 'guest'));
    choice.value = 'guest';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
  })()`);
  await eventually(async () => expect(await everythingKept()).toContain('guest'));
  const kept = await everythingKept();
  for (const { token } of site.guest) {
    expect(kept).not.toContain(token);
    for (const part of token.split('.').filter(({ length }) => length > 20)) expect(kept).not.toContain(part);
  }
  expect(kept).not.toMatch(/eyJ|T1==/);
});

test('no request is made to any other machine', () => {
  expect(asked.filter((request) => !byTheBrowserItself.test(request))).toEqual([]);
});

/** All that the panel's page could have left behind. */
async function everythingKept(): Promise<string> {
  return (await session.panel.evaluate(`(async () => JSON.stringify([
    await chrome.storage.local.get(null),
    await chrome.storage.sync.get(null),
    await chrome.storage.session.get(null),
    { ...localStorage },
    { ...sessionStorage },
    await indexedDB.databases(),
    await caches.keys(),
    document.cookie,
  ]))()`)) as string;
}

async function warningsOf(text: string): Promise<string[]> {
  const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const folder = mkdtempSync(join(tmpdir(), 'roomkey-manager-'));
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: 'Asks about manifests',
      version: '1',
      permissions: ['management'],
      background: { service_worker: 'worker.js' },
    }),
  );
  writeFileSync(join(folder, 'worker.js'), '');
  try {
    const id = await session.browser.installExtension(folder);
    const target = await session.browser.waitForTarget((one) => one.url() === `chrome-extension://${id}/worker.js`);
    const worker = await target.worker();
    if (!worker) throw new Error('the extension that asks did not start');
    return (await worker.evaluate(
      `chrome.management.getPermissionWarningsByManifest(${JSON.stringify(text)})`,
    )) as string[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
