import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContext, chromium, type Page, expect as playwrightExpect } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import {
  checkExpectations,
  type Expectations,
  inspect,
  lockTokens,
  type ReportDocument,
  type Step,
} from '../../src/library/index.ts';
import {
  capturePages,
  inspectPage,
  recordTraffic,
  replaySteps,
  tokenMatchers,
  writeRun,
} from '../../src/library/playwright/index.ts';
import { findBrowser } from '../browser/find-browser.ts';
import { daily } from '../builders/tokens.ts';
import { eventually } from './session.ts';

const soon = Math.floor(Date.now() / 1000) + 600;
const times = { iat: soon - 700, exp: soon };
/** Tokens that differ, so that each is told by the place it was put into. */
const host = (id: string) => daily.host({ ...times, ud: id });
const guest = daily.guest(times);

const pages = new Map<string, string | ((request: IncomingMessage, reply: ServerResponse) => void)>();
const server = createServer((request, reply) => {
  const page = pages.get((request.url ?? '/').replace(/\?.*$/, ''));
  if (typeof page === 'function') return page(request, reply);
  reply.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page ?? '');
});
const sockets = new WebSocketServer({ server });

/** Chromium refuses to run as root inside its sandbox. */
const sandboxArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

let browser: Browser;
let context: BrowserContext;
/** One page of two hosts, so of two sites. */
let own: string;
let other: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  own = `http://127.0.0.1:${port}`;
  other = `http://localhost:${port}`;
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No browser was found; npm test installs one.');
  // Playwright keeps frames of other sites from storing anything; the last of such switches counts.
  const args = ['--disable-features=MediaRouter', ...sandboxArgs];
  browser = await chromium.launch({ executablePath, args });
});
afterAll(async () => {
  await browser?.close();
  sockets.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  pages.clear();
});

async function open(path: string, html: string) {
  pages.set(path, html);
  const page = await context.newPage();
  await page.goto(own + path);
  return page;
}

/** A page that runs this and does not show it. */
const script = (code: string) =>
  `<!doctype html><title>Call</title><script>document.currentScript.remove(); ${code}</script>`;

/** Where each token was seen, by the source and the origin of the place. */
const places = ({ tokens }: ReportDocument, id?: string) =>
  tokens
    .filter(({ facts }) => id === undefined || facts.userId === id)
    .flatMap(({ sightings }) => sightings.map(({ source, origin, readBy }) => `${source} of ${origin} by ${readBy}`));

const noHost = { name: 'no host token', none: { role: ['host', 'server'] } };
const failuresIn = (report: ReportDocument) =>
  checkExpectations(report, { expect: [noHost] }).flatMap(({ held, says }) => (held === true ? [] : [says]));

test('a token in session storage alone is found, and fails the expectation', async () => {
  const page = await open('/', script(`sessionStorage.auth = '${host('session')}'`));
  const report = await inspectPage(page);
  expect(places(report)).toEqual([`session-storage of ${own} by isolated`]);
  expect(failuresIn(report)).toEqual([
    'expected no host or server token, found one in sessionStorage["auth"]: Daily, room standup, owner.',
  ]);
  expect(report.masked).toBe(true);
  expect(JSON.stringify(report)).not.toContain(host('session').split('.')[2]);
});

test('every place of a page: cookies, storages, databases, caches, addresses, names and states of windows', async () => {
  pages.set('/set', (_, reply) => {
    reply.setHeader('set-cookie', `sid=${host('cookie')}; HttpOnly; Path=/api`);
    reply.setHeader('content-type', 'text/html').end('set');
  });
  const page = await context.newPage();
  await page.goto(`${own}/set`);
  pages.set(
    '/',
    script(`
      localStorage.auth = '${host('local')}';
      window.name = '${host('name')}';
      history.replaceState({ token: '${host('state')}' }, '');
      window.ready = Promise.all([
        new Promise((done) => {
          const open = indexedDB.open('calls', 1);
          open.onupgradeneeded = () => open.result.createObjectStore('tokens');
          open.onsuccess = () => {
            const write = open.result.transaction('tokens', 'readwrite');
            write.objectStore('tokens').put({ token: '${host('database')}' }, 'auth');
            write.oncomplete = done;
          };
        }),
        caches.open('v1').then((cache) => cache.put('/me', new Response('${host('cache')}'))),
      ]);`),
  );
  await page.goto(`${own}/#token=${host('fragment')}`);
  await page.evaluate(`window.ready.then(() => history.replaceState({ kept: 0 }, ''))`);
  // What was read in one world stays what it was there until another state is read in any of them.
  await inspectPage(page);
  await page.evaluate(`history.replaceState({ token: '${host('state')}' }, ''); void history.state`);
  const report = await inspectPage(page);
  await page.evaluate(`history.replaceState({ kept: 1 }, '')`);
  await inspectPage(page);
  expect(await page.evaluate('history.state')).toEqual({ kept: 1 });
  const sources = [
    'cookie',
    'local-storage',
    'window-name',
    'history-state',
    'indexed-db',
    'cache-storage',
    'page-url',
  ];
  const ids = ['cookie', 'local', 'name', 'state', 'database', 'cache', 'fragment'];
  expect(ids.map((id) => places(report, id)[0]?.split(' ')[0])).toEqual(sources);
  expect(places(report, 'state')).toEqual([`history-state of ${own} by page`]);
  expect(report.problems).toMatchObject([{ code: 'state-read-by-page', subject: `history.state of ${own}` }]);
});

test('session storage of a frame of another site, one inside it, and a frame that is sandboxed', async () => {
  pages.set('/stage', `${script(`sessionStorage.auth = '${host('stage')}'`)}<iframe src="${own}/inner"></iframe>`);
  pages.set('/inner', script(`sessionStorage.auth = '${host('inner')}'`));
  pages.set('/box', script(`document.write('<i data-token="${host('box')}"></i>')`));
  const page = await open(
    '/',
    `${script(`sessionStorage.auth = '${host('top')}'`)}<iframe src="${other}/stage"></iframe>
     <iframe sandbox="allow-scripts" src="/box"></iframe><iframe sandbox src="/still"></iframe><iframe></iframe>
     <iframe sandbox srcdoc="<i data-token='${host('srcdoc')}'></i>"></iframe>`,
  );
  const report = await inspectPage(page);
  expect(places(report, 'top')).toEqual([`session-storage of ${own} by isolated`]);
  expect(places(report, 'stage')).toEqual([`session-storage of ${other} by isolated`]);
  expect(places(report, 'inner')).toEqual([`session-storage of ${own} by isolated`]);
  expect(places(report, 'box')).toEqual(['page-content of null by isolated']);
  // Once as the attribute of the page that holds it.
  expect(places(report, 'srcdoc').sort()).toEqual([
    `page-content of ${own} by isolated`,
    'page-content of null by isolated',
  ]);
  expect(report.problems).toEqual([]);
});

test('a frame that may store nothing is said to be such, as Playwright’s own settings make frames of other sites', async () => {
  const strict = await chromium.launch({ executablePath: findBrowser() ?? '', args: sandboxArgs });
  const page = await strict.newPage();
  pages.set('/stage', script(''));
  pages.set('/', `<iframe src="${other}/stage"></iframe>`);
  await page.goto(own);
  const { problems } = await inspectPage(page);
  await strict.close();
  expect(problems.map(({ code, subject }) => `${code}: ${subject}`)).toContain(
    `storage-refused: sessionStorage of ${other}`,
  );
});

/** Replaces whatever reading could lean on. */
const hostile = `
  for (const name of ['getItem', 'key']) Storage.prototype[name] = () => null;
  Object.defineProperty(Storage.prototype, 'length', { get: () => 0 });
  JSON.stringify = JSON.parse = () => 'nothing';
  window.Promise = class { constructor() { throw new Error('no'); } };
  window.eval = window.Function = () => { throw new Error('no'); };
  window.Map = window.Set = window.Date = null;
  Array.prototype.map = Array.prototype.push = Array.prototype[Symbol.iterator] = () => 7;
  Object.entries = Object.keys = () => [];
  window.setTimeout = () => {};`;

test('a page that replaced what it is read by is read all the same', async () => {
  const page = await open('/', script(`sessionStorage.auth = '${host('hidden')}'; ${hostile}`));
  const report = await inspectPage(page);
  expect(places(report, 'hidden')).toEqual([`session-storage of ${own} by isolated`]);
  expect(report.problems).toEqual([]);
});

test('a page that never answers is said to be unread, and ends nothing but its own reading', async () => {
  const page = await open('/', script(`localStorage.auth = '${host('busy')}'`));
  const second = await open('/second', script(`sessionStorage.auth = '${host('second')}'`));
  await page.evaluate('void setTimeout(() => { for (;;); }, 50)');
  const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds, 'silence'));
  const isBusy = async () => (await Promise.race([page.evaluate('1').catch(() => 0), after(1000)])) === 'silence';
  while (!(await isBusy())) await after(50);
  const report = await inspectPage(context, { timeout: 3000 });
  expect(report.problems.map(({ code }) => code)).toContain('page-not-answering');
  expect(places(report, 'second')).toEqual([`session-storage of ${own} by isolated`]);
  expect(second.isClosed()).toBe(false);
});

test('an origin that was left keeps its local storage, which the context tells; no page is seen to open for it', async () => {
  pages.set('/login', script(`localStorage.auth = '${host('login')}'`));
  const page = await open('/', script(''));
  await page.goto(`${other}/login`);
  await page.goto(own);
  let opened = 0;
  context.on('page', () => {
    opened += 1;
  });
  context.on('request', () => {
    opened += 1;
  });
  expect(places(await inspectPage(context), 'login')).toEqual([`local-storage of ${other} by isolated`]);
  // Another site than that of the page.
  expect(places(await inspectPage(page), 'login')).toEqual([]);
  expect(opened).toBe(0);
});

test('a blank page holds nothing, and one that is closed is said to be unread', async () => {
  const page = await context.newPage();
  expect(await inspectPage(page)).toMatchObject({ tokens: [], problems: [] });
  await page.close();
  const { tokens, problems } = await inspectPage(page);
  expect([tokens, problems.map(({ code }) => code)]).toEqual([[], ['frame-unreadable']]);
});

test('a page of its own sees nothing of another tab but what they share; the context sees both', async () => {
  const hostPage = await open('/host', script(`sessionStorage.auth = '${host('host-tab')}'`));
  const guestPage = await open('/guest', script(`sessionStorage.auth = '${guest}'`));
  expect(failuresIn(await inspectPage(guestPage))).toEqual([]);
  expect(failuresIn(await inspectPage(hostPage))).toHaveLength(1);
  expect((await inspectPage(context)).tokens).toHaveLength(2);
});

test('what only traffic holds: a header, the body of a reply, a message of a socket, a service worker’s request', async () => {
  pages.set('/api', (_, reply) => {
    reply.setHeader('content-type', 'application/json');
    reply.end(JSON.stringify({ token: host('reply') }));
  });
  pages.set('/worker.js', (_, reply) => {
    reply.setHeader('content-type', 'text/javascript');
    reply.end(`self.addEventListener('activate', (event) => event.waitUntil(clients.claim()));
      fetch('/from-worker', { headers: { Authorization: 'Bearer ${host('worker')}' } });`);
  });
  sockets.on('connection', (socket) => socket.send(`{"token":"${host('received')}"}`));
  const page = await context.newPage();
  const stop = recordTraffic(page);
  pages.set(
    '/',
    script(`window.ready = Promise.all([
      fetch('/api', { method: 'POST', headers: { Authorization: 'Bearer ${host('header')}' }, body: 'token=${host('body')}' })
        .then((reply) => reply.text()),
      new Promise((done) => {
        const socket = new WebSocket('${own.replace('http', 'ws')}/socket');
        socket.onmessage = () => { socket.send('${host('sent')}'); setTimeout(done, 100); };
      }),
      navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready),
    ])`),
  );
  await page.goto(own);
  await page.evaluate('window.ready.then(() => 0)');
  // The browser tells of the network beside the page, and of a worker in its own time.
  const report = await eventually(async () => {
    const looked = await inspectPage(page);
    expect(places(looked, 'header')).toContain(`request-header of ${own} by browser`);
    expect(places(looked, 'body')).toContain(`request-body of ${own} by browser`);
    expect(places(looked, 'reply')).toEqual([`response-body of ${own} by browser`]);
    expect(places(looked, 'sent')).toContain(`websocket-message of ${own.replace('http', 'ws')} by browser`);
    expect(places(looked, 'received')).toEqual([`websocket-message of ${own.replace('http', 'ws')} by browser`]);
    expect(places(looked, 'worker')).toContain(`request-header of ${own} by browser`);
    return looked;
  });
  stop();
  await page.evaluate(`fetch('/late', { headers: { Authorization: 'Bearer ${host('late')}' } }).then(() => 0)`);
  expect(places(await inspectPage(page), 'late')).toEqual([]);
  expect((await inspectPage(page)).tokens.length).toBe(report.tokens.length);
});

test('another page’s traffic is not this page’s, and what went before the recording is said to be unknown', async () => {
  const first = await open('/first', script(''));
  recordTraffic(context);
  const second = await open('/second', script(`fetch('/api?jwt=${host('query')}')`));
  await second.waitForLoadState('networkidle');
  expect(places(await inspectPage(second), 'query')).toContain(`request-url of ${own} by browser`);
  const report = await inspectPage(first);
  expect(places(report, 'query')).toEqual([]);
  expect(report.problems.map(({ code }) => code)).toContain('traffic-late');
});

test('what never ends is waited for by nobody: a request without an answer, an answer without an end, events of a stream', async () => {
  pages.set('/never', () => {});
  pages.set('/endless', (_, reply) => void reply.writeHead(200, { 'content-type': 'text/plain' }).write('begun'));
  pages.set(
    '/events',
    (_, reply) => void reply.writeHead(200, { 'content-type': 'text/event-stream' }).write(': \n\n'),
  );
  pages.set('/moved', (_, reply) => void reply.writeHead(302, { location: `/?code=${host('moved')}` }).end());
  const page = await context.newPage();
  recordTraffic(page);
  pages.set(
    '/',
    script(`fetch('/never', { headers: { Authorization: 'Bearer ${host('never')}' } }); fetch('/endless');
      window.ready = new Promise((done) => { new EventSource('/events').onopen = done; }).then(() => fetch('/moved'))`),
  );
  await page.goto(own);
  await page.evaluate('window.ready.then(() => 0)');
  // The page goes on at the head of an answer, and the browser tells of its end, and of the one that has none, beside it.
  await eventually(async () => {
    const report = await inspectPage(page, { timeout: 60_000 });
    expect(places(report, 'never')).toContain(`request-header of ${own} by browser`);
    expect(places(report, 'moved')).toContain(`response-header of ${own} by browser`);
    expect(report.problems.map(({ message }) => message)).toEqual([
      'Of the traffic these were not read: answers that have not ended (1); event streams, whose events Playwright does not tell (1).',
    ]);
  });
});

test('a page that is left all the time is read, or said to be unread', async () => {
  const page = await open(
    '/',
    script(`localStorage.auth = '${host('restless')}'; setTimeout(() => location.reload(), 30)`),
  );
  for (let look = 0; look < 5; look += 1) {
    const report = await inspectPage(page, { timeout: 5000 });
    const isSaid = report.problems.some(({ code }) => code === 'frame-unreadable' || code === 'page-not-answering');
    expect(isSaid || places(report, 'restless').length === 1).toBe(true);
  }
});

test('pages of several moments are inspected together', async () => {
  const page = await open('/host', script(`sessionStorage.auth = '${host('first')}'`));
  const captures = await capturePages(page);
  await page.evaluate('sessionStorage.clear()');
  pages.set('/guest', script(`sessionStorage.auth = '${guest}'`));
  await page.goto(`${own}/guest`);
  captures.push(...(await capturePages(page)));
  expect(inspect(captures).tokens.map(({ facts }) => facts.role)).toEqual(['host', 'participant']);
});

test('expectations speak of what was looked at: an empty frame, a page that is open, and of nothing else', async () => {
  pages.set('/stage', script(''));
  await open('/host', script(`sessionStorage.auth = '${host('host-tab')}'`));
  await open('/guest', `${script(`sessionStorage.auth = '${guest}'`)}<iframe src="${other}/stage"></iframe>`);
  const none = { role: 'host' };
  const expectations = {
    pages: { guest: ['*/guest'], host: ['*/host'] },
    expect: [
      { name: 'empty frame', where: { origin: other }, none },
      { name: 'guest', on: 'guest', none },
      { name: 'host', on: 'host', none },
      { name: 'elsewhere', where: { origin: 'https://elsewhere.example' }, none },
      { name: 'lobby', on: '*/lobby', none },
    ],
  };
  const heldIn = (report: ReportDocument) => checkExpectations(report, expectations).map(({ held }) => held);
  const report = await inspectPage(context);
  expect(heldIn(report)).toEqual([true, true, false, null, null]);
  expect(heldIn(JSON.parse(JSON.stringify(report)) as ReportDocument)).toEqual([true, true, false, null, null]);
  // What tabs share is in both.
  await context.pages()[0]?.evaluate(`localStorage.auth = '${host('shared')}'`);
  expect(heldIn(await inspectPage(context))).toEqual([true, false, false, null, null]);
});

test('browsers without isolated worlds are read through the page’s own script', async () => {
  pages.set('/stage', script(`sessionStorage.auth = '${host('stage')}'`));
  const page = await open(
    '/',
    `${script(`sessionStorage.auth = '${host('top')}'`)}<iframe src="${other}/stage"></iframe>`,
  );
  const plain = withoutProtocol(page);
  const report = await inspectPage(plain);
  expect(places(report, 'top')).toEqual([`session-storage of ${own} by page`]);
  expect(places(report, 'stage')).toEqual([`session-storage of ${other} by page`]);
  await page.evaluate(hostile);
  const { problems } = await inspectPage(plain, { timeout: 5000 });
  expect(problems.map(({ code }) => code)).toContain('frame-unreadable');
});

/** A page of a browser that does not speak Chromium's protocol. */
function withoutProtocol<P extends object>(page: P): P {
  return new Proxy(page, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== 'function') return value;
      if (name !== 'context') return value.bind(target);
      return () =>
        new Proxy(value.call(target) as object, {
          get: (inner, member) => {
            if (member === 'newCDPSession') return () => Promise.reject(new Error('only in Chromium'));
            const method = Reflect.get(inner, member) as unknown;
            return typeof method === 'function' ? method.bind(inner) : method;
          },
        });
    },
  });
}

const matching = playwrightExpect.extend(tokenMatchers);
const messageOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'passed',
    (error: unknown) => (error as Error).message,
  );

test('a matcher waits until the page is as expected, and fails with the sentences', async () => {
  const page = await open('/', script(`setTimeout(() => { sessionStorage.auth = '${host('later')}' }, 400)`));
  const oneHost = { name: 'one host', count: 1, tokens: { role: 'host' } };
  await matching(page).toMeetTokenExpectations([oneHost]);
  await matching(page).not.toMeetTokenExpectations([noHost]);
  expect(await messageOf(matching(page).toMeetTokenExpectations([noHost], { timeout: 200 }))).toContain(
    'no host token: expected no host or server token, found one in sessionStorage["auth"]: Daily, room standup, owner.',
  );
  expect(
    await messageOf(matching(page).not.toMeetTokenExpectations({ expect: [oneHost] }, { timeout: 200 })),
  ).toContain('as it was expected not to be');
});

test('a matcher waits as long as others are configured to', async () => {
  const page = await open('/', script(`setTimeout(() => { sessionStorage.auth = '${host('late')}' }, 1500)`));
  const oneHost = { name: 'one host', count: 1, tokens: { role: 'host' } };
  const hasty = matching.configure({ timeout: 100 });
  expect(await messageOf(hasty(page).toMeetTokenExpectations([oneHost]))).toContain('one host: expected');
  await hasty(page).toMeetTokenExpectations([oneHost], { timeout: 10_000 });
});

test('a matcher fails where a page could not be read, unless that is allowed', async () => {
  const page = await open('/', script(`sessionStorage.auth = '${guest}'; ${hostile}`));
  const plain = withoutProtocol(page);
  const strict = await messageOf(Promise.resolve(matching(plain).toMeetTokenExpectations([noHost], { timeout: 0 })));
  expect(strict).toContain('Not everything could be read');
  await matching(plain).toMeetTokenExpectations([noHost], { timeout: 0, allowUnread: true });
});

test('a page is held to a lock', async () => {
  const page = await open('/', script(`sessionStorage.auth = '${guest}'`));
  const lock = lockTokens(await inspectPage(page));
  await page.evaluate(`sessionStorage.auth = '${daily.guest({ ...times, iat: times.iat + 1, exp: times.exp + 1 })}'`);
  await matching(page).toMatchTokenLock(lock);
  await page.evaluate(`localStorage.auth = sessionStorage.auth`);
  expect(await messageOf(matching(page).toMatchTokenLock(lock, { timeout: 0 }))).toMatch(/is now also in localStorage/);
});

describe('a run of several steps', () => {
  const oneHost = { name: 'one host token', count: 1, tokens: { role: 'host' } };
  const none = { name: 'no token', none: {} };
  const run = (...steps: Step[]): Expectations => ({ expect: [], steps });
  const hostStep = { name: 'the host’s page', open: '/host', expect: [oneHost] };
  const guestStep = { name: 'the guest’s page', open: '/guest', expect: [noHost] };
  const logout = { name: 'after logout', action: 'log out', expect: [none] };
  const quick = { timeout: 600, settle: 300 };
  const heldIn = (results: readonly { held: boolean | null }[]) => results.map(({ held }) => held);

  function serve(guestToken = guest, more = '') {
    pages.set('/host', script(`sessionStorage.auth = '${host('host')}'`));
    pages.set('/guest', script(`sessionStorage.auth = '${guestToken}'; ${more}`));
    pages.set('/login', script(''));
    pages.set('/leave', (_, reply) => void reply.writeHead(204).end());
  }
  const options = () => ({
    baseURL: own,
    ...quick,
    actions: {
      'log out': (page: Page) =>
        page.evaluate(`fetch('/leave', { headers: { Authorization: 'Bearer ' + sessionStorage.auth } }).then(() => {
          sessionStorage.clear();
        })`),
    },
  });

  test('is walked: pages are opened, what is done is done, and each step is checked by what is there then', async () => {
    serve();
    const page = await context.newPage();
    const walked = {
      ...run(hostStep, guestStep, logout),
      expect: [{ name: 'one host in all', count: 1, tokens: { role: 'host' } }],
    };
    const results = await replaySteps(page, walked, options());
    expect(results.map(({ step, held, results: all }) => [step, held, all.map(({ says }) => says)])).toEqual([
      ['the host’s page', true, ['As expected: exactly 1 host token.']],
      ['the guest’s page', true, ['As expected: no host or server token.']],
      ['after logout', true, ['As expected: no token.']],
      ['the whole run', true, ['As expected: exactly 1 host token.']],
    ]);
    expect(results[0]?.seconds).toBeGreaterThan(0.3);
  });

  test('a step that fails stops nothing, also where the token comes late or is only sent', async () => {
    serve(guest, `setTimeout(() => fetch('/api', { headers: { Authorization: 'Bearer ${host('late')}' } }), 150)`);
    const page = await context.newPage();
    // Long enough for a slow page to come to what it does late.
    const results = await replaySteps(page, run(guestStep, hostStep, logout), { ...options(), settle: 1200 });
    expect(heldIn(results)).toEqual([false, true, true]);
    expect(results[0]?.results[0]?.says).toMatch(/^expected no host or server token, found one in .*Authorization/);
    expect(JSON.stringify(results)).not.toContain(host('late').split('.')[2]);
    const told = await replaySteps(page, run(guestStep), { ...options(), traffic: false });
    expect(heldIn(told)).toEqual([true]);
  });

  test('a page that leads elsewhere, fails or does not open holds nothing, and nothing is done there', async () => {
    serve();
    pages.set('/nothing', (_, reply) => void reply.writeHead(404).end('There is nothing here.'));
    pages.set('/moved', (_, reply) => void reply.writeHead(302, { location: '/login' }).end());
    let done = 0;
    const counting = { ...options(), actions: { 'log out': () => (done += 1) } };
    for (const [address, says] of [
      ['/moved', `not checked: the page was ${own}/login, not /moved.`],
      ['/nothing', 'not checked: the page /nothing answered with status 404.'],
      ['http://127.0.0.1:1/x', 'not checked: the page http://127.0.0.1:1/x could not be opened: page.goto: net::'],
    ]) {
      const page = await context.newPage();
      const wanted = run({ name: 'a page', open: address ?? '', expect: [noHost] }, logout, guestStep, logout);
      const results = await replaySteps(page, wanted, counting);
      expect([...heldIn(results), results[2]?.says]).toEqual([null, null, true, false, undefined]);
      expect(results[0]?.says).toContain(says);
      expect(results[1]?.results[0]?.says).toBe('not checked: "a page" was not come to before.');
    }
    expect(done).toBe(3);
  });

  test('an action that nobody gave, or that fails, is named, and what follows by action is not checked', async () => {
    serve();
    const failing = { ...options(), actions: { fail: () => Promise.reject(new Error(`no ${guest}`)) } };
    const actions = ['log out', 'constructor', 'fail'].map((action) => ({ ...logout, action }));
    for (const action of actions) {
      const page = await context.newPage();
      const results = await replaySteps(page, run(guestStep, action, logout), failing);
      expect(heldIn(results)).toEqual([true, null, null]);
      expect(results[1]?.says).toMatch(
        action.action === 'fail'
          ? /^not checked: the action "fail" failed: no eyJ[^.]*…/
          : `not checked: no function was given for the action "${action.action}".`,
      );
    }
  });

  test('what could not be read holds nothing, unless that is allowed', async () => {
    serve(guest, hostile);
    const plain = withoutProtocol(await context.newPage());
    const strict = await replaySteps(plain, run(guestStep), { ...options(), timeout: 0 });
    expect(strict[0]?.results[0]).toMatchObject({ held: null, says: expect.stringContaining('not everything') });
    expect(heldIn(await replaySteps(plain, run(guestStep), { ...options(), allowUnread: true }))).toEqual([true]);
  });

  test('what came of it is written down as JUnit, as text and as JSON', async () => {
    serve(host('guest'));
    const walked = run({ name: 'the lobby', open: '/login', expect: [] }, guestStep, { ...logout, action: 'leave' });
    const results = await replaySteps(await context.newPage(), walked, options());
    const xml = writeRun(results, 'junit');
    expect(xml).toContain('<testsuites name="roomkey" tests="3" failures="1" errors="1">');
    expect(xml).toMatch(/<testsuite name="the lobby" tests="1" failures="0" errors="0" skipped="0" time="\d+\.\d{3}">/);
    expect(xml).toMatch(/<testsuite name="the guest’s page" tests="1" failures="1" errors="0"/);
    expect(writeRun(results, 'text')).toBe(
      [
        'held: the lobby (/login)',
        'failed: the guest’s page (/guest)',
        '  failed: no host token: expected no host or server token, found one in sessionStorage["auth"]: Daily, room standup, owner.',
        'not checked: after logout (leave)',
        '  not checked: no token: no function was given for the action "leave".',
        '1 of 3 steps held.',
        '',
      ].join('\n'),
    );
    expect(JSON.parse(writeRun(results, 'json'))).toEqual({ steps: results });
    expect(() => writeRun(results, 'toString')).toThrow('There is no format "toString"; there are text, json, junit.');
  });
});
