import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrangePanel } from '../browser/photograph-panel.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { violations } from './axe.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, openSession, press, type Session, shownText } from './session.ts';

let site: CallSite;
let pages: PageServer;
let session: Session;

beforeAll(async () => {
  site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
  pages = await servePages(
    { '/empty': '<title>Empty</title>', '/sandboxed': '' },
    { '/sandboxed': { 'content-security-policy': 'sandbox allow-scripts' } },
  );
  session = await openSession({ url: site.guestUrl });
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await pages?.close();
});

async function goto(url: string, words: string) {
  await session.page.goto(url).catch(() => {});
  await eventually(async () => expect(await shownText(session.panel)).toContain(words));
}

test('the list of tokens, with the note about hidden cookies', async () => {
  await eventually(async () => expect(await shownText(session.panel)).toContain('Allow on'));
  await eventually(async () => expect(await shownText(session.panel)).toContain('Supabase'));
  expect(await violations(session.panel)).toEqual([]);
});

test.each(['Overview', 'Claims', 'Privileges', 'Findings', 'Places', 'Validity', 'Raw'])(
  'the details of a token: %s',
  async (tab) => {
    await session.panel.evaluate("document.querySelectorAll('[role=grid] [role=row][id]')[1].click()");
    await eventually(async () => {
      const chosen = await session.panel.evaluate((name: string) => {
        const tabs = [...document.querySelectorAll<HTMLElement>('.detail [role=tab]')];
        const one = tabs.find(({ textContent }) => textContent?.trim().startsWith(name));
        one?.click();
        return one !== undefined;
      }, tab);
      expect(chosen).toBe(true);
    }, 5);
    expect(await violations(session.panel)).toEqual([]);
  },
);

test.each(['Findings', 'Origins', 'Privileges', 'Tokens'])('the view %s', async (view) => {
  await press(session.panel, view);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await violations(session.panel)).toEqual([]);
});

test('settings and the export menu', async () => {
  await press(session.panel, 'Settings');
  expect(await violations(session.panel)).toEqual([]);
  await press(session.panel, 'Settings');
  await press(session.panel, 'Export report');
  expect(await violations(session.panel)).toEqual([]);
  await press(session.panel, 'Export report');
});

test('a filter that leaves nothing', async () => {
  await session.panel.evaluate(`(() => {
    const field = document.querySelector('[aria-label="Filter tokens"]');
    field.value = 'nothing-matches-this';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  })()`);
  await eventually(async () => expect(await shownText(session.panel)).toContain('No token matches'));
  expect(await violations(session.panel)).toEqual([]);
  await press(session.panel, 'Clear filters');
});

test('a narrow panel', async () => {
  await arrangePanel(session.devtools, session.panel, { width: 360, height: 640 });
  expect(await violations(session.panel)).toEqual([]);
  await arrangePanel(session.devtools, session.panel, { width: 1280, height: 760 });
});

test.each([
  ['without tokens', () => `${pages.origin}/empty`, 'No tokens here yet'],
  ['on a page of the browser', () => 'chrome://version', 'This is a page of the browser itself'],
  ['on a file', () => `file://${import.meta.filename}`, 'This page is a file on this computer'],
  ['on an error page', () => 'http://127.0.0.1:9/', 'The page could not be loaded'],
  ['on a sandboxed page', () => `${pages.origin}/sandboxed`, 'This page is sandboxed'],
])('the panel %s', async (_, url, words) => {
  const { devtools, panel, page } = await session.open(`${pages.origin}/empty`);
  await arrangePanel(devtools, panel, { width: 1000, height: 600 });
  await page.goto(url()).catch(() => {});
  await eventually(async () => expect(await shownText(panel)).toContain(words));
  expect(await violations(panel)).toEqual([]);
  await page.close();
});

test('a page that blocks', async () => {
  await goto(site.guestUrl, 'standup');
  void session.page
    .evaluate('(() => { const until = Date.now() + 9000; while (Date.now() < until); })()')
    .catch(() => {});
  await eventually(async () => expect(await shownText(session.panel)).toContain('The page is not answering'), 9);
  expect(await violations(session.panel)).toEqual([]);
}, 40_000);
