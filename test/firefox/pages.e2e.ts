import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentSighting } from '../../src/engine/report/report-document.ts';
import { hours, jwt } from '../builders/tokens.ts';
import { type PageServer, servePages } from '../e2e/page-server.ts';
import { eventually, reportOf, shownText } from '../e2e/session.ts';
import { startTrafficSite, type TrafficSite } from '../e2e/traffic-site.ts';
import { fillBackend, validate } from '../e2e/validate-in-panel.ts';
import { type FirefoxSession, findFirefox, openFirefox } from './session.ts';

const now = Math.floor(Date.now() / 1000);
/** Tokens by what the tests call them. */
const tokens = new Map<string, string>();
function token(name: string): string {
  const known = tokens.get(name) ?? jwt({ sub: name, iat: now, exp: now + hours(1) });
  tokens.set(name, known);
  return known;
}

/** Holds tokens where scripts of extensions see them through a glass alone. */
function deepPage(): string {
  const bytes = (name: string) => `new TextEncoder().encode('${token(name)}')`;
  return `<!doctype html><title>Deep</title><div></div><script>
    document.querySelector('div').attachShadow({ mode: 'closed' }).innerHTML = '<p data-token="${token('closed')}">';
    indexedDB.open('kept', 1).onupgradeneeded = ({ target }) => {
      const store = target.result.createObjectStore('kept');
      store.put(new Map([['a', { b: new Set(['${token('set')}']) }]]), 'map');
      store.put(${bytes('buffer')}.buffer, 'buffer');
      store.put(1, ${bytes('key')}.buffer);
    };
    void navigator.storage.getDirectory().then(async (root) => {
      const folder = await root.getDirectoryHandle('folder', { create: true });
      const file = await (await folder.getFileHandle('file', { create: true })).createWritable();
      await file.write('${token('file')}');
      await file.close();
    });
  </script>`;
}

describe.runIf(findFirefox())('pages in Firefox', () => {
  let firefox: FirefoxSession;
  let traffic: TrafficSite;
  let pages: PageServer;

  beforeAll(async () => {
    const given = ['early', 'cookie', 'moved'];
    traffic = await startTrafficSite(Object.fromEntries(given.map((name) => [name, token(name)])));
    pages = await servePages(
      {
        '/plain': `<!doctype html><title>Plain</title><script>localStorage.plain = '${token('plain')}'</script>`,
        '/frame': '<!doctype html><title>Frame</title>',
        '/strict': `<!doctype html><title>Strict</title><p id=here data-token="${token('strict')}">`,
        '/answer': `{"token":"${token('answer')}"}`,
        '/sandboxed': '<!doctype html><title>Sandboxed</title>',
        '/deep': deepPage(),
        '/dead': '<!doctype html><title>Dead</title><iframe src="http://localhost:9/"></iframe>',
      },
      {
        '/frame': { 'set-cookie': `third=${token('third')}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned` },
        '/strict': { 'content-security-policy': "default-src 'none'; require-trusted-types-for 'script'" },
        '/answer': { 'content-type': 'application/json' },
        '/sandboxed': { 'content-security-policy': 'sandbox' },
      },
    );
    firefox = await openFirefox(`${traffic.origin}/`, {
      preferences: { 'extensions.webextensions.restrictedDomains': 'restricted.localhost' },
    });
    // Firefox hears requests from some moment on.
    await eventually(async () => {
      await firefox.inPage("fetch('/give?early').then((reply) => reply.text()); 1");
      expect((await places()).early).toEqual(['response body']);
    });
  });

  afterAll(async () => {
    await firefox?.close();
    await Promise.all([traffic?.close(), pages?.close()]);
  });

  /** Where the panel lists tokens, by what the tests call them, without the numbers of requests. */
  async function places(): Promise<Record<string, string[]>> {
    const { tokens: listed } = await reportOf(firefox.panel);
    const names = new Map([...tokens].map(([name, text]) => [text, name]));
    return Object.fromEntries(
      listed.map(({ token: text, sightings }) => [
        names.get(text) ?? text,
        [...new Set(sightings.map(({ label }) => label.replace(/^request \d+: /, '')))].sort((a, b) =>
          a < b ? -1 : 1,
        ),
      ]),
    );
  }

  /** Whether a token still lies in the address of the page. */
  const isPresent = async (name: string) => {
    const { tokens: listed } = await reportOf(firefox.panel);
    const sightings = listed.find((one) => one.token === token(name))?.sightings ?? [];
    return sightings.some(({ label, goneAt }) => label === 'page URL ?access_token' && !goneAt);
  };

  const problems = async () => (await reportOf(firefox.panel)).problems.map(({ message }) => message).join('\n');

  test('without access to the site, tokens are found wherever requests carry them', async () => {
    const ask = () =>
      firefox.inPage(`
      fetch('/cookie?cookie').then(() => fetch('/echo'));
      open('access_token=${token('socket')}');
      talk('${token('text')}', false);
      fetch('/moved?moved').then((reply) => reply.text());
      work('${token('worker')}');
      void fetch('/echo', { method: 'POST', body: JSON.stringify({ token: '${token('posted')}' }) });
    `);
    let askedAt = 0;
    await eventually(async () => {
      // While replies are under way Firefox at times tells of no other request.
      if (Date.now() - askedAt > 5000) {
        askedAt = Date.now();
        await ask();
      }
      expect(await places()).toMatchObject({
        cookie: expect.arrayContaining(['request header Cookie "session"', 'response header set-cookie "session"']),
        socket: ['request URL ?access_token'],
        moved: expect.arrayContaining(['response header location']),
        worker: ['request header authorization'],
        posted: ['request body'],
      });
    });
    // What goes over a socket Firefox tells no extension.
    expect(Object.keys(await places())).not.toContain('text');
  });

  test('so they are where a request has not ended', async () => {
    let sentAt = 0;
    await eventually(async () => {
      const seen = await places();
      // Not so often that they take all connections that a host is given.
      const isDue = Date.now() - sentAt > 4000;
      if (isDue) sentAt = Date.now();
      for (const [name, path] of Object.entries({ 'no answer': '/silent', 'no end': '/endless' }))
        if (isDue && !seen[name]) await firefox.inPage(`send('${path}', '${token(name)}'); 1`);
      expect(seen).toMatchObject({
        'no answer': ['request header authorization'],
        'no end': ['request header authorization'],
      });
    });
  });

  test.each([
    ['about:config', 'This page cannot be read'],
    ['about:blank', 'This page cannot be read'],
    ['data:text/html,<p>x', 'This page cannot be read'],
    ['http://127.0.0.1:9/', 'The page could not be loaded'],
    ['http://nowhere.invalid/', 'The page could not be loaded'],
    ['view-source:ORIGIN/plain', 'This is a page of the browser itself'],
    ['about:reader?url=ORIGIN/plain', 'This page cannot be read'],
    ['ORIGIN/answer', 'This page cannot be read'],
    ['http://restricted.localhost:PORT/plain', 'This page cannot be read'],
    ['file:///', 'This page is a file on this computer'],
  ])('%s is named as such, and the panel works again afterwards', async (address, words) => {
    const url = address.replace('ORIGIN', pages.origin).replace('PORT', new URL(pages.origin).port);
    await firefox.goTo(url).catch(() => {});
    await eventually(async () => expect(await shownText(firefox.panel)).toContain(words));
    await firefox.goTo(`${pages.origin}/plain`);
    await eventually(async () => expect((await places()).plain).toContain('localStorage["plain"]'));
  });

  test('a page that refuses every script but its own is read', async () => {
    await firefox.goTo(`${pages.origin}/strict`);
    await eventually(async () => expect((await places()).strict).toContain('p#here data-token'));
  });

  test('of a sandboxed page it is said that there is no storage to be read', async () => {
    await firefox.goTo(`${pages.origin}/sandboxed`);
    await eventually(async () =>
      expect(await problems()).toContain('The browser does not let this page use its storage'),
    );
    // Nor is anything left in it.
    await eventually(async () => expect(await firefox.inPage("document.querySelectorAll('iframe').length")).toBe(0));
    await firefox.goTo(`${pages.origin}/plain`);
  });

  test('the cookie of a frame of another site, which Firefox keeps for this page alone, is read with access', async () => {
    const other = pages.origin.replace('127.0.0.1', 'localhost');
    await firefox.inPage(
      `(() => { const one = document.createElement('iframe'); one.src = '${other}/frame'; document.body.append(one); })()`,
    );
    for (const site of ['http://localhost', 'https://localhost', 'http://127.0.0.1']) await firefox.grant(site);
    await eventually(async () => expect((await places()).third).toContain('cookie "third"'));
    const { tokens: listed } = await reportOf(firefox.panel);
    const kept = listed
      .find((one) => one.token === token('third'))
      ?.sightings.filter(({ source }) => source === 'cookie');
    expect(kept).toMatchObject([{ readBy: 'browser' }]);
  });

  test('what a page moves to without a load is read, and the page again that comes back from the cache', async () => {
    await firefox.goTo(`${pages.origin}/plain`);
    await firefox.inPage(`history.pushState(null, '', '/plain?access_token=${token('pushed')}'); 1`);
    await eventually(async () => expect((await places()).pushed).toContain('page URL ?access_token'));
    await firefox.goTo(`${pages.origin.replace('127.0.0.1', 'localhost')}/frame`);
    await eventually(async () => expect(await isPresent('pushed')).toBe(false));
    await firefox.command('Marionette:SetContext', { value: 'content' });
    await firefox.command('WebDriver:Back');
    await eventually(async () => expect(await isPresent('pushed')).toBe(true));
  });

  test('a frame that could not be loaded is none that could not be read', async () => {
    await firefox.goTo(`${pages.origin}/dead`);
    // Thrice in a row is what it takes to be said.
    await new Promise((done) => setTimeout(done, 2000));
    expect(await problems()).not.toContain('frame');
  });

  test('with access, tokens are found in maps, bytes, files and closed shadow trees', async () => {
    await firefox.goTo(`${pages.origin}/deep`);
    const isKept = ({ label, direction }: DocumentSighting) => direction === undefined && label !== 'script';
    await eventually(async () => {
      const { tokens: listed } = await reportOf(firefox.panel);
      const kept = listed.filter(({ sightings }) => sightings.some(isKept)).map((one) => one.token);
      expect(kept).toEqual(expect.arrayContaining(['closed', 'set', 'buffer', 'key', 'file'].map(token)));
    });
  });

  test('a token is validated by a backend that is told no origin, and why it cannot be asked is said', async () => {
    const asked: IncomingHttpHeaders[] = [];
    const backend = createServer((request, reply) => {
      asked.push(request.headers);
      reply.writeHead(200, { 'content-type': 'application/json' }).end('{"active": true}');
    });
    await new Promise<void>((done) => backend.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}/introspect`;
    await fillBackend(firefox.panel, { url, value: 'Bearer of-the-backend' });
    await firefox.panel.waitForSelector('.backend');
    expect((await validate(firefox.panel, token('plain'))).text).toContain('Active: it would be accepted.');
    expect(asked.map(({ origin, authorization }) => [origin, authorization])).toEqual([
      [undefined, 'Bearer of-the-backend'],
    ]);
    backend.closeAllConnections();
    await new Promise((done) => backend.close(done));
    expect((await validate(firefox.panel, token('plain'))).text).toContain('Nothing listens at 127.0.0.1');
  });
});
