import type { Frame, KeyInput, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { jwt } from '../builders/tokens.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { violations } from './axe.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, openSession, press, type Session, shownText } from './session.ts';

let site: CallSite;
let pages: PageServer;
let session: Session;

beforeAll(async () => {
  site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
  pages = await servePages({ '/empty': '<title>Empty</title>' });
  session = await openSession({ url: site.guestUrl });
  await eventually(async () => expect(await shownText(session.panel)).toContain('Supabase'));
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await pages?.close();
});

afterEach(() => closeDrawer(session.devtools));

const isDrawerOpen = (devtools: Page) =>
  devtools.evaluate(
    "import('./ui/legacy/legacy.js').then(({ InspectorView }) => InspectorView.InspectorView.instance().drawerVisible())",
  ) as Promise<boolean>;

/** Closes the drawer without a key, so that a test that left it open is the only one to fail. */
async function closeDrawer(devtools: Page) {
  await devtools.evaluate(
    "import('./ui/legacy/legacy.js').then(({ InspectorView }) => InspectorView.InspectorView.instance().closeDrawer())",
  );
  await eventually(async () => expect(await isDrawerOpen(devtools)).toBe(false));
}

const isSearchOpen = (devtools: Page) =>
  devtools.evaluate(`(() => {
    const all = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
    return all(document).some((one) => one.matches('.search-bar') && one.checkVisibility());
  })()`) as Promise<boolean>;

/** What has the focus in the panel, in words. */
const focusOf = (panel: Frame) =>
  panel.evaluate(
    'document.activeElement.ariaLabel ?? document.activeElement.textContent.trim().slice(0, 40)',
  ) as Promise<string>;

/** Presses the mouse in the panel, as somebody would before using keys there. */
async function clickInto({ devtools, panel }: Pick<Session, 'devtools' | 'panel'>, selector: string) {
  const frame = await (await panel.frameElement())?.boundingBox();
  const at = (await panel.evaluate(`(() => {
    const { left, top, width, height } = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  })()`)) as [number, number];
  if (!frame) throw new Error('the panel is not on screen');
  await devtools.mouse.click(frame.x + at[0], frame.y + at[1]);
}

async function chord(devtools: Page, modifier: KeyInput, key: KeyInput) {
  await devtools.keyboard.down(modifier);
  await devtools.keyboard.press(key);
  await devtools.keyboard.up(modifier);
}

/** Devtools hear of a key a moment after the panel has. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 300));

async function expectNoDrawerAtEscape(devtools: Page, times = 3) {
  for (let count = 0; count < times; count += 1) {
    await devtools.keyboard.press('Escape');
    await aMoment();
    expect([count, await isDrawerOpen(devtools)]).toEqual([count, false]);
  }
}

describe('Esc never opens the drawer of devtools', () => {
  test('as it does once a key gets through to them', async () => {
    const { devtools, panel } = session;
    await clickInto(session, '.statusline .watched');
    // At the document itself nothing of the panel hears it before devtools do.
    const through =
      "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', keyCode: 27 }))";
    await panel.evaluate(through);
    await eventually(async () => expect(await isDrawerOpen(devtools)).toBe(true), 5);
    await panel.evaluate(through);
    await eventually(async () => expect(await isDrawerOpen(devtools)).toBe(false), 5);
  });

  test.each<[where: string, selector: string]>([
    ['on nothing', '.statusline .watched'],
    ['in the list', '.grid [role=row][id]'],
    ['on a button', '[aria-label="Pause watching"]'],
    ['in the filter', '[aria-label="Filter tokens"]'],
    ['on a column head', '[role=columnheader] button'],
  ])('with the focus %s', async (_, selector) => {
    await clickInto(session, selector);
    await expectNoDrawerAtEscape(session.devtools);
    if (selector.includes('Pause')) await clickInto(session, '[aria-label="Resume watching"]');
  });

  test('in the details, from where it leads to the list and then closes them', async () => {
    const { devtools, panel } = session;
    await clickInto(session, '.grid [role=row][id]');
    await panel.waitForSelector('.detail [role=tab]');
    await clickInto(session, '.detail [role=tab]:nth-child(2)');
    await expectNoDrawerAtEscape(devtools, 1);
    await eventually(async () => expect(await focusOf(panel)).toBe('Tokens'), 5);
    await expectNoDrawerAtEscape(devtools, 1);
    await eventually(async () => expect(await panel.$('.detail')).toBeNull(), 5);
  });

  test('in the settings, which it closes', async () => {
    const { devtools, panel } = session;
    await clickInto(session, '[aria-label="Settings"]');
    await panel.waitForSelector('.settings input');
    await clickInto(session, '.settings legend');
    await expectNoDrawerAtEscape(devtools, 1);
    await eventually(async () => expect(await panel.$('.settings')).toBeNull(), 5);
    await eventually(async () => expect(await focusOf(panel)).toBe('Settings'), 5);
  });

  test.each(['Findings', 'Origins', 'Privileges', 'Expectations', 'Export report', 'More', 'Validate all'])(
    'in %s',
    async (name) => {
      await press(session.panel, name);
      await expectNoDrawerAtEscape(session.devtools, 2);
      await press(session.panel, 'Tokens');
    },
  );

  test('where there is no token', async () => {
    const other = await session.open(`${pages.origin}/empty`);
    await eventually(async () => expect(await shownText(other.panel)).toContain('No tokens here yet'));
    await clickInto(other, '.message');
    await expectNoDrawerAtEscape(other.devtools, 2);
    await other.page.close();
    await session.page.bringToFront();
  });
});

test('Ctrl+F and the slash reach the filter, and not the search box of devtools', async () => {
  const { devtools, panel } = session;
  for (const selector of ['.statusline .watched', '.grid [role=row][id]', '[aria-label="Filter tokens"]']) {
    await clickInto(session, selector);
    await chord(devtools, 'Control', 'f');
    await aMoment();
    await eventually(async () => expect([selector, await focusOf(panel)]).toEqual([selector, 'Filter tokens']), 5);
    expect(await isSearchOpen(devtools)).toBe(false);
  }
  await clickInto(session, '.statusline .watched');
  await devtools.keyboard.press('/');
  await eventually(async () => expect(await focusOf(panel)).toBe('Filter tokens'), 5);
  await devtools.keyboard.type('is:host');
  await eventually(async () => expect(await shownText(panel)).toMatch(/\d of \d+ tokens/));
  await devtools.keyboard.press('Escape');
  await devtools.keyboard.press('Escape');
});

test('the search box of devtools, opened beside the panel, filters, and gives back what was typed before', async () => {
  const { devtools, panel } = session;
  const filterText = () => panel.evaluate('document.querySelector(\'[aria-label="Filter tokens"]\').value');
  await clickInto(session, '[aria-label="Filter tokens"]');
  await devtools.keyboard.type('platform:daily');
  await devtools.bringToFront();
  await devtools.evaluate('document.activeElement?.blur()');
  await chord(devtools, 'Control', 'f');
  await eventually(async () => expect(await isSearchOpen(devtools)).toBe(true), 5);
  await devtools.keyboard.type('grace');
  await eventually(async () => expect(await filterText()).toBe('grace'), 5);
  await devtools.keyboard.press('Escape');
  await eventually(async () => expect(await filterText()).toBe('platform:daily'), 5);
  await press(panel, 'Clear filter');
});

test('the question mark lists the shortcuts, and devtools open no settings', async () => {
  const { devtools, panel } = session;
  // Focus that devtools gave away a moment ago may come after the click.
  await eventually(async () => {
    await clickInto(session, '.statusline .watched');
    await devtools.keyboard.press('?');
    await aMoment();
    await eventually(async () => expect(await panel.$('dialog[open]')).not.toBeNull(), 5);
  });
  await eventually(async () => expect(await shownText(panel)).toContain('Go to the filter'), 5);
  expect(await violations(panel)).toEqual([]);
  await devtools.keyboard.press('Escape');
  await aMoment();
  await eventually(async () => expect(await panel.$('dialog[open]')).toBeNull(), 5);
  expect(await isDrawerOpen(devtools)).toBe(false);
});

test('the menu key opens the menu of the row, and its commands work without a mouse', async () => {
  const { devtools, panel } = session;
  await clickInto(session, '.grid [role=row][id]');
  await panel.waitForSelector('.detail');
  await chord(devtools, 'Shift', 'F10');
  await panel.waitForSelector('[role=menu]');
  await eventually(async () => expect(await focusOf(panel)).toBe('Show details'), 5);
  expect(await violations(panel)).toEqual([]);
  await devtools.keyboard.press('s');
  await eventually(async () => expect(await focusOf(panel)).toMatch(/^Show only /), 5);
  await devtools.keyboard.press('Enter');
  await eventually(async () => expect(await shownText(panel)).toMatch(/1 of \d+ tokens/), 5);
  await eventually(async () => expect(await panel.$('[role=menu]')).toBeNull(), 5);
  await press(panel, 'Clear filter');
  await devtools.keyboard.press('Escape');
});

test('a claim has a menu of its own, for the other button of the mouse and for keys', async () => {
  const { devtools, panel } = session;
  await clickInto(session, '.grid [role=row][id]');
  await panel.waitForSelector('.detail [role=tab]');
  await panel.evaluate("document.querySelector('#detail-tab-claims').click()");
  await panel.waitForSelector('.spot.claim');
  const frame = await (await panel.frameElement())?.boundingBox();
  const [x = 0, y = 0] = (await panel.evaluate(`(() => {
    const { left, top } = document.querySelector('.spot.claim .name').getBoundingClientRect();
    return [left + 4, top + 4];
  })()`)) as number[];
  await devtools.mouse.click((frame?.x ?? 0) + x, (frame?.y ?? 0) + y, { button: 'right' });
  await panel.waitForSelector('[role=menu]');
  await eventually(async () => expect(await shownText(panel)).toContain('Copy claim'), 5);
  await devtools.keyboard.press('Escape');
  await eventually(async () => expect(await panel.$('[role=menu]')).toBeNull(), 5);
  await press(panel, 'Close details');
});

test('a token that is pasted anywhere is explained: in the list, or in place of the page', async () => {
  const { panel } = session;
  const other = jwt({ r: 'pasted-room', d: 'd-pasted', u: 'Pasted', exp: Math.floor(Date.now() / 1000) + 600 });
  const paste = (text: string) =>
    panel.evaluate((given) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', given);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  await clickInto(session, '.statusline .watched');
  await paste(`Authorization: Bearer ${site.tokens.dailyHostLeft}`);
  await panel.waitForSelector('.detail');
  await eventually(async () =>
    expect(await panel.evaluate("document.querySelector('.detail').ariaLabel")).toContain('Ada'),
  );
  await press(panel, 'Close details');
  await paste(other);
  await eventually(async () => expect(await shownText(panel)).toContain('Showing Pasted text in place of the page'));
  await eventually(async () => expect(await shownText(panel)).toContain('pasted-room'));
  await press(panel, 'Back to the page');
  await eventually(async () => expect(await shownText(panel)).toContain('Supabase'));
});

test('by keys alone an answer in Privileges is expected, and edited as text, whose mistakes are named where they are', async () => {
  const { devtools, panel } = session;
  await press(panel, 'Privileges');
  await panel.waitForSelector('.matrix td');
  await panel.evaluate('document.querySelector(\'.matrix [tabindex="0"]\').focus()');
  for (const key of ['ArrowRight', 'ArrowRight'] as const) await devtools.keyboard.press(key);
  await eventually(async () => expect(await panel.evaluate('document.activeElement.cellIndex')).toBe(2), 5);
  await chord(devtools, 'Shift', 'F10');
  await panel.waitForSelector('.context-menu');
  await devtools.keyboard.press('u');
  await eventually(async () => expect(await focusOf(panel)).toBe('Use as expectation'), 5);
  await devtools.keyboard.press('Enter');
  await panel.waitForSelector('.doubts');
  await eventually(async () => expect(await focusOf(panel)).toBe('Cancel'), 5);
  await devtools.keyboard.press('Tab');
  await eventually(async () => expect(await focusOf(panel)).toBe('Expect anyway'), 5);
  await devtools.keyboard.press('Enter');
  await panel.waitForSelector('.expectations ol li');
  await panel.evaluate('document.querySelector(\'[data-edit="0"]\').focus()');
  await devtools.keyboard.press('Enter');
  await eventually(async () => expect(await panel.evaluate('document.activeElement.className')).toBe('name'), 5);
  await devtools.keyboard.type('Mine ');
  const json = "document.querySelector('textarea.json')";
  await eventually(async () => expect(await panel.evaluate(`${json}.value`)).toContain('"name": "Mine '), 5);
  await panel.evaluate(`${json}.focus()`);
  await devtools.keyboard.type('}');
  await eventually(async () => expect(await shownText(panel)).toMatch(/not JSON: line \d+, column \d+/), 5);
  await devtools.keyboard.press('Backspace');
  await eventually(async () => expect(await shownText(panel)).toContain('No mistakes.'), 5);
  await chord(devtools, 'Control', 'Enter');
  await eventually(async () => expect(await focusOf(panel)).toMatch(/^Edit Mine /), 5);
  await panel.evaluate('document.activeElement.nextElementSibling.click()');
  await press(panel, 'Tokens');
});

test('few presses of Tab lead through the panel', async () => {
  const { devtools, panel } = session;
  await press(panel, 'Tokens');
  await panel.evaluate('document.activeElement.blur()');
  await clickInto(session, '[aria-label="Pause watching"]');
  await clickInto(session, '[aria-label="Resume watching"]');
  const stops: string[] = [];
  while (stops.length < 20 && !/^(?:Validate all|Cancel validation)$/.test(stops.at(-1) ?? '')) {
    await devtools.keyboard.press('Tab');
    await eventually(async () => expect(await focusOf(panel)).not.toBe(stops.at(-1)), 5);
    stops.push(await focusOf(panel));
  }
  // One for each row of buttons, and one for each choice that there is room for.
  const choices = ['Severity', 'Platform'];
  const inToolbar = stops.filter((stop) => choices.includes(stop));
  expect(stops).toEqual(['Filter tokens', ...inToolbar, 'Tokens', 'Validate all']);
  await devtools.keyboard.press('ArrowRight');
  await eventually(async () => expect(await focusOf(panel)).toBe('Export report'), 5);
  await devtools.keyboard.press('End');
  await eventually(async () => expect(await focusOf(panel)).toBe('More'), 5);
  await devtools.keyboard.press('Enter');
  await panel.waitForSelector('.popup.overflow');
  expect(await violations(panel)).toEqual([]);
  // The others are in the menu.
  const inMenu = (await panel.evaluate(
    "[...document.querySelectorAll('.popup.overflow select[aria-label]')].filter((one) => one.checkVisibility()).map(({ ariaLabel }) => ariaLabel)",
  )) as string[];
  expect([...inToolbar, ...inMenu.filter((one) => choices.includes(one))]).toEqual(choices);
  await devtools.keyboard.press('Escape');
  await eventually(async () => expect(await focusOf(panel)).toBe('More'), 5);
});
