import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ElementHandle, Frame } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grantedVariant, type Variant } from '../browser/granted-variant.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { everyLayer, everyView } from './every-view.ts';
import { namesIn, requestsIn } from './net-log.ts';
import { eventually, extension, openSession, press, type Session, shownText } from './session.ts';
import { fillBackend, validate } from './validate-in-panel.ts';

const folder = mkdtempSync(join(tmpdir(), 'roomkey-net-log-'));
const log = join(folder, 'log.json');
/** What arrived at the other end, by path. */
const arrived: string[] = [];
/** What the browser says it refused, of the panel, its worker and the page that started with devtools. */
const refused: string[] = [];
let end: Server;
let base: string;
let site: CallSite;
let variant: Variant;
let session: Session;

beforeAll(async () => {
  end = createServer((request, reply) => {
    arrived.push(`${request.method} ${request.url}`);
    reply.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
    reply.end('{"active": true}');
  });
  end.on('upgrade', (request, socket) => {
    arrived.push(`UPGRADE ${request.url}`);
    socket.end();
  });
  await new Promise<void>((done) => end.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(end.address() as AddressInfo).port}`;
  site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
  // With access to every site: nothing but the policy stands in the way then.
  variant = grantedVariant(extension);
  session = await openSession({
    url: site.guestUrl,
    extension: variant.extension,
    args: [`--log-net-log=${log}`, '--host-resolver-rules=MAP backend.example 127.0.0.1'],
  });
  const { devtools, panel } = session;
  for (const frame of [panel, devtools.frames().find((one) => one.url().endsWith('/devtools.html'))])
    if (frame) await hearRefusals(clientOf(frame));
  await eventually(async () => expect(devtools.workers().length).toBeGreaterThan(0));
  for (const worker of devtools.workers()) await hearRefusals(worker.client);
  await eventually(async () => expect(await shownText(panel)).toContain('tokens'));
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  variant?.remove();
  end?.closeAllConnections();
  end?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a whole run asks for nothing that is refused', async () => {
  const { panel } = session;
  for (const { open, close } of [...everyView, ...everyLayer]) {
    await open(panel);
    await close?.(panel);
  }
  const field = (await panel.waitForSelector('input.open-files')) as ElementHandle<HTMLInputElement> | null;
  await field?.uploadFile(resolve(import.meta.dirname, '../recordings/call.har'));
  await eventually(async () => expect(await shownText(panel)).toContain('Showing call.har in place'));
  await press(panel, /^Back to the page|^Close the file|^Show the page/);
  await eventually(async () => expect(await shownText(panel)).not.toContain('Showing call.har in place'));
  expect(refused).toEqual([]);
});

test('a pressed validation is asked by a frame that is gone afterwards', async () => {
  const { panel, devtools } = session;
  const frames = () => devtools.frames().filter((one) => one.url().endsWith('/validator.html'));
  expect(frames()).toEqual([]);
  await fillBackend(panel, { url: `${base}/introspect`, value: '' });
  await panel.waitForSelector('.backend');
  expect(arrived).toEqual([]);
  const { text } = await validate(panel, site.tokens.dailyGuest);
  expect(text).toContain('Active: it would be accepted.');
  expect(arrived).toEqual(['POST /introspect']);
  await eventually(async () => expect(frames()).toEqual([]));
  expect(await panel.evaluate('chrome.declarativeNetRequest.getSessionRules()')).toEqual([]);
  expect(refused).toEqual([]);
});

/** Ways out of a page, as source of a function of an address. What they do when they fail is their own. */
const waysOut: Record<string, string> = {
  fetch: 'fetch(to)',
  'fetch with keepalive': "fetch(to, { method: 'POST', body: 'x', keepalive: true, mode: 'no-cors' })",
  XMLHttpRequest: "(() => { const request = new XMLHttpRequest(); request.open('GET', to); request.send(); })()",
  WebSocket: "void new WebSocket(to.replace('http', 'ws'))",
  EventSource: 'void new EventSource(to)',
  WebTransport: "void new WebTransport(to.replace('http:', 'https:'))",
  'import()': 'import(to)',
};
const waysOutOfPages: Record<string, string> = {
  ...waysOut,
  sendBeacon: "navigator.sendBeacon(to, 'x')",
  ping: "(() => { const link = document.createElement('a'); link.href = '#'; link.ping = to; document.body.append(link); link.click(); link.remove(); })()",
  style: "document.body.style.backgroundImage = 'url(' + to + ')'",
  ...Object.fromEntries(
    [
      '<img src=TO>',
      '<iframe src=TO></iframe>',
      '<video src=TO></video>',
      '<video poster=TO></video>',
      '<input type=image src=TO>',
      '<object data=TO></object>',
      '<embed src=TO>',
      '<link rel=stylesheet href=TO>',
      '<link rel=prefetch href=TO>',
      '<link rel=preload as=image href=TO>',
      '<link rel=modulepreload href=TO>',
    ].map((markup) => [markup, `add(${JSON.stringify(markup)}, to)`]),
  ),
};
/** One that leaves the page. */
const form = {
  form: "(() => { const form = document.createElement('form'); form.action = to; form.method = 'post'; document.body.append(form); form.submit(); form.remove(); })()",
};
/** Puts an element into the page without markup, which the panel takes from nobody. */
const add = `const add = (markup, to) => {
  const [, name, attributes] = /^<(\\w+) ([^>]*)>/.exec(markup);
  const element = document.createElement(name);
  for (const [, attribute, value] of attributes.matchAll(/(\\w+)=(\\S+)/g)) element.setAttribute(attribute, value === 'TO' ? to : value);
  document.body.append(element);
};`;
const tryAll = (ways: Record<string, string>, to: string) => `(async () => {
  ${add}
  ${Object.entries(ways)
    .map(
      ([way, source]) =>
        `try { await ((to) => Promise.race([${source}, new Promise((done) => setTimeout(done, 200))]))(${JSON.stringify(`${to}/out?${encodeURIComponent(way)}`)}) } catch {}`,
    )
    .join('\n')}
})()`;

test('the panel’s page, its worker and the page that started with devtools can connect to nothing', async () => {
  const { panel, devtools } = session;
  const before = arrived.length;
  await panel.evaluate(tryAll({ ...waysOutOfPages, ...form }, base));
  for (const worker of devtools.workers()) await worker.evaluate(tryAll(waysOut, base));
  await devtools
    .frames()
    .find((one) => one.url().endsWith('/devtools.html'))
    ?.evaluate(tryAll(waysOut, base));
  // What got out would have arrived by the time that a question has been answered.
  await validate(panel, site.tokens.dailyExpired);
  expect(arrived.slice(before)).toEqual(['POST /introspect']);
  await eventually(async () => expect(refused.length).toBeGreaterThan(Object.keys(waysOutOfPages).length));
});

test('the same ways lead out of a page that may', async () => {
  const before = arrived.length;
  const page = await session.browser.newPage();
  await page.goto(`${base}/open`);
  await page.evaluate('document.write("<body>")');
  const missing = (ways: Record<string, string>) => {
    const came = arrived.slice(before).map((line) => decodeURIComponent(line.replace(/^.*\?/, '')));
    return Object.keys(ways).filter((way) => !came.includes(way));
  };
  await page.evaluate(tryAll(waysOutOfPages, base));
  await eventually(async () => expect(missing(waysOutOfPages)).toEqual(['WebTransport']));
  // A page that is closed while it is being left may never be told as closed.
  const left = page.waitForNavigation();
  await page.evaluate(tryAll(form, base));
  await left;
  await eventually(async () => expect(missing(form)).toEqual([]));
  await page.close();
});

test.each([
  ['innerHTML', "document.body.lastElementChild.innerHTML = '<b>x'"],
  ['insertAdjacentHTML', "document.body.insertAdjacentHTML('beforeend', '<b>x')"],
  ['document.write', "document.write('<b>x')"],
  ['DOMParser', "new DOMParser().parseFromString('<b>x', 'text/html')"],
  ['srcdoc', "document.createElement('iframe').srcdoc = '<b>x'"],
  ['the address of a script', "document.createElement('script').src = '/assets/inspect.worker.js'"],
  ['the text of a script', "document.createElement('script').text = '0'"],
  ['a handler', "document.body.setAttribute('onclick', '0')"],
  ['the address of a worker', "new Worker('/assets/inspect.worker.js')"],
  ['code for later', "setTimeout('0')"],
  ['a policy of another name', "trustedTypes.createPolicy('other', { createHTML: (text) => text })"],
  [
    'a second policy of the same name',
    "trustedTypes.createPolicy('roomkey-workers', { createScriptURL: (text) => text })",
  ],
])('a text is refused as %s', async (_, source) => {
  const outcome = await session.panel.evaluate(
    `(() => { try { ${source}; return 'taken' } catch (error) { return String(error) } })()`,
  );
  expect(outcome).toMatch(/TypeError|EvalError|Refused|requires '?Trusted|NotAllowedError/);
});

test('every page of the extension narrows what it may do, and every worker is held apart', () => {
  const built = readdirSync(extension, { recursive: true, encoding: 'utf8' });
  const manifest = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8')) as {
    sandbox: { pages: string[] };
    content_security_policy: Record<string, string>;
  };
  const { extension_pages = '', sandbox = '' } = manifest.content_security_policy;
  expect(extension_pages).toContain("default-src 'none'");
  expect(extension_pages).toContain("require-trusted-types-for 'script'");
  expect(sandbox).not.toContain('connect-src');
  expect([...manifest.sandbox.pages].sort()).toEqual(built.filter((file) => file.endsWith('.worker.js')).sort());
  const policyOf = (file: string) =>
    /<meta http-equiv="Content-Security-Policy" content="(default-src &#39;none&#39;[^"]*)/.exec(
      readFileSync(join(extension, file), 'utf8'),
    )?.[1] ?? 'connect-src *';
  const open = built.filter((file) => file.endsWith('.html') && policyOf(file).includes('connect-src'));
  expect(open).toEqual([join('src', 'extension', 'validator', 'validator.html')]);
});

test('by the browser’s own log, the extension asked for nothing but what was pressed', async () => {
  const { id } = (await session.panel.evaluate('({ id: chrome.runtime.id })')) as { id: string };
  await session.close();
  const requests = requestsIn(log);
  const ofExtension = requests.filter(({ initiator }) => initiator.includes(id));
  expect(ofExtension.map(({ method, url }) => `${method} ${url}`)).toEqual(
    Array.from({ length: 2 }, () => `POST ${base}/introspect`),
  );
  // Pages are there to be loaded; nobody else is asked, nor looked up.
  const isOfThisMachine = (host: string) => /(^|\.)localhost$|^127\.0\.0\.1$/.test(host);
  expect(requests.filter(({ initiator }) => initiator.startsWith('http')).length).toBeGreaterThan(0);
  const elsewhere = [
    ...requests.map(({ url }) => new URL(url).hostname),
    ...namesIn(log).map((name) => name.replace(/^\w+:\/\/|:\d+$/g, '')),
  ];
  expect(
    [...new Set(elsewhere)].filter((host) => host && !isOfThisMachine(host) && !byTheBrowserItself.test(host)),
  ).toEqual([]);
});

// Its updates, its clock and its sign-in, which it asks for with or without extensions.
const byTheBrowserItself =
  /^(?:update|clients\d|accounts|www|android\.clients)\.(?:google|googleapis)\.com$|^msedge\.api\.cdp\.microsoft\.com$/;

interface Client {
  on(event: string, listener: (told: { entry: { source: string; text: string } }) => void): void;
  send(method: string): Promise<unknown>;
}

function clientOf(frame: Frame): Client {
  return (frame as unknown as { client: Client }).client;
}

/** What was refused before is told as well. */
async function hearRefusals(client: unknown): Promise<void> {
  const heard = client as Client;
  heard.on('Log.entryAdded', ({ entry }) => {
    if (entry.source === 'security' || /content security policy|trusted ?types/i.test(entry.text))
      refused.push(entry.text);
  });
  await heard.send('Log.enable');
}
