import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isNote } from '../../src/engine/model/notes.ts';
import { hours, jwt } from '../builders/tokens.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { atRest, expected, ofPage, placed, reported } from '../e2e/expect-planted.ts';
import { eventually, press, reportOf, shownText } from '../e2e/session.ts';
import { extensionId, type FirefoxSession, findFirefox, openFirefox } from './session.ts';

const now = () => Math.floor(Date.now() / 1000);
const made = (name: string) => jwt({ r: name, d: 'd-made', iat: now(), exp: now() + hours(1) });

describe.runIf(findFirefox())('the demo in Firefox', () => {
  let site: CallSite;
  let firefox: FirefoxSession;
  const found = async () => reported(await reportOf(firefox.panel), site.guest);
  const places = async (token: string) =>
    atRest((await reportOf(firefox.panel)).tokens.find((one) => one.token === token)).map(({ label }) => label);

  const tabs = () => firefox.inBrowser('return gBrowser.tabs.length');

  beforeAll(async () => {
    site = await startCallSite({ now: now() });
    firefox = await openFirefox(site.lobbyUrl);
    // Firefox hears requests from some moment on.
    await eventually(async () => {
      await firefox.inPage(
        "void fetch('/join', { method: 'POST', body: '{\"as\":\"listener\"}' }).then((reply) => reply.text())",
      );
      expect((await reportOf(firefox.panel)).tokens.map(({ token }) => token)).toContain(site.tokens.listening);
    });
  });

  afterAll(async () => {
    await firefox?.close();
    await site?.close();
  });

  test('without access every planted token is found, and what frames of other sites store is said to be unread', async () => {
    await firefox.goTo(site.guestUrl);
    // Requests are told out of order, so that it depends on this whether what a cookie was set with is known.
    const ofAccess = site.guest.flatMap(({ findingsWithAccess = [] }) => findingsWithAccess);
    await eventually(async () =>
      expect(
        placed(ofPage(await found())).map((one) => ({
          ...one,
          findings: one.findings.filter((rule) => !ofAccess.includes(rule)),
        })),
      ).toEqual(expected(site, site.guest, 'by-scripts')),
    );
    const { problems } = await reportOf(firefox.panel);
    const unread = problems.filter((one) => one.code !== 'traffic-unread' && !isNote(one));
    expect(unread.map(({ code }) => code)).toEqual(['frame-unreadable', 'frame-unreadable']);
    expect(await shownText(firefox.panel)).toContain('whatever frames of other sites store');
  });

  test('what a page writes, deletes, adds and changes in its address appears by itself', async () => {
    const [stored, cookie, framed, hash] = ['stored', 'cookie', 'framed', 'hash'].map(made) as [
      string,
      string,
      string,
      string,
    ];
    await firefox.inPage(`localStorage.later = '${stored}'; document.cookie = 'later=${cookie}; path=/'; 1`);
    await firefox.inPage(`(() => {
      const frame = document.createElement('iframe');
      frame.src = '${site.origins.daily}/later#jwt=${framed}';
      document.body.append(frame);
      location.hash = 'jwt=${hash}';
      document.getElementById('enter').click();
    })()`);
    await eventually(async () => {
      expect(await places(stored)).toEqual(['localStorage["later"]']);
      expect(await places(cookie)).toEqual(['cookie "later"']);
      expect(await places(framed)).toEqual(['frame URL #jwt']);
      expect(await places(hash)).toContain('page URL #jwt');
    });
    await eventually(async () => {
      const joining = (await reportOf(firefox.panel)).tokens.find(({ token }) => token === site.tokens.joining);
      expect(atRest(joining)).toMatchObject([{ goneAt: expect.any(Number) }]);
    });
  });

  test('access is given in a tab of its own by the prompt of Firefox, and what needs it appears', async () => {
    await firefox.goTo(site.lobbyUrl);
    await firefox.goTo(site.guestUrl);
    await press(firefox.panel, 'Allow on http://app.localhost');
    await eventually(async () => expect(await tabs()).toBe(2));
    await eventually(async () => {
      await firefox.pressInTab('#allow');
      await firefox.confirmPrompt();
    });
    await eventually(async () => expect(await places(site.tokens.session)).toEqual(['cookie "session"']));
    expect(await tabs()).toBe(1);
    for (const one of [site.origins.daily, site.origins.jitsi]) await firefox.grant(one.replace(/:\d+$/, ''));
    await eventually(async () => expect(ofPage(await found())).toEqual(expected(site, site.guest, 'by-browser')));
  });

  test('the background page is woken by what it is to tell, after Firefox stopped it', async () => {
    await firefox.stopBackground();
    await firefox.inPage("void fetch('/renew', { method: 'POST' })");
    await eventually(async () => expect(await places(site.tokens.renewed)).toEqual(['cookie "renewed"']));
    await firefox.stopBackground();
    await press(firefox.panel, 'Rescan');
    await eventually(async () => expect(await places(site.tokens.session)).toEqual(['cookie "session"']));
  });

  test('in the green room tokens are found in every place, and in messages between windows', async () => {
    await firefox.goTo(site.greenRoomUrl);
    await eventually(async () =>
      expect(await firefox.inPage("document.getElementById('status').textContent")).toBe('Ready to go on stage'),
    );
    await eventually(async () =>
      expect(placed(ofPage(reported(await reportOf(firefox.panel), site.greenRoom)))).toEqual(
        placed(expected(site, site.greenRoom, 'by-browser')),
      ),
    );
  });

  test('the panel follows the theme of devtools and goes wherever they are docked', async () => {
    const isDark = () => firefox.panel.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
    await firefox.inBrowser("Services.prefs.setCharPref('devtools.theme', 'dark')");
    await eventually(async () => expect(await isDark()).toBe(true));
    const width = () => firefox.panel.evaluate('innerWidth') as Promise<number>;
    const before = await width();
    await firefox.dock('right');
    await eventually(async () => expect(await width()).toBeLessThan(before * 0.8));
    expect(await firefox.panel.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await firefox.goTo(site.hostUrl);
    await eventually(async () =>
      expect(ofPage(reported(await reportOf(firefox.panel), site.host))).toEqual(
        expected(site, site.host, 'by-browser'),
      ),
    );
  });

  test('at install Firefox shows the lines that README and docs name, and no other', async () => {
    const lines = await firefox.inBrowser<string[]>(
      `
      const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
      const { ExtensionData } = ChromeUtils.importESModule('resource://gre/modules/Extension.sys.mjs');
      const { installPermissions } = await AddonManager.getAddonByID(args[0]);
      const { msgs } = ExtensionData.formatPermissionStrings({ permissions: installPermissions }, { fullDomainsList: true });
      return [...msgs];`,
      extensionId,
    );
    expect(lines).toEqual([
      'Extend developer tools to access your data in open tabs',
      'Access browser activity during navigation',
    ]);
    for (const page of ['README.md', 'PRIVACY.md', 'docs/permissions.md']) {
      const text = readFileSync(resolve(import.meta.dirname, '../..', page), 'utf8').replaceAll(/\s+/g, ' ');
      for (const line of lines) expect(text, page).toContain(line);
    }
  });
});
