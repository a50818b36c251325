import { heldUp, type LyingPage, quoted, script } from './lying-page.ts';

const filled = (room: string, after = '') =>
  script(`
  const open = indexedDB.open('app', 1);
  open.onupgradeneeded = () => open.result.createObjectStore('sessions');
  open.onsuccess = () => {
    const change = open.result.transaction('sessions', 'readwrite');
    change.objectStore('sessions').put({ token: ${quoted(`${room} record`)} }, 'ada');
    change.oncomplete = async () => {
      open.result.close();
      const cache = await caches.open('pages');
      await cache.put('/join', Response.json({ token: ${quoted(`${room} cached`)} }));
      ${after}
    };
  };`);

/** Databases and caches that are not what the page says of them. Without access they are counted only, if at all. */
export const databases: readonly LyingPage[] = [
  { name: 'a database and a cache', html: filled('database'), settles: 300, outcome: { none: 'told' } },
  {
    name: 'a hidden database and a hidden cache',
    html: filled(
      'hidden',
      `IDBFactory.prototype.databases = async () => []; CacheStorage.prototype.keys = async () => [];
       CacheStorage.prototype.has = async () => false;`,
    ),
    settles: 300,
    outcome: { none: 'told' },
  },
  {
    name: 'a databases() that never answers',
    html: filled(
      'unanswered',
      `IDBFactory.prototype.databases = CacheStorage.prototype.keys = () => new Promise(() => {});`,
    ),
    settles: 300,
    outcome: { none: 'told' },
  },
  {
    name: 'records that are read otherwise than they are',
    html: filled(
      'records',
      `IDBObjectStore.prototype.getAll = IDBObjectStore.prototype.getAllKeys = function () { return this.count() };
       IDBObjectStore.prototype.openCursor = () => null; Cache.prototype.keys = async () => []; Cache.prototype.match = async () => undefined;`,
    ),
    settles: 300,
    outcome: { none: 'told' },
  },
  {
    name: 'records whose keys read alike, files of pictures, and texts of two bytes a sign',
    html: script(`
      const wide = (text) => Uint16Array.from(text, (sign) => sign.charCodeAt(0));
      const open = indexedDB.open('app', 1);
      open.onupgradeneeded = () => {
        const store = open.result.createObjectStore('sessions');
        store.put({ token: ${quoted('alike number')} }, 1);
        store.put({ token: ${quoted('alike text')} }, '1');
        store.put({ token: ${quoted('alike list')} }, [1, 1]);
        store.put({ token: ${quoted('alike other list')} }, [1, 2]);
        store.put({ token: ${quoted('alike date')} }, new Date(1e12));
        store.put({ token: ${quoted('alike other date')} }, new Date(2e12));
        store.put({ token: ${quoted('alike bytes')} }, new Uint8Array([1]));
        store.put({ token: ${quoted('alike other bytes')} }, new Uint8Array([2]));
        store.put(new Blob([${quoted('alike picture')}], { type: 'image/png' }), 'picture');
        store.put(new File([${quoted('alike file')}], 'a.zip', { type: 'application/zip' }), 'file');
        store.put(new Error('no', { cause: ${quoted('alike cause')} }), 'error');
        store.put(wide(${quoted('alike wide')}), 'wide');
      };
      open.onsuccess = async () => {
        open.result.close();
        const cache = await caches.open('pages');
        await cache.put('/wide', new Response(wide(${quoted('alike wide answer')}), { headers: { 'content-type': 'text/plain;charset=utf-16le' } }));
      };`),
    holdsWithAccess: {
      'indexed-db': [
        'number',
        'text',
        'list',
        'other list',
        'date',
        'other date',
        'bytes',
        'other bytes',
        'picture',
        'file',
        'cause',
        'wide',
      ].map((one) => `alike ${one}`),
      'cache-storage': ['alike wide answer'],
    },
    settles: 500,
    outcome: { none: 'told' },
  },
  {
    name: 'no indexedDB and no caches',
    html: filled(
      'gone',
      `Object.defineProperty(window, 'indexedDB', { value: undefined }); Object.defineProperty(window, 'caches', { value: undefined });`,
    ),
    settles: 300,
    outcome: { none: 'told' },
  },
  {
    name: 'promises that never come while databases are read',
    html: filled(
      'stalled',
      `Promise.prototype.then = () => {}; window.setTimeout = () => 0; window.Promise = function () { return { then() {} } };`,
    ),
    settles: 300,
    outcome: { none: 'told' },
  },
  {
    name: 'databases that are written to without end, before one and beside a store that are not',
    html: script(`
      const make = (name, then) => {
        const open = indexedDB.open(name);
        open.onupgradeneeded = () => {
          open.result.createObjectStore('${heldUp}').put(${quoted('held up')}, 1);
          open.result.createObjectStore('calm').put(name === 'last' ? ${quoted('after one held up')} : ${quoted('beside one held up')}, 1);
        };
        open.onsuccess = () => then(open.result);
      };
      const write = (database) => {
        const store = database.transaction('${heldUp}', 'readwrite').objectStore('${heldUp}');
        const again = () => { store.get(1).onsuccess = again };
        again();
      };
      for (const name of ['first', 'before', 'behind', 'beside']) make(name, write);
      make('last', (database) => database.close());`),
    holdsWithAccess: { 'indexed-db': ['beside one held up', 'after one held up', 'held up'] },
    // A reading that took long, as one of such a page does, is not made again at once.
    settles: 10_000,
    outcome: { none: 'told' },
    says: { granted: /4 more, or further ones, were left out/ },
  },
];
