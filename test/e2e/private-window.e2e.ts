import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../browser/find-browser.ts';
import { grantedVariant, type Variant } from '../browser/granted-variant.ts';
import { launchBrowser, openFirstPage, openPanel } from '../browser/open-panel.ts';
import { daily } from '../builders/tokens.ts';
import { eventually, extension, press, shownText } from './session.ts';
import { fillBackend, validate } from './validate-in-panel.ts';

const profile = mkdtempSync(join(tmpdir(), 'roomkey-private-'));
const token = daily.guest({ iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 600 });
const secret = 'Bearer entered-in-a-private-window';
/** A name that stands nowhere else. */
const host = 'clinic-of-the-private-window.localhost';
let server: Server;
let origin: string;
let variant: Variant;
let launched: Awaited<ReturnType<typeof launchBrowser>>;
let panel: Frame;
/** What a page of the private window does. */
let written = '';
/** Paths that were asked for. */
const asked: string[] = [];

const launch = (...args: string[]) =>
  launchBrowser({
    executablePath: findBrowser() ?? '',
    extension: variant.extension,
    headless: true,
    profile,
    args,
  });

beforeAll(async () => {
  server = createServer((request, reply) => {
    const isAsked = request.method === 'POST';
    asked.push(request.url ?? '');
    reply.writeHead(200, { 'content-type': isAsked ? 'application/json' : 'text/html' });
    reply.end(
      isAsked
        ? '{"active": true}'
        : `<title>Private</title><script>${request.url === '/writes' ? written : `localStorage.joinToken = '${token}'`}</script>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  variant = grantedVariant(extension);
  // Extensions are let into private windows on the browser's own page, which private windows do not show.
  launched = await launch();
  const page = await openFirstPage(launched.browser, 'chrome://extensions');
  // One that was loaded from a folder is switched off with the mode for developers, once it is loaded again.
  await page.evaluate(`(async () => {
    await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
    const extensions = await chrome.developerPrivate.getExtensionsInfo();
    const { id } = extensions.find(({ name }) => name === 'Roomkey');
    await chrome.developerPrivate.updateExtensionConfiguration({ extensionId: id, incognitoAccess: true });
  })()`);
  await eventually(async () =>
    expect(
      await page.evaluate(`chrome.developerPrivate.getExtensionsInfo().then((all) => {
        const { state, incognitoAccess } = all.find(({ name }) => name === 'Roomkey');
        return state === 'ENABLED' && incognitoAccess.isActive;
      })`),
    ).toBe(true),
  );
  await launched.close();
  launched = await launch('--incognito');
  ({ panel } = await openPanel(await openFirstPage(launched.browser, `${origin}/room`)));
});

afterAll(async () => {
  await launched?.close();
  variant?.remove();
  server?.closeAllConnections();
  server?.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

test('the panel of a private window says so', async () => {
  expect(await panel.evaluate('chrome.extension.inIncognitoContext')).toBe(true);
  await eventually(async () => expect(await shownText(panel)).toContain('1 token'));
  await press(panel, 'Settings');
  await eventually(async () => expect(await shownText(panel)).toContain('This is a private window'));
});

test('nothing of what is set, expected and asked there is kept', async () => {
  await panel.evaluate(`document.querySelectorAll('#roomkey-settings input[name=roomkey-mark]')[1].click()`);
  await panel.evaluate(`document.querySelectorAll('#roomkey-settings input[type=radio]')[1].click()`);
  await fillBackend(panel, { url: `${origin}/introspect`, value: secret });
  await panel.waitForSelector('.backend');
  expect((await validate(panel, token)).text).toContain('Active: it would be accepted.');
  await press(panel, /^Expectations/);
  await press(panel, 'Expect what I see');
  await eventually(async () => {
    await panel.evaluate(
      `[...document.querySelectorAll('button')].find((one) => one.textContent === 'Expect anyway')?.click()`,
    );
    expect(await panel.$('.expectations ol li')).not.toBeNull();
  });
  await panel.evaluate(`(() => {
    const field = document.querySelector('[aria-label="Filter tokens"]');
    field.value = 'room:standup';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  })()`);
  await press(panel, 'Rescan');
  // A view is written down a moment after it was changed.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const kept = await panel.evaluate(`(async () => [
    await chrome.storage.local.get(null), await chrome.storage.session.get(null), await chrome.storage.sync.get(null),
    { ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys(), document.cookie,
    await chrome.declarativeNetRequest.getSessionRules(), await chrome.declarativeNetRequest.getDynamicRules(),
  ])()`);
  expect(kept).toEqual([{}, {}, {}, {}, {}, [], [], '', [], []]);
});

test('once it is closed, neither its token nor its origin is anywhere in the profile', async () => {
  const { id } = (await panel.evaluate('({ id: chrome.runtime.id })')) as { id: string };
  await launched.close();
  const files = readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const holding = (text: string) =>
    files.filter((file) => {
      const content = readFileSync(file, 'latin1');
      return content.includes(text) || content.includes([...text].join('\0'));
    });
  expect(holding(id).length).toBeGreaterThan(0);
  const [, payload = '', signature = ''] = token.split('.');
  for (const text of [host, payload, signature, secret]) expect(holding(text)).toEqual([]);
});

test('the panel of an ordinary window is told of no cookie of a private one', async () => {
  launched = await launch();
  const page = await openFirstPage(launched.browser, `${origin}/room`);
  ({ panel } = await openPanel(page));
  await eventually(async () => expect(await shownText(panel)).toContain('1 token'));
  const cookie = (name: string) => `${name}=${daily.guest({ u: name, iat: Math.floor(Date.now() / 1000) })}`;
  // Set and taken away at once, so that only the browser's own word of it remains.
  written = `document.cookie = '${cookie('private')}'; document.cookie = 'private=; max-age=0'; fetch('/written')`;
  await panel.evaluate(`chrome.windows.create({ incognito: true, url: '${origin}/writes' })`);
  await eventually(async () => expect(asked).toContain('/written'));
  await page.evaluate(`document.cookie = '${cookie('ordinary')}'; document.cookie = 'ordinary=; max-age=0'`);
  await eventually(async () => expect(await shownText(panel)).toContain('2 tokens'));
  expect(await shownText(panel)).toContain('ordinary');
  expect(await shownText(panel)).not.toContain('private');
});
