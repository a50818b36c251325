import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../browser/find-browser.ts';
import { grantedVariant, type Variant } from '../browser/granted-variant.ts';
import { jwt } from '../builders/tokens.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { atRest, expected, ofPage, reported } from './expect-planted.ts';
import { eventually, extension, openSession, press, reportOf, type Session, shownText } from './session.ts';

let site: CallSite;

beforeAll(async () => {
  site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
});

afterAll(async () => {
  await site?.close();
});

describe('with access to the site', () => {
  let variant: Variant;
  let session: Session;

  beforeAll(async () => {
    variant = grantedVariant(extension);
    session = await openSession({ url: site.guestUrl, extension: variant.extension });
  });

  afterAll(async () => {
    await session?.close();
    variant?.remove();
  });

  test('every planted token is found, those in HttpOnly cookies too', async () => {
    await eventually(async () =>
      expect(reported(await reportOf(session.panel), site.guest)).toEqual(expected(site, site.guest, 'by-browser')),
    );
  });

  test('the panel asks for nothing more', async () => {
    expect(await shownText(session.panel)).not.toContain('Without access to');
  });

  test('every token of the green room is found, the one too that goes from window to window', async () => {
    const { panel, page } = await session.open(site.lobbyUrl);
    await page.goto(site.greenRoomUrl);
    await page.waitForFunction("document.getElementById('status').textContent === 'Ready to go on stage'");
    await eventually(async () =>
      expect(ofPage(reported(await reportOf(panel), site.greenRoom))).toEqual(
        expected(site, site.greenRoom, 'by-browser'),
      ),
    );
    await page.close();
    await session.page.bringToFront();
  });

  test('an HttpOnly cookie set later appears by itself', async () => {
    await session.page.evaluate(() => fetch('/renew', { method: 'POST' }));
    await eventually(async () => {
      const found = (await reportOf(session.panel)).tokens.find(({ token }) => token === site.tokens.renewed);
      expect(atRest(found).map(({ label }) => label)).toEqual(['cookie "renewed"']);
    }, 10);
  });

  test('a cookie that is there for no longer than a moment is seen, and gone', async () => {
    const brief = jwt({ r: 'brief', d: 'd-brief', exp: Math.floor(Date.now() / 1000) + 600 });
    await session.page.evaluate((token) => {
      // biome-ignore lint/suspicious/noDocumentCookie: it is what pages do
      document.cookie = `brief=${token}; path=/`;
      // biome-ignore lint/suspicious/noDocumentCookie: as above
      document.cookie = 'brief=; path=/; max-age=0';
    }, brief);
    await eventually(async () => {
      const found = (await reportOf(session.panel)).tokens.find(({ token }) => token === brief);
      expect(found?.sightings).toMatchObject([
        { label: 'cookie "brief"', goneAt: expect.any(Number), readBy: 'browser' },
      ]);
    }, 10);
  });
});

// The prompt is a window of the browser, so a display and something that presses keys are needed.
const canPress = process.platform === 'linux' && findProgram('Xvfb') !== null && findProgram('xdotool') !== null;

describe.runIf(canPress)("through the browser's own prompt", () => {
  const display = `:${90 + (process.pid % 100)}`;
  let screen: ChildProcess;
  let session: Session;

  beforeAll(async () => {
    screen = spawn('Xvfb', [display, '-screen', '0', '1400x1000x24'], { stdio: 'ignore' });
    await eventually(async () => expect(keys('getmouselocation')).toBe(0), 10);
    session = await openSession({ url: site.guestUrl, headless: false, display });
  });

  afterAll(async () => {
    await session?.close();
    screen?.kill();
  });

  test('nothing is granted before it is asked for, nor when the prompt is closed', async () => {
    await eventually(async () => expect(await shownText(session.panel)).toContain('Allow on http://app.localhost'));
    await askForAccess();
    keys('key', 'Escape');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await shownText(session.panel)).toContain('Allow on http://app.localhost');
    expect(tokensOf(await reportOf(session.panel))).not.toContain(site.tokens.session);
  });

  test('what needs access appears as soon as it is granted', async () => {
    await askForAccess();
    keys('key', 'Tab');
    await new Promise((resolve) => setTimeout(resolve, 300));
    keys('key', 'Return');
    await eventually(async () => expect(tokensOf(await reportOf(session.panel))).toContain(site.tokens.session));
    expect(await shownText(session.panel)).not.toContain('Allow on http://app.localhost');
    await eventually(async () =>
      expect(reported(await reportOf(session.panel), site.guest)).toEqual(expected(site, site.guest, 'by-browser')),
    );
  });

  test('what was granted is listed in the settings, and asked for again as soon as it is withdrawn', async () => {
    await press(session.panel, 'Settings');
    await press(session.panel, 'Withdraw access to http://app.localhost');
    await eventually(async () => expect(await shownText(session.panel)).toContain('Allow on http://app.localhost'));
    expect(await session.panel.evaluate('chrome.permissions.getAll().then(({ origins }) => origins)')).toEqual([]);
    // What access alone could read is not said to be there now.
    await eventually(async () => {
      const { tokens, problems } = await reportOf(session.panel);
      const cookie = tokens
        .find(({ token }) => token === site.tokens.session)
        ?.sightings.find((one) => one.source === 'cookie');
      expect(cookie).toMatchObject({ goneAt: null, unreadAt: expect.any(Number) });
      expect(problems.map(({ code }) => code)).toContain('cookie-unread');
    });
  });

  async function askForAccess() {
    const button = await session.panel.waitForSelector('::-p-text(Allow on http://app.localhost)');
    await button?.click();
    // The prompt takes the keyboard when it has been drawn.
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }

  function keys(...args: string[]): number | null {
    return spawnSync('xdotool', args, { env: { ...process.env, DISPLAY: display } }).status;
  }
});

function tokensOf(report: { tokens: { token: string }[] }): string[] {
  return report.tokens.map(({ token }) => token);
}
