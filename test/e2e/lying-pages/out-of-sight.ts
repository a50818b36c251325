import { type LyingPage, quoted, script, token } from './lying-page.ts';

const run = (code: string) => script(`void (async () => { ${code} })()`);

const written = (folder: string, name: string, content: string) =>
  `{ const stream = await (await ${folder}.getFileHandle(${name}, { create: true })).createWritable();
    await stream.write(${content}); await stream.close(); }`;

/** The beginning of a picture, and a text that was written into it. */
const picture = (room: string) =>
  `new Blob([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 255, 254]), ${quoted(room)}, new Uint8Array([0, 255])])`;

/** Places that a browser keeps for a page and that are easily overlooked. */
export const outOfSight: readonly LyingPage[] = [
  {
    name: 'a storage bucket with a database, a cache and a file of its own',
    html: run(`const bucket = await navigator.storageBuckets.open('drafts');
      ${written('(await bucket.getDirectory())', `'a.txt'`, quoted('bucket file'))}
      await (await bucket.caches.open('pages')).put('/join', new Response(${quoted('bucket cached')}));
      const open = bucket.indexedDB.open('app');
      open.onupgradeneeded = () => open.result.createObjectStore('sessions').put(${quoted('bucket record')}, 1)`),
    holds: { 'indexed-db': ['bucket record'], 'cache-storage': ['bucket cached'], 'private-file': ['bucket file'] },
    settles: 500,
    outcome: { none: 'told' },
  },
  {
    name: 'private files, in folders, of bytes, and with a token as their name',
    html: run(`const root = await navigator.storage.getDirectory(), folder = await root.getDirectoryHandle('deep', { create: true });
      ${written('folder', `'a.json'`, `JSON.stringify({ token: ${quoted('file in a folder')} })`)}
      ${written('root', `'a.bin'`, picture('file of bytes'))}
      ${written('root', quoted('name of a file'), `''`)}`),
    holds: { 'private-file': ['file in a folder', 'file of bytes', 'name of a file'] },
    settles: 500,
    outcome: { none: 'told' },
  },
  {
    name: 'a private file that it has open',
    html: `${script(`const code = \`onmessage = async () => { const root = await navigator.storage.getDirectory();
      const file = await (await root.getFileHandle('held', { create: true })).createSyncAccessHandle();
      file.write(new TextEncoder().encode(${quoted('file held open')})); file.flush(); postMessage('') }\`;
      const worker = new Worker(URL.createObjectURL(new Blob([code]))); worker.postMessage('')`)}`,
    holds: { 'private-file': ['file held open'] },
    settles: 800,
    // One that is open for writing, nobody else may read.
    outcome: { none: 'told', granted: 'told' },
  },
  {
    name: 'cached texts that are called pictures, and names and words of caches',
    html: run(`const cache = await caches.open(${quoted('name of a cache')});
      await cache.put('/a', new Response(${quoted('text as picture')}, { headers: { 'content-type': 'image/png' } }));
      await cache.put('/b', new Response(${picture('written into a picture')}, { headers: { 'content-type': 'image/png' } }));
      await cache.put('/c', new Response('', { statusText: ${quoted('words of a status')} }))`),
    holds: {
      'cache-storage': ['name of a cache', 'text as picture', 'written into a picture', 'words of a status'],
    },
    settles: 300,
    outcome: { none: 'told' },
  },
  {
    name: 'names of databases, stores and indexes, and nothing in them',
    html: script(`const open = indexedDB.open(${quoted('name of a database')});
      open.onupgradeneeded = () => { open.result.createObjectStore(${quoted('name of a store')});
        open.result.createObjectStore('s').createIndex(${quoted('name of an index')}, 'x') }`),
    holds: { 'indexed-db': ['name of a database', 'name of a store', 'name of an index'] },
    settles: 300,
    outcome: { none: 'told' },
  },
  {
    name: 'a long record that keeps changing',
    html: script(`const open = indexedDB.open('app'); let n = 0;
      open.onupgradeneeded = () => open.result.createObjectStore('sessions');
      open.onsuccess = () => { const put = () => { open.result.transaction('sessions', 'readwrite').objectStore('sessions')
        .put({ filler: (n += 1) + 'x'.repeat(1_500_000), token: ${quoted('long record')} }, 1).onsuccess = () => setTimeout(put, 50) }; put() }`),
    holds: { 'indexed-db': ['long record'] },
    settles: 500,
    outcome: { none: 'told' },
  },
  {
    name: 'a hundred megabytes in a cache and a database',
    html: run(`localStorage.calm = ${quoted('beside a hundred megabytes')};
      const cache = await caches.open('large'), filler = 'x'.repeat(900_000);
      for (let i = 0; i < 60; i += 1) await cache.put('/' + i, new Response(filler));
      await cache.put('/last', new Response(${quoted('behind sixty megabytes')}));
      const open = indexedDB.open('large');
      open.onupgradeneeded = () => open.result.createObjectStore('all');
      open.onsuccess = () => { const change = open.result.transaction('all', 'readwrite').objectStore('all');
        for (let i = 0; i < 40; i += 1) change.put(new Blob([filler]), i); change.put(${quoted('behind forty megabytes')}, 99) }`),
    holds: { 'cache-storage': ['behind sixty megabytes'], 'indexed-db': ['behind forty megabytes'] },
    settles: 8000,
    outcome: { none: 'told', granted: 'told' },
  },
  {
    name: 'a service worker that answers for another host, and a picture of another that its policy forbids',
    headers: { 'content-security-policy': "img-src 'none'" },
    html: run(`await navigator.serviceWorker.register('/worker.js'); await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) await new Promise((done) => { navigator.serviceWorker.oncontrollerchange = done });
      await fetch('https://api.victim.example/', { headers: { authorization: ${JSON.stringify(`Bearer ${token('for the worker')}`)} } });
      new Image().src = 'https://image.victim.example/?t=' + ${quoted('forbidden picture')}`),
    more: {
      '/worker.js': {
        type: 'text/javascript',
        html: `onactivate = (event) => event.waitUntil(clients.claim());
          onfetch = (event) => { if (event.request.url.includes('victim')) event.respondWith(new Response('')) }`,
      },
    },
    settles: 2000,
    says: { none: /the page’s service worker answered/, granted: /the page’s service worker answered/ },
    saysNot: /victim\.example receives it/,
  },
];
