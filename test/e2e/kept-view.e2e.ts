import type { CDPSession, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPanel } from '../browser/open-panel.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { violations } from './axe.ts';
import { eventually, extension, openSession, press, type Session, shownText } from './session.ts';

let site: CallSite;
let session: Session;

beforeAll(async () => {
  site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
  session = await openSession({ url: site.guestUrl });
  await eventually(async () => expect(await shownText(session.panel)).toContain('Supabase'));
});

afterAll(async () => {
  await session?.close();
  await site?.close();
});

/** Closes devtools and opens them again, on the panel. */
async function reopen({ page, devtools }: { page: Page; devtools: Page }) {
  await devtools.close();
  const opened = await openPanel(page);
  await eventually(async () => expect(await shownText(opened.panel)).toMatch(/[1-9]\d* tokens/));
  return { page, ...opened };
}

const kept = (panel: Frame) => panel.evaluate('chrome.storage.local.get(null)') as Promise<Record<string, unknown>>;
const filterOf = (panel: Frame) => panel.evaluate('document.querySelector(\'[aria-label="Filter tokens"]\').value');

/** Types into the filter, in place of what is there. */
async function filterBy({ panel }: { panel: Frame }, text: string) {
  await panel.evaluate((given) => {
    const field = document.querySelector('[aria-label="Filter tokens"]') as HTMLInputElement;
    field.value = given;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }, text);
}

/** What somebody would see again, or miss. */
const lookOf = (panel: Frame) =>
  panel.evaluate(`(() => ({
    filter: document.querySelector('[aria-label="Filter tokens"]').value,
    severity: document.querySelector('[aria-label="Severity"]').value,
    sorted: document.querySelector('[role=columnheader]:is([aria-sort=ascending], [aria-sort=descending])')?.textContent.replace(/[^a-z ]/gi, ''),
    tab: document.querySelector('.detail [role=tab][aria-selected=true]')?.textContent.replace(/\\d+/, ''),
    divider: document.querySelector('.divider')?.ariaValueNow,
  }))()`);

test('filter, order, tab and divider are found again when devtools are closed and opened', async () => {
  const { panel } = session;
  await filterBy(session, 'is:host,guest -is:gone');
  await panel.select('[aria-label="Severity"]', 'medium');
  await press(panel, /^Identity/);
  await panel.evaluate("document.querySelector('.grid [role=row][id]').click()");
  await panel.waitForSelector('.detail [role=tab]');
  await panel.evaluate("document.querySelector('#detail-tab-places').click()");
  await panel.focus('.divider');
  for (let count = 0; count < 3; count += 1) await session.devtools.keyboard.press('ArrowDown');
  const before = await lookOf(panel);
  expect(before).toMatchObject({
    filter: 'is:host,guest -is:gone',
    severity: 'medium',
    sorted: 'Identity',
    tab: 'Places',
  });
  await eventually(async () =>
    expect(await kept(panel)).toMatchObject({ view: { tab: 'places', severity: 'medium' } }),
  );

  Object.assign(session, await reopen(session));
  await eventually(async () => expect(await filterOf(session.panel)).toBe('is:host,guest -is:gone'));
  await session.panel.waitForSelector('.grid [role=row][id]');
  await session.panel.evaluate("document.querySelector('.grid [role=row][id]').click()");
  await session.panel.waitForSelector('.detail [role=tab]');
  expect(await lookOf(session.panel)).toEqual(before);
});

test('the view and the format of reports, too', async () => {
  await press(session.panel, 'Findings');
  await press(session.panel, 'Export report');
  await session.panel.waitForSelector('.popup select');
  await session.panel.select('.popup select', 'sarif');
  await eventually(async () =>
    expect(await kept(session.panel)).toMatchObject({ view: { view: 'findings', exportFormat: 'sarif' } }),
  );
  Object.assign(session, await reopen(session));
  const pressed = () => session.panel.evaluate("document.querySelector('.choice[aria-pressed=true]').textContent");
  await eventually(async () => expect(await pressed()).toBe('Findings'));
  await press(session.panel, 'Export report');
  await session.panel.waitForSelector('.popup select');
  expect(await session.panel.evaluate("document.querySelector('.popup select').value")).toBe('sarif');
  await press(session.panel, 'Tokens');
});

test('a filter with a token, its beginning or its id is forgotten, and never written down', async () => {
  const token = site.tokens.dailyHostLeft;
  const id = await session.panel.evaluate(async (text) => {
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }, token);
  for (const text of [
    token,
    token.slice(0, 14),
    `platform:daily ${token.slice(-30)}`,
    id,
    id.slice(0, 10),
    `id:${id.slice(0, 6)}`,
  ]) {
    await filterBy(session, 'kept-before');
    await eventually(async () => expect(await kept(session.panel)).toMatchObject({ view: { filter: 'kept-before' } }));
    await filterBy(session, text);
    await eventually(async () => expect(await kept(session.panel)).toMatchObject({ view: { filter: null } }));
    expect(JSON.stringify(await kept(session.panel))).not.toContain(text.slice(-10));
  }
  Object.assign(session, await reopen(session));
  expect(await filterOf(session.panel)).toBe('');
});

test('what another hand left is narrowed, and the settings say what was left out', async () => {
  await session.panel.evaluate(`chrome.storage.local.set({
    view: { filter: 7, severity: 'awful', tab: 'claims', beside: 12, table: { sort: { column: 'room', descending: true }, grouping: 'moon' } },
    settings: { policy: 'strict', mutes: [{ rule: 3 }, null], timeZone: 'mars' },
  })`);
  Object.assign(session, await reopen(session));
  const { panel } = session;
  await press(panel, 'Settings');
  await eventually(async () =>
    expect((await shownText(panel)).replace(/\s+/g, ' ')).toContain('this could not be read and was left out:'),
  );
  const text = await shownText(panel);
  for (const words of [
    '2 of muted findings',
    'the time zone',
    'the filter',
    'the severity that is filtered by',
    'the width of the list',
  ])
    expect(text).toContain(words);
  await eventually(async () =>
    expect(
      await panel.evaluate(
        "document.querySelector('[role=columnheader]:is([aria-sort=ascending], [aria-sort=descending])')?.ariaSort",
      ),
    ).toBe('descending'),
  );
  expect(await violations(panel)).toEqual([]);
  await press(panel, 'Settings');
  await panel.evaluate('chrome.storage.local.clear()');
});

test('nothing that is done in a private window is kept', async () => {
  await session.devtools.close();
  const browser = (await session.browser.target().createCDPSession()) as CDPSession;
  // In private windows an extension is there only where its user says so.
  const { id } = await browser.send('Extensions.loadUnpacked', { path: extension, enableInIncognito: true } as {
    path: string;
  });
  const own = await session.browser.newPage();
  await eventually(() => own.goto(`chrome-extension://${id}/src/extension/panel.html`));
  await own.evaluate('chrome.storage.local.clear()');
  const opened = session.browser.waitForTarget((one) => one.type() === 'page' && one.url().startsWith(site.hostUrl));
  await own.evaluate((url) => {
    void chrome.windows.create({ incognito: true, url });
  }, site.hostUrl);
  const page = await (await opened).page();
  if (!page) throw new Error('the private window did not open');
  const { panel } = await openPanel(page);
  await eventually(async () => expect(await shownText(panel)).toMatch(/[1-9]\d* tokens/));
  await filterBy({ panel }, 'is:host');
  await press(panel, /^Identity/);
  await press(panel, 'Settings');
  await eventually(async () => expect(await shownText(panel)).toContain('This is a private window'));
  await panel.evaluate(
    "[...document.querySelectorAll('.settings label')].find((one) => /^ ?Strict/.test(one.textContent)).click()",
  );
  // What is kept is written within a moment, as the tests above see.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await own.evaluate('chrome.storage.local.get(null)')).toEqual({});
  expect(await own.evaluate('chrome.storage.session.get(null)')).toEqual({});
});
