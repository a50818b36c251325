import { type LyingPage, quoted, script } from './lying-page.ts';

/** Something that happens as often as a page can. */
const always = (code: string, milliseconds = 1) => `setInterval(() => { ${code} }, ${milliseconds});`;

/** Pages that keep everybody busy, and hold a token all the same. */
export const storms: readonly LyingPage[] = [
  {
    name: 'storage that changes every millisecond',
    html: script(`localStorage.calm = ${quoted('storm of storage')};
      let n = 0; ${always(`localStorage['n' + (n += 1) % 50] = 'a-value-that-may-hold-a-token-' + n; localStorage.all = 'eyJ' + n`)}`),
    next: `localStorage.later = ${quoted('storm of storage, later')}`,
  },
  {
    name: 'sixty thousand keys before the one that counts',
    html: script(
      `for (let i = 0; i < 60_000; i += 1) localStorage['k' + i] = 'v'; localStorage.zzz = ${quoted('storm of keys')}`,
    ),
    settles: 5000,
  },
  {
    name: 'forty million characters in its name',
    html: script(`localStorage.calm = ${quoted('storm of a name')}; window.name = 'x'.repeat(40_000_000)`),
    settles: 3000,
  },
  {
    name: 'a document that is written anew every millisecond',
    html: `<body>${script(`localStorage.calm = ${quoted('storm of elements')};
      ${always(`document.body.innerHTML = '<p data-x="a-text-that-may-hold-a-token-' + Math.random() + '">'`)}`)}`,
    next: `localStorage.later = ${quoted('storm of elements, later')}`,
  },
  {
    name: 'messages that never end',
    html: script(`localStorage.calm = ${quoted('storm of messages')};
      ${always(`for (let i = 0; i < 20; i += 1) postMessage({ flood: 'a-text-that-may-hold-a-token-' + Math.random() }, '*')`, 10)}`),
    next: `localStorage.later = ${quoted('storm of messages, later')}`,
  },
  {
    name: 'cookies that are set all the time',
    html: script(`localStorage.calm = ${quoted('storm of cookies')};
      let n = 0; ${always(`document.cookie = 'n' + (n += 1) % 100 + '=a-value-that-may-hold-a-token-' + n + '; max-age=1'`, 4)}`),
    next: `localStorage.later = ${quoted('storm of cookies, later')}`,
  },
  {
    name: 'requests that never end',
    html: script(`localStorage.calm = ${quoted('storm of requests')};
      ${always(`for (let i = 0; i < 3; i += 1) fetch('/leaf?n=' + Math.random()).then((reply) => reply.text()).catch(() => {})`, 20)}`),
    more: { '/leaf': { html: 'eyJhbGciOiJIUzI1NiJ9.not-a-token' } },
    next: `localStorage.later = ${quoted('storm of requests, later')}`,
  },
  {
    name: 'an address that is replaced fifty times a second',
    html: script(`localStorage.calm = ${quoted('storm of addresses')};
      let n = 0; ${always(`try { history.replaceState({ n: n += 1 }, '', '#' + n) } catch {}`, 20)}`),
    next: `localStorage.later = ${quoted('storm of addresses, later')}`,
  },
  {
    name: 'a fragment that changes fifty times a second',
    html: script(
      `localStorage.calm = ${quoted('storm of fragments')}; let n = 0; ${always(`location.hash = n += 1`, 20)}`,
    ),
    next: `localStorage.later = ${quoted('storm of fragments, later')}`,
  },
  {
    name: 'loads of itself, three a second',
    html: script(`localStorage.calm = ${quoted('storm of loads')}; setTimeout(() => location.reload(), 300)`),
    settles: 4000,
  },
  {
    name: 'windows that open and close',
    html: script(`localStorage.calm = ${quoted('storm of windows')}; let n = 0;
      const timer = setInterval(() => { if ((n += 1) > 8) clearInterval(timer);
        const other = open('/leaf?token=' + ${quoted('address of a window')}); setTimeout(() => other?.close(), 300) }, 400)`),
    more: { '/leaf': { html: script(`name = ${quoted('name of a window')}`) } },
    settles: 5000,
    saysNot: /name of a window/,
  },
  {
    name: 'more than a hundred thousand keys',
    html: script(
      `for (let i = 0; i < 120_000; i += 1) localStorage['k' + i] = 'v'; localStorage.zzz = ${quoted('storm of very many keys')}`,
    ),
    settles: 8000,
    // A hundred thousand are read, in an order that is the browser's.
    outcome: { none: 'told', granted: 'told' },
  },
  {
    name: 'frames that come and go all the time',
    html: `<body>${script(`localStorage.calm = ${quoted('storm of passing frames')};
      ${always(`document.querySelector('iframe')?.remove(); document.body.append(document.createElement('iframe'))`, 20)}`)}`,
    next: `localStorage.later = ${quoted('storm of passing frames, later')}`,
  },
  {
    name: 'databases that are made and deleted all the time',
    html: script(`localStorage.calm = ${quoted('storm of databases')}; let n = 0;
      ${always(`const name = 'd' + (n += 1) % 20; indexedDB.open(name).onsuccess = ({ target }) => { target.result.close(); indexedDB.deleteDatabase(name) }`, 20)}`),
    next: `localStorage.later = ${quoted('storm of databases, later')}`,
  },
];
