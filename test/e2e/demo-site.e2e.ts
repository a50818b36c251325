import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isNote } from '../../src/engine/model/notes.ts';
import { jwt } from '../builders/tokens.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { atRest, expected, ofPage, placed, reported } from './expect-planted.ts';
import { eventually, openSession, press, reportOf, type Session, shownText } from './session.ts';

let site: CallSite;
let session: Session;
const now = () => Math.floor(Date.now() / 1000);

beforeAll(async () => {
  site = await startCallSite({ now: now() });
  session = await openSession({ url: site.lobbyUrl });
});

afterAll(async () => {
  await session?.close();
  await site?.close();
});

test('the lobby holds no tokens, and the panel says so', async () => {
  await eventually(async () => expect(await shownText(session.panel)).toContain('No tokens here yet'));
});

describe('on the guest page, reached by joining from the lobby', () => {
  test('every planted token is found, with its platform, room, role, places and findings, and no other', async () => {
    await Promise.all([session.page.waitForNavigation(), session.page.click('button[value=guest]')]);
    await eventually(async () =>
      expect(reported(await reportOf(session.panel), site.guest)).toEqual(expected(site, site.guest, 'in-requests')),
    );
    const { problems } = await reportOf(session.panel);
    // What came before the navigation is the lobby's.
    expect(problems.filter((one) => one.code !== 'traffic-unread' && !isNote(one))).toEqual([]);
  });

  test('a token written to localStorage appears by itself', async () => {
    const token = jwt({ r: 'later', d: 'd-later', iat: now(), exp: now() + 600 });
    await session.page.evaluate((text: string) => localStorage.setItem('written-later', text), token);
    await eventually(async () => {
      const found = (await reportOf(session.panel)).tokens.find((one) => one.token === token);
      expect(found?.sightings.map(({ label }) => label)).toEqual(['localStorage["written-later"]']);
    }, 10);
  });

  test('a token that replaces another of the same length is noticed', async () => {
    const before = jwt({ r: 'swap', d: 'd-swap', iat: now(), exp: now() + 600, jti: 'a' });
    const after = jwt({ r: 'swap', d: 'd-swap', iat: now(), exp: now() + 600, jti: 'b' });
    expect(after.length).toBe(before.length);
    for (const token of [before, after]) {
      await session.page.evaluate(
        (text: string) => sessionStorage.setItem('swapped', JSON.stringify({ pad: 'x'.repeat(20_000), text })),
        token,
      );
      await eventually(async () =>
        expect((await reportOf(session.panel)).tokens.map((one) => one.token)).toContain(token),
      );
    }
  });

  test('a cookie set later appears by itself', async () => {
    const token = jwt({ r: 'cookie-later', d: 'd-later', iat: now(), exp: now() + 600 });
    await session.page.evaluate((text: string) => {
      // biome-ignore lint/suspicious/noDocumentCookie: the old way is the one apps use
      document.cookie = `set-later=${text}; path=/`;
    }, token);
    await eventually(async () => {
      const found = (await reportOf(session.panel)).tokens.find((one) => one.token === token);
      expect(atRest(found).map(({ label }) => label)).toEqual(['cookie "set-later"']);
    }, 10);
  });

  test('a frame added later and a fragment changed later are seen', async () => {
    const token = jwt({ r: 'frame-later', d: 'd-later', iat: now(), exp: now() + 600 });
    await session.page.evaluate((url: string) => {
      const frame = document.createElement('iframe');
      frame.id = 'later';
      frame.src = url;
      document.body.append(frame);
    }, `${site.origins.daily}/later#jwt=${token}`);
    await eventually(async () => {
      const found = (await reportOf(session.panel)).tokens.find((one) => one.token === token);
      expect(atRest(found).map(({ source, label }) => [source, label])).toEqual([['frame-url', 'frame URL #jwt']]);
    });
    const inFragment = jwt({ r: 'fragment-later', d: 'd-later', iat: now(), exp: now() + 600 });
    await session.page.evaluate((text: string) => {
      location.hash = `jwt=${text}`;
    }, inFragment);
    await eventually(async () => {
      const found = (await reportOf(session.panel)).tokens.find((one) => one.token === inFragment);
      expect(found?.sightings.map(({ label }) => label)).toContain('page URL #jwt');
    });
  });

  test('a token that the page deletes is kept as gone', async () => {
    await session.page.click('#enter');
    await eventually(async () => {
      const token = (await reportOf(session.panel)).tokens.find((one) => one.token === site.tokens.joining);
      expect(atRest(token)).toHaveLength(1);
      expect(atRest(token)[0]?.goneAt).toEqual(expect.any(Number));
    }, 10);
    expect(await shownText(session.panel)).toMatch(/gone (?:since )?\d\d:/i);
  });
});

test('a navigation to the host page brings its tokens', async () => {
  // A token that both pages hold would be in two tabs.
  await session.page.goto('about:blank');
  const { panel, page } = await session.open(site.hostUrl);
  await eventually(async () => {
    // Storage of the guest page is still there, because both pages share an origin; the host's own tokens are compared.
    expect(ofPage(reported(await reportOf(panel), site.host))).toEqual(expected(site, site.host, 'by-scripts'));
  });
  await page.close();
  await session.page.bringToFront();
  await session.page.goto(site.hostUrl);
  await eventually(async () => {
    const found = (await reportOf(session.panel)).tokens.map(({ token }) => token);
    expect(found).toContain(site.tokens.dailyHost);
  });
});

test('in the green room tokens lie where no store is, and in stores that are read at a press', async () => {
  const { panel, page } = await session.open(site.lobbyUrl);
  const found = async () => placed(ofPage(reported(await reportOf(panel), site.greenRoom)));
  await page.goto(site.greenRoomUrl);
  await page.waitForFunction("document.getElementById('status').textContent === 'Ready to go on stage'");
  await eventually(async () => expect(await found()).toEqual(placed(expected(site, site.greenRoom, 'in-requests'))));
  await press(panel, 'Rescan');
  await eventually(async () =>
    expect(await found()).toEqual(placed(expected(site, site.greenRoom, 'in-requests', { isPressed: true }))),
  );
  await page.close();
});
