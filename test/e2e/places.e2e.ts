import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantedVariant, type Variant } from '../browser/granted-variant.ts';
import { jwt } from '../builders/tokens.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, extension, openSession, press, reportOf, type Session, shownText } from './session.ts';

const now = Math.floor(Date.now() / 1000);
const token = (room: string) => jwt({ r: room, d: 'd-places', iat: now, exp: now + 3600 });
const html = (body: string) => `<!doctype html><title>Places</title>${body}`;

let server: PageServer;
let session: Session;

beforeAll(async () => {
  server = await servePages({
    '/held': html(`<meta name="jwt" content="${token('meta')}"><!-- ${token('comment')} -->
      <script id="__NEXT_DATA__" type="application/json">{"props":{"token":"${token('next-data')}"}}</script>
      <form data-token="${token('clobbered')}"><input name="attributes"><input name="nodeType">
        <input type="hidden" name="ticket" value="${token('hidden')}"></form><img name="createNodeIterator">
      <template><i data-t="${token('template')}"></i></template><iframe src="/inner"></iframe>
      <script>fetch(atob('${Buffer.from(`/earlier?t=${token('earlier')}`)
        .toString('base64')
        .split('')
        .reverse()
        .join('')}'.split('').reverse().join('')));
        window.name = ${JSON.stringify(token('window-name'))};
        history.replaceState({ usr: { token: ${JSON.stringify(token('history'))} } }, '')</script>`),
    '/inner': html(`<div data-token="${token('inner')}"></div>
      <script>window.name = ${JSON.stringify(token('inner-name'))}</script>`),
    '/hostile': html(`<div data-token="${token('hostile')}"></div>
      <script>NodeIterator.prototype.nextNode = () => null; Element.prototype.getAttribute = () => '';
        Document.prototype.getElementsByTagName = () => [];
        String.prototype.charCodeAt = () => 0; Array.prototype.map = () => []</script>`),
    '/large': html(`<main></main><div data-token="${token('large')}"></div>
      <script>document.querySelector('main').innerHTML = '<p>words</p>'.repeat(20000)</script>`),
    '/posting': html(`<script>
      addEventListener('message', (event) => event.stopImmediatePropagation(), true);
      const frame = document.createElement('iframe');
      frame.src = location.origin.replace('127.0.0.1', 'localhost') + '/receiving';
      frame.onload = () => frame.contentWindow.postMessage({ type: 'auth', jwt: ${JSON.stringify(token('posted'))} }, '*', [new MessageChannel().port2]);
      document.documentElement.append(frame);
    </script>`),
    '/receiving': html(`<script>parent.postMessage(${JSON.stringify(token('answered'))}, '*')</script>`),
    '/kept': html(`<script>
      const open = indexedDB.open('app', 1);
      open.onupgradeneeded = () => open.result.createObjectStore('sessions');
      open.onsuccess = () => {
        globalThis.database = open.result;
        const store = open.result.transaction('sessions', 'readwrite').objectStore('sessions');
        store.put({ user: { tokens: new Map([['access', ${JSON.stringify(token('record'))}]]) } }, 'ada');
        store.put(new TextEncoder().encode(${JSON.stringify(token('bytes'))}), 7);
        for (let i = 0; i < 3000; i += 1) store.put({ name: 'record ' + i }, 'x' + i);
        store.put([new Set([${JSON.stringify(token('late'))}])], 'z');
      };
      caches.open('pages').then((cache) => Promise.all([
        cache.put('/join', Response.json({ token: ${JSON.stringify(token('cached'))} })),
        cache.put('/with?t=${token('cached-url')}', new Response('', { headers: { 'content-type': 'text/plain' } })),
        cache.put('/i.png', new Response(${JSON.stringify(token('picture'))}, { headers: { 'content-type': 'image/png' } })),
      ]));</script>`),
  });
  session = await openSession({ url: `${server.origin}/held` });
});

afterAll(async () => {
  await session?.close();
  await server?.close();
});

/** Where tokens lie now: room, source, label and path of each. */
async function lying({ panel }: Pick<Session, 'panel'> = session) {
  const { tokens } = await reportOf(panel);
  return tokens.flatMap(({ facts, sightings }) =>
    sightings
      .filter(({ source, goneAt }) => goneAt === null && !/^(?:re(?:quest|sponse))-/.test(source))
      .map(({ source, label, path }) => `${facts.room} ${source} ${label}${path ? `, ${path}` : ''}`),
  );
}

test('what the documents of a page hold is found, with the place it lies in', async () => {
  await eventually(async () =>
    expect((await lying()).sort()).toEqual(
      [
        'meta page-content meta[name="jwt"] content',
        'comment page-content comment',
        'next-data page-content script#__NEXT_DATA__, $.props.token',
        'clobbered page-content form data-token',
        'hidden page-content input[name="ticket"] value',
        'template page-content i data-t',
        'inner page-content div data-token',
        'inner-name page-content script',
        'inner-name window-name window.name',
        'window-name page-content script',
        'window-name window-name window.name',
        'history page-content script',
        'history history-state history.state, $.usr.token',
      ].sort(),
    ),
  );
});

test('what was asked for before devtools were opened is found in the page’s own record', async () => {
  const { tokens } = await reportOf(session.panel);
  const found = tokens.find(({ facts }) => facts.room === 'earlier');
  expect(found?.sightings).toMatchObject([
    { source: 'request-url', label: expect.stringMatching(/^earlier request \d+: .+ own record \?t$/), readBy: 'page' },
  ]);
  expect(found?.sightings[0]?.seenAt).toEqual(expect.any(Number));
});

test('what a page takes away is gone, and what it adds appears', async () => {
  await session.page.evaluate((added: string) => {
    window.name = '';
    history.replaceState(null, '');
    document.querySelector('form')?.setAttribute('data-added', added);
  }, token('added'));
  await eventually(async () => {
    const found = await lying();
    expect(found).toContain('added page-content form data-added');
    expect(found.filter((one) => /window-name window\.name$|history\.state/.test(one))).toEqual([
      'inner-name window-name window.name',
    ]);
  });
});

test('a page that replaces functions of the document cannot hide what it holds, and is told on', async () => {
  await session.page.goto(`${server.origin}/hostile`);
  await eventually(async () => expect(await lying()).toContain('hostile page-content div data-token'));
  expect((await reportOf(session.panel)).problems.map(({ code }) => code)).toContain('storage-tampered');
});

test('a page of twenty thousand elements is read, a little at a time', async () => {
  await session.page.goto(`${server.origin}/large`);
  await eventually(async () => expect(await lying()).toContain('large page-content div data-token'), 40);
}, 60_000);

const kept = [
  'record indexed-db indexedDB["app"]["sessions"]["ada"], $.value.user.tokens.access',
  'bytes indexed-db indexedDB["app"]["sessions"][7], $.value',
  'late indexed-db indexedDB["app"]["sessions"]["z"], $.value[0][0]',
  `cached cache-storage cache "pages": body of ORIGIN/join, $.token`,
  `picture cache-storage cache "pages": body of ORIGIN/i.png`,
  `cached-url cache-storage cache "pages": URL of ORIGIN/with?t=${token('cached-url')}, ?t`,
];
const keptAt = (origin: string) => kept.map((one) => one.replace('ORIGIN', origin)).sort();
const inStores = (found: string[]) => found.filter((one) => / (?:indexed-db|cache-storage) /.test(one)).sort();

test('databases and caches are not opened without access, which is said; at a press they are read once', async () => {
  await session.page.goto(`${server.origin}/kept`);
  await eventually(async () =>
    expect((await reportOf(session.panel)).problems.filter(({ code }) => code === 'storage-unopened')).toHaveLength(2),
  );
  expect(inStores(await lying())).toEqual([]);
  await press(session.panel, 'Rescan');
  await eventually(async () => expect(inStores(await lying())).toEqual(keptAt(server.origin)));
});

describe('with access to the site', () => {
  let variant: Variant;
  let granted: Session;

  beforeAll(async () => {
    variant = grantedVariant(extension);
    granted = await openSession({ url: `${server.origin}/kept`, extension: variant.extension });
  });

  afterAll(async () => {
    await granted?.close();
    variant?.remove();
  });

  test('databases and caches are read, as they change', async () => {
    await eventually(async () => expect(inStores(await lying(granted))).toEqual(keptAt(server.origin)));
    await granted.page.evaluate((added: string) => {
      const { database } = globalThis as unknown as { database: IDBDatabase };
      const store = database.transaction('sessions', 'readwrite').objectStore('sessions');
      store.put(added, 'ada');
    }, token('added'));
    await eventually(async () =>
      expect(await lying(granted)).toContain('added indexed-db indexedDB["app"]["sessions"]["ada"], $.value'),
    );
    expect(await shownText(granted.panel)).not.toContain('could notice');
  });

  test('a page can change and delete its databases at any time', async () => {
    const blocked = await granted.page.evaluate(async () => {
      const { database } = globalThis as unknown as { database: IDBDatabase };
      database.close();
      let blocks = 0;
      for (let version = 2; version < 60; version += 1)
        await new Promise((resolve) => {
          const open = version % 20 === 0 ? indexedDB.deleteDatabase('app') : indexedDB.open('app', version);
          open.onblocked = () => {
            blocks += 1;
          };
          open.onsuccess = () => {
            if (open.result) (open.result as IDBDatabase).close();
            setTimeout(resolve, 60);
          };
        });
      return blocks;
    });
    expect(blocked).toBe(0);
  });

  test('messages between windows are heard from the first on, whatever the page does with them', async () => {
    await granted.page.goto(`${server.origin}/posting`);
    const foreign = server.origin.replace('127.0.0.1', 'localhost');
    const heard = async () => {
      const { tokens } = await reportOf(granted.panel);
      return tokens.flatMap(({ facts, sightings }) =>
        sightings.flatMap(({ source, label, origin, path }) =>
          source === 'message' ? [[facts.room, label, origin, path]] : [],
        ),
      );
    };
    await eventually(async () =>
      expect((await heard()).sort((a, b) => String(a).localeCompare(String(b)))).toEqual([
        ['answered', `message from ${foreign}`, server.origin, ''],
        ['posted', `message from ${server.origin}, which hands over a port`, foreign, '$.jwt'],
      ]),
    );
    expect((await reportOf(granted.panel)).problems.map(({ message }) => message).join()).toContain('handed 1 port');
    await granted.page.evaluate((later: string) => window.postMessage({ later }), token('later'));
    await eventually(async () =>
      expect(await heard()).toContainEqual(['later', `message from ${server.origin}`, server.origin, '$.later']),
    );
  });
});
