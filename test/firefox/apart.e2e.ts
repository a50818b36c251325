import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hours, jwt } from '../builders/tokens.ts';
import { eventually, press, reportOf, shownText } from '../e2e/session.ts';
import { type FirefoxSession, findFirefox, openFirefox } from './session.ts';

const now = Math.floor(Date.now() / 1000);
const jar = (name: string) => jwt({ sub: name, iat: now, exp: now + hours(1) });

describe.runIf(findFirefox())('what Firefox keeps apart', () => {
  let server: Server;
  let origin: string;
  let firefox: FirefoxSession;
  /** What lies in cookies that scripts cannot read. */
  const cookies = async () => {
    const { tokens } = await reportOf(firefox.panel);
    return tokens.flatMap(({ token, sightings }) =>
      sightings.some(({ source }) => source === 'cookie') ? [token] : [],
    );
  };

  beforeAll(async () => {
    server = createServer((request, reply) => {
      const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (pathname === '/room')
        reply.setHeader('set-cookie', `jar=${jar(search.slice(1) || 'plain')}; Path=/; HttpOnly`);
      reply.setHeader('content-type', 'text/html').end('<title>Room</title>');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // First-party isolation wants more to be said wherever cookies are asked for.
    firefox = await openFirefox(`${origin}/room`, { preferences: { 'privacy.firstparty.isolate': true } });
  });

  afterAll(async () => {
    await firefox?.close();
    server?.closeAllConnections();
    server?.close();
  });

  test('a prompt that is refused gives nothing, and may be asked for again', async () => {
    await press(firefox.panel, 'Allow on http://127.0.0.1');
    await eventually(async () => {
      await firefox.pressInTab('#allow');
      await firefox.refusePrompt();
    });
    await eventually(async () => expect(await firefox.inBrowser('return gBrowser.tabs.length')).toBe(1));
    expect(await shownText(firefox.panel)).toContain('Allow on http://127.0.0.1');
    expect(await cookies()).toEqual([]);
  });

  test('cookies are read under first-party isolation', async () => {
    await firefox.grant('http://127.0.0.1');
    await eventually(async () => expect(await cookies()).toEqual([jar('plain')]));
  });

  test('in a container, its own cookies are those of the page', async () => {
    await firefox.openApart('container', `${origin}/room?container`);
    await eventually(async () => expect(await cookies()).toEqual([jar('container')]));
  });

  test('in a private window, too, and nothing of it is kept', async () => {
    await firefox.allowInPrivate();
    await firefox.openApart('private', `${origin}/room?private`);
    await eventually(async () => expect(await cookies()).toEqual([jar('private')]));
    const stored = () => firefox.inView('devtools_panel', 'chrome.storage.local.get()');
    const before = await stored();
    await press(firefox.panel, 'Settings');
    await eventually(async () => expect(await shownText(firefox.panel)).toContain('This is a private window'));
    // What no console sets breakpoints for is not offered.
    expect(await shownText(firefox.panel)).not.toContain('which lines handle tokens');
    expect(await stored()).toEqual(before);
  });
});
