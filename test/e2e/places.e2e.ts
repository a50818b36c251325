import { afterAll, beforeAll, expect, test } from 'vitest';
import { jwt } from '../builders/tokens.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, openSession, reportOf, type Session } from './session.ts';

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
        <input type="hidden" name="ticket" value="${token('hidden')}"></form><img name="createTreeWalker">
      <template><i data-t="${token('template')}"></i></template><iframe src="/inner"></iframe>
      <script>window.name = ${JSON.stringify(token('window-name'))};
        history.replaceState({ usr: { token: ${JSON.stringify(token('history'))} } }, '')</script>`),
    '/inner': html(`<div data-token="${token('inner')}"></div>
      <script>window.name = ${JSON.stringify(token('inner-name'))}</script>`),
    '/hostile': html(`<div data-token="${token('hostile')}"></div>
      <script>TreeWalker.prototype.nextNode = () => null; Element.prototype.getAttribute = () => '';
        Document.prototype.getElementsByTagName = () => [];
        String.prototype.charCodeAt = () => 0; Array.prototype.map = () => []</script>`),
    '/large': html(`<main></main><div data-token="${token('large')}"></div>
      <script>document.querySelector('main').innerHTML = '<p>words</p>'.repeat(50000)</script>`),
  });
  session = await openSession({ url: `${server.origin}/held` });
});

afterAll(async () => {
  await session?.close();
  await server?.close();
});

/** Where tokens lie now: room, source, label and path of each. */
async function lying() {
  const { tokens } = await reportOf(session.panel);
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

test('a page of fifty thousand elements is read, a little at a time', async () => {
  await session.page.goto(`${server.origin}/large`);
  await eventually(async () => expect(await lying()).toContain('large page-content div data-token'), 40);
}, 60_000);
