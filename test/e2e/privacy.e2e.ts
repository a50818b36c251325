import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantedVariant, type Variant } from '../browser/granted-variant.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { eventually, extension, openSession, press, reportOf, type Session, shownText } from './session.ts';

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
const traceBox = `[...document.querySelectorAll('#roomkey-settings label')].find((one) => one.textContent.includes('Trace which')).querySelector('input')`;
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
  await session.panel.evaluate("document.querySelector('.grid [role=row][id]').click()");
  for (const button of ['Findings', 'Origins', 'Privileges', 'Tokens', 'Rescan']) await press(session.panel, button);
  await session.panel.evaluate(`(() => {
    const choice = [...document.querySelectorAll('select')].find((one) => [...one.options].some(({ value }) => value === 'guest'));
    choice.value = 'guest';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
  })()`);
  await eventually(async () => expect(await everythingKept()).toContain('guest'));
  for (const button of [/^Expectations/, /^Expect what I see/, 'Expect anyway']) await press(session.panel, button);
  await eventually(async () => expect(await everythingKept()).toContain(`"expectations ${site.origins.app}"`));
  const kept = await everythingKept();
  for (const { token } of site.guest) {
    expect(kept).not.toContain(token);
    for (const part of token.split('.').filter(({ length }) => length > 20)) expect(kept).not.toContain(part);
  }
  expect(kept).not.toMatch(/eyJ|T1==/);
});

describe('of a run with requests, every kind of place, messages and the trace', () => {
  const profile = mkdtempSync(join(tmpdir(), 'roomkey-kept-'));
  let variant: Variant;
  let run: Session;

  beforeAll(async () => {
    variant = grantedVariant(extension);
    run = await openSession({ url: site.lobbyUrl, extension: variant.extension, profile });
  });

  afterAll(async () => {
    await run?.close();
    variant?.remove();
    rmSync(profile, { recursive: true, force: true });
  });

  /** Names of the sources in which a token was found. */
  async function sourcesOf(text: string): Promise<string[]> {
    const { tokens } = await reportOf(run.panel);
    return tokens.find(({ token }) => token === text)?.sightings.map(({ source }) => source) ?? [];
  }

  test('nothing like a token is in the storage of the extension', async () => {
    const { tokens } = site;
    await press(run.panel, 'Settings');
    await eventually(async () => expect(await run.panel.evaluate(`Boolean(${traceBox})`)).toBe(true));
    await run.panel.evaluate(`${traceBox}.click()`);
    await run.page.goto(site.greenRoomUrl);
    await eventually(async () => {
      expect(await sourcesOf(tokens.toStage)).toContain('message');
      expect(await sourcesOf(tokens.offline)).toContain('indexed-db');
      expect(await sourcesOf(tokens.seat)).toContain('cache-storage');
      expect(await sourcesOf(tokens.rehearsal)).toContain('page-content');
    });
    await run.page.goto(site.listenerUrl);
    await eventually(async () => expect(await shownText(run.panel)).toMatch(/Traced: \d document/));
    await run.page.click('#listen');
    await eventually(async () =>
      expect(await sourcesOf(tokens.listening)).toEqual(
        expect.arrayContaining(['response-body', 'websocket-message', 'traced-call']),
      ),
    );
    await press(run.panel, 'Rescan');
    await run.panel.evaluate(`[...document.querySelectorAll('#roomkey-settings input[name=roomkey-mark]')][1].click()`);
    await eventually(async () => expect(await everythingKept(run)).toContain('guest'));
    const kept = await everythingKept(run);
    for (const token of Object.values(tokens).filter((one) => typeof one === 'string'))
      for (const piece of piecesOf(token)) expect(kept).not.toContain(piece);
    expect(kept).not.toMatch(/eyJ|T1==/);
  });

  test('nor, once the browser is closed, anything in its profile of tokens that the pages did not store themselves', async () => {
    const { id } = (await run.panel.evaluate('({ id: chrome.runtime.id })')) as { id: string };
    await run.close();
    const files = filesBelow(profile);
    const holding = (needles: readonly string[]) =>
      files.filter((file) => {
        const text = readFileSync(file, 'latin1');
        return needles.some((one) => text.includes(one) || text.includes([...one].join('\0')));
      });
    // What a page stores is there to be found, and so is what the extension does.
    expect(holding(piecesOf(site.tokens.offline)).join()).toContain('IndexedDB');
    expect(holding(['"guest"']).join()).toContain(id);
    for (const token of [site.tokens.listening, site.tokens.toStage])
      expect(holding(piecesOf(token)).map((file) => relative(profile, file))).toEqual([]);
    const ofExtension = files.filter((file) => file.includes(id));
    for (const token of Object.values(site.tokens).filter((one) => typeof one === 'string'))
      expect(holding(piecesOf(token)).filter((file) => ofExtension.includes(file))).toEqual([]);
  });
});

test('no request is made to any other machine', () => {
  expect(asked.filter((request) => !byTheBrowserItself.test(request))).toEqual([]);
});

/** Pieces that no other token has, by which one is known again where it was cut or written in parts. */
function piecesOf(token: string): string[] {
  const [, payload, signature] = token.split('.');
  if (token.startsWith('T1==')) return [token.slice(0, 80), token.slice(-40)];
  return payload && signature ? [payload, signature.slice(0, 30), signature.slice(-30)] : [];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** All that the panel's page could have left behind. */
async function everythingKept({ panel }: Pick<Session, 'panel'> = session): Promise<string> {
  return (await panel.evaluate(`(async () => JSON.stringify([
    await chrome.storage.local.get(null),
    await chrome.storage.sync.get(null),
    await chrome.storage.session.get(null),
    { ...localStorage },
    { ...sessionStorage },
    await indexedDB.databases(),
    await caches.keys(),
    document.cookie,
    await chrome.scripting.getRegisteredContentScripts(),
    await chrome.declarativeNetRequest.getDynamicRules(),
    await chrome.declarativeNetRequest.getSessionRules(),
  ]))()`)) as string;
}

async function warningsOf(text: string): Promise<string[]> {
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
    // The worker is there before what it may ask.
    const question = `chrome.management.getPermissionWarningsByManifest(${JSON.stringify(text)})`;
    return (await eventually(() => worker.evaluate(question))) as string[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
