import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantedVariant, type Variant } from '../browser/granted-variant.ts';
import { jwt } from '../builders/tokens.ts';
import { sampled } from '../sampled.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, extension, openSession, reportOf, type Session } from './session.ts';

/** A way in which a page could notice that Roomkey reads it. */
interface Attempt {
  name: string;
  /** Attempts that would disturb others are on a page of their own. */
  page?: 'callers' | 'proxy' | 'methods' | 'prototype' | 'databases' | 'files';
  /**
   * Code of the page: it calls `notice()` when it has noticed something. What the browser itself calls while the page is loaded does not
   * count, since `notice` hears from the end of loading on; the page itself then does nothing more.
   */
  code: string;
  /**
   * Without access it may succeed: what is read with the page's own script is read through what the page put in the place of the
   * browser's functions and properties.
   */
  isUnavoidable?: true | 'with access, too';
}

/** Replaces a property by one that is the same, and notices that it is asked for. */
const watched = (holder: string, name: string) => `{
  const holder = ${holder}, name = ${JSON.stringify(name)};
  const had = Object.getOwnPropertyDescriptor(holder, name);
  const { get, set, value } = had;
  if (get) Object.defineProperty(holder, name, { ...had, get() { notice(); return get.call(this); } });
  else holder[name] = function (...args) { notice(); return new.target ? Reflect.construct(value, args, new.target) : Reflect.apply(value, this, args); };
}`;

const attempts: readonly Attempt[] = [
  // What is called, and by whom.
  { name: 'a getter in the place of localStorage', code: watched('window', 'localStorage'), isUnavoidable: true },
  { name: 'a getter in the place of sessionStorage', code: watched('window', 'sessionStorage'), isUnavoidable: true },
  { name: 'another getItem', code: watched('Storage.prototype', 'getItem'), isUnavoidable: true },
  { name: 'another key', code: watched('Storage.prototype', 'key'), isUnavoidable: true },
  {
    name: 'a getter in the place of document.cookie',
    code: watched('Document.prototype', 'cookie'),
    isUnavoidable: true,
  },
  {
    name: 'a getter in the place of history.state',
    code: watched('History.prototype', 'state'),
    isUnavoidable: 'with access, too',
  },
  { name: 'a getter in the place of window.name', code: watched('window', 'name'), isUnavoidable: true },
  {
    name: 'a Proxy in the place of localStorage',
    page: 'proxy',
    code: `{ const real = localStorage;
      const proxy = new Proxy(real, { get(at, key) { notice(); const found = Reflect.get(at, key); return typeof found === 'function' ? found.bind(at) : found; },
        ownKeys(at) { notice(); return Reflect.ownKeys(at); } });
      Object.defineProperty(window, 'localStorage', { configurable: true, get: () => proxy }); }`,
    isUnavoidable: true,
  },
  {
    name: 'the stack of a call of getItem',
    page: 'files',
    code: `{ const { getItem } = Storage.prototype;
      Storage.prototype.getItem = function (key) { if (/roomkey|webStorage|extension/i.test(new Error().stack)) notice(); return getItem.call(this, key); }; }`,
  },
  {
    name: 'the caller of a getter (arguments.callee.caller)',
    page: 'callers',
    code: `{ const { get } = Object.getOwnPropertyDescriptor(window, 'localStorage');
      Object.defineProperty(window, 'localStorage', { configurable: true, get: function () { if (arguments.callee.caller) notice(); return get.call(window); } }); }`,
  },
  {
    name: 'the caller of getItem (getItem.caller)',
    page: 'callers',
    code: `{ const { getItem } = Storage.prototype;
      Storage.prototype.getItem = function own(key) { if (own.caller) notice(); return getItem.call(this, key); }; }`,
  },
  {
    name: 'variables of the console, looked for in a getter',
    page: 'proxy',
    code: `{ const { get } = Object.getOwnPropertyDescriptor(window, 'localStorage'); const before = Reflect.ownKeys(window).length;
      Object.defineProperty(window, 'localStorage', { configurable: true, get: function () {
        if (Reflect.ownKeys(window).some((name) => typeof name === 'string' && /^_[0-9a-f]{20}/.test(name))) notice(); return get.call(window); } }); }`,
  },
  { name: 'another Function.prototype.toString', code: watched('Function.prototype', 'toString') },
  { name: 'another Object.defineProperty', code: watched('Object', 'defineProperty') },
  { name: 'another JSON.stringify', code: watched('JSON', 'stringify') },
  {
    name: 'other methods of texts, lists and patterns',
    page: 'methods',
    code: `for (const proto of [String.prototype, Array.prototype, RegExp.prototype])
      for (const name of Reflect.ownKeys(proto)) if (typeof Object.getOwnPropertyDescriptor(proto, name).value === 'function' && name !== 'constructor') {
        const own = proto[name]; proto[name] = function (...args) { if (!inside) { inside = true; try { notice(); } finally { inside = false; } } return Reflect.apply(own, this, args); }; }`.replace(
      /^/,
      'let inside = false; ',
    ),
  },
  {
    name: 'getters and setters on Object.prototype',
    page: 'prototype',
    code: `for (const name of ['name', 'serial', 'seed', 'late', 'text', 'stamp', 'list', 'byKey', 'count', 'looks', 'toJSON', 'odd', 'body', 'kind', 'known', 'held', 'byteLength', 'size', 'forEach', 'source', 'message', 'cause', '0', '1', '2', '__key'])
      Object.defineProperty(Object.prototype, name, { configurable: true, get() { notice(name); return undefined; }, set(value) { notice(name);  } })`,
  },
  {
    name: 'another Error.prepareStackTrace',
    page: 'databases',
    code: `Error.prepareStackTrace = (error) => { notice(); return String(error); }`,
  },
  {
    name: 'other functions of the console',
    code: ['log', 'debug', 'info', 'warn', 'error', 'table', 'trace', 'clear', 'dir']
      .map((name) => watched('console', name))
      .join(''),
  },
  { name: 'another setTimeout', code: watched('window', 'setTimeout'), isUnavoidable: true },
  {
    name: 'another requestAnimationFrame and requestIdleCallback',
    code: watched('window', 'requestAnimationFrame') + watched('window', 'requestIdleCallback'),
  },
  {
    name: 'another clock',
    code: watched('Date', 'now') + watched('Performance.prototype', 'now'),
    isUnavoidable: true,
  },
  {
    name: 'another Promise',
    code: `{ const { then } = Promise.prototype; Promise.prototype.then = function (...args) { notice(); return then.apply(this, args); }; }
      { const Own = Promise; window.Promise = new Proxy(Own, { construct(...args) { notice(); return Reflect.construct(...args); } }); }`,
  },
  {
    name: 'another fetch, XMLHttpRequest and WebSocket',
    code: watched('window', 'fetch') + watched('XMLHttpRequest.prototype', 'open') + watched('window', 'WebSocket'),
  },
  { name: 'another postMessage', code: watched('window', 'postMessage') },
  {
    name: 'another createElement, innerHTML and appendChild',
    code: watched('Document.prototype', 'createElement') + watched('Node.prototype', 'appendChild'),
  },
  {
    name: 'another addEventListener',
    code: watched('EventTarget.prototype', 'addEventListener') + watched('EventTarget.prototype', 'dispatchEvent'),
  },
  {
    name: 'another createNodeIterator',
    code: watched('Document.prototype', 'createNodeIterator'),
    isUnavoidable: true,
  },
  { name: 'another list of scripts', code: watched('Document.prototype', 'scripts'), isUnavoidable: true },
  { name: 'another list of requests', code: watched('Performance.prototype', 'getEntriesByType'), isUnavoidable: true },
  { name: 'another list of databases', code: watched('IDBFactory.prototype', 'databases'), isUnavoidable: true },
  {
    name: 'another opening of databases',
    code: watched('IDBFactory.prototype', 'open') + watched('IDBDatabase.prototype', 'transaction'),
  },
  { name: 'another list of caches', code: watched('CacheStorage.prototype', 'keys'), isUnavoidable: true },
  {
    name: 'another opening of caches',
    code: watched('CacheStorage.prototype', 'open') + watched('Cache.prototype', 'keys'),
  },
  // What is to be seen.
  {
    name: 'variables that were not there',
    code: `{ let before = null; hear(() => { before ??= new Set(Reflect.ownKeys(window)); if (Reflect.ownKeys(window).some((name) => !before.has(name) && !/^\\d+$/.test(String(name)))) notice(); }); }`,
  },
  {
    name: 'properties of the document, its elements and prototypes that were not there',
    code: `{ const local = localStorage; const all = () => [document, document.documentElement, document.body, navigator, history, local, Object.prototype, Function.prototype, Storage.prototype]
        .map((one) => Reflect.ownKeys(one).length).join(); const before = all(); hear(() => { if (all() !== before) notice(); }); }`,
  },
  {
    name: 'elements that come or go',
    code: `new MutationObserver(() => notice()).observe(document, { childList: true, subtree: true, attributes: true, characterData: true })`,
  },
  {
    name: 'windows that come or go',
    code: `{ let before = null; hear(() => { before ??= window.length; if (window.length !== before) notice(); }); }`,
  },
  {
    name: 'errors and rejections',
    code: `for (const name of ['error', 'unhandledrejection', 'rejectionhandled', 'securitypolicyviolation', 'messageerror']) addEventListener(name, () => notice(), true)`,
  },
  { name: 'reports of the browser', code: `new ReportingObserver(() => notice(), { buffered: false }).observe()` },
  { name: 'messages', code: `addEventListener('message', () => notice(), true)` },
  {
    name: 'events of storage',
    code: `{ const frame = document.createElement('iframe'); document.documentElement.append(frame); frame.contentWindow.addEventListener('storage', () => notice()); addEventListener('storage', () => notice()); }`,
  },
  { name: 'changes of cookies', code: `window.cookieStore?.addEventListener('change', () => notice())` },
  {
    name: 'changes of the address and of what is seen',
    code: `for (const name of ['popstate', 'hashchange', 'visibilitychange', 'focus', 'blur', 'resize', 'pagehide']) addEventListener(name, () => notice(), true)`,
  },
  {
    name: 'entries of performance',
    // Long tasks, events and paints are timing.
    code: `new PerformanceObserver((list) => { if (list.getEntries().some(({ name }) => !/favicon/.test(name))) notice(); })
        .observe({ entryTypes: ['resource', 'mark', 'measure', 'navigation', 'visibility-state'] });
`,
  },
  {
    name: 'a database that is opened by somebody else',
    page: 'databases',
    // One that is held open by others blocks its deletion until they close it.
    code: `{ const again = (name) => { const open = indexedDB.open(name, 1);
        open.onupgradeneeded = () => open.result.createObjectStore('o').put('x'.repeat(40), 'k');
        open.onsuccess = () => { open.result.onversionchange = () => notice(); setTimeout(() => { open.result.close();
          const gone = indexedDB.deleteDatabase(name); gone.onblocked = () => notice(); gone.onsuccess = () => setTimeout(again, 30, name); }, 60 + 100 * Math.random()); }; };
        for (let i = 0; i < 10; i += 1) again('own' + i); }`,
  },
  {
    name: 'databases and caches that were not there',
    page: 'files',
    code: `{ let first = null; hear(() => { void Promise.all([indexedDB.databases(), caches.keys()]).then((all) => {
        const now = JSON.stringify(all); first ??= now; if (now !== first) notice(); }); }); }`,
  },
  {
    name: 'files of the extension',
    page: 'files',
    code: `addEventListener('load', () => setTimeout(() => { for (const file of ['manifest.json', 'src/panel/panel.html', 'icons/16.png', 'assets/message-listener.js']) {
        const image = new Image(); image.onload = () => notice(); image.src = 'chrome-extension://' + window.extensionId + '/' + file;
        fetch('chrome-extension://' + window.extensionId + '/' + file).then(() => notice(), () => {}); } }, 1500))`,
  },
];

const token = jwt({ r: 'noticed', d: 'd-noticed', exp: Math.floor(Date.now() / 1000) + 3600 });

/** One page holds all of a kind that do not disturb each other; each says which of them noticed something. */
function pageOf(some: readonly Attempt[]): string {
  const code = some.map(
    ({ name, code }) =>
      `try { (() => { const notice = noticeAs(${JSON.stringify(name)}); ${code} })(); } catch (error) { failed.push([${JSON.stringify(name)}, String(error)]); }`,
  );
  return `<!doctype html><title>Watchful page</title><body><p data-token="${token}">Nothing happens here.</p><script>
    localStorage.clear(); localStorage.token = ${JSON.stringify(token)}; sessionStorage.other = 'other'; document.cookie = 'plain=${token}'; history.replaceState({ kept: 1 }, '');
    window.noticed = {}; window.failed = []; window.isListening = false;
    const heard = [];
    function hear(look) { heard.push(look); }
    function noticeAs(name) { return (detail = '') => { if (window.isListening) noticed[name] = String(detail) + new Error().stack; }; }
    ${code.join('\n')}
    { const { setInterval } = window; addEventListener('load', () => setTimeout(() => { window.isListening = true; setInterval(() => { for (let i = 0; i < heard.length; i += 1) heard[i](); }, 3); }, 1500)); }
  </script>`;
}

const pages = [...new Set(attempts.map(({ page }) => page))];
const attemptsOn = (name: Attempt['page']) => attempts.filter(({ page }) => page === name);

let server: PageServer;

beforeAll(async () => {
  server = await servePages(Object.fromEntries(pages.map((name) => [`/${name}`, pageOf(attemptsOn(name))])));
});
afterAll(() => server?.close());

describe.each([
  { words: 'without access', isGranted: false },
  { words: 'with access', isGranted: true },
])('$words', ({ isGranted }) => {
  let session: Session;
  let variant: Variant | null = null;

  beforeAll(async () => {
    variant = isGranted ? grantedVariant(extension) : null;
    session = await openSession({
      url: `${server.origin}/undefined`,
      ...(variant && { extension: variant.extension }),
    });
  });
  afterAll(async () => {
    await session?.close();
    variant?.remove();
  });

  // One page, and all with `npm run e2e:hostile`.
  test.each(sampled(pages, pages.length).map((name) => ({ name, words: name ?? 'all that fit on one' })))(
    'a page does not notice that it is read: $words',
    async ({ name }) => {
      const { page, panel } = session;
      await page.goto(`${server.origin}/${name}`);
      await page.evaluate(`window.extensionId = ${JSON.stringify(new URL(panel.url()).host)}`);
      await eventually(async () => expect((await reportOf(panel)).tokens).toHaveLength(1));
      await new Promise((resolve) => setTimeout(resolve, 6000));
      expect(await page.evaluate('failed')).toEqual([]);
      expect(await page.evaluate('isListening')).toBe(true);
      const noticed = Object.entries((await page.evaluate('noticed')) as Record<string, string>);
      const allowed = attemptsOn(name).filter(
        ({ isUnavoidable }) => isUnavoidable && (!isGranted || isUnavoidable !== true),
      );
      expect(noticed.filter(([one]) => !allowed.some((attempt) => attempt.name === one))).toEqual([]);
    },
  );
});
