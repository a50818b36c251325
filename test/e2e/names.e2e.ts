import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangePanel } from '../browser/photograph-panel.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { violations } from './axe.ts';
import { everyLayer, everyView } from './every-view.ts';
import { eventually, openSession, press, type Session, shownText } from './session.ts';

let site: CallSite;
let session: Session;

beforeAll(async () => {
  site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
  session = await openSession({ url: site.guestUrl });
  await eventually(async () => expect(await shownText(session.panel)).toContain('15 tokens'));
});

afterAll(async () => {
  await session?.close();
  await site?.close();
});

/** What is read as a name: heads, tabs, buttons, titles, badges, and what is called something. */
const names = [
  'th',
  'dt',
  'button',
  'h2',
  'summary b',
  '[role=columnheader]',
  '.badge',
  '.title',
  '.who',
  '.token-name > *',
  '.claim .name',
  '.answer',
].join(',');

/**
 * Names of which a word stands on two lines, or that take three: as the browser lays out their letters. What is cut off by an
 * element around it is not there to be read, and does not count.
 */
const badNames = `(() => {
  const bad = [];
  const lineOf = (rect, isTurned) => Math.round(isTurned ? rect.left : rect.top);
  const isSeen = (rect, box) =>
    rect.width > 0 && rect.height > 0 && rect.top < box.bottom - 1 && rect.bottom > box.top + 1 && rect.left < box.right - 1 && rect.right > box.left + 1;
  function clipOf(element) {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(one);
      if (overflowX === 'hidden' || overflowY === 'hidden' || overflowX === 'clip') return one.getBoundingClientRect();
    }
    return document.body.getBoundingClientRect();
  }
  for (const element of document.querySelectorAll(${JSON.stringify(names)})) {
    if (!element.checkVisibility() || element.closest('.unseen, pre, .row-of-links, dd')) continue;
    const isTurned = getComputedStyle(element).writingMode !== 'horizontal-tb' || element.querySelector('.turn') !== null;
    const lines = new Map();
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest('.unseen, .muted, .mark') && !node.parentElement.closest('.token-name, .who')) continue;
      const clip = clipOf(node.parentElement);
      for (const word of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const rects = [...range.getClientRects()].filter((rect) => isSeen(rect, clip));
        const on = [...new Set(rects.map((rect) => lineOf(rect, isTurned)))];
        if (on.length > 1) bad.push('broken: ' + word[0] + ' in ' + element.textContent.slice(0, 80));
        for (const line of on) lines.set(line, word[0]);
      }
    }
    // Letters of two sizes on one line begin a few pixels apart.
    const sorted = [...lines.keys()].sort((a, b) => a - b);
    const count = sorted.filter((line, index) => index === 0 || line - sorted[index - 1] > 8).length;
    const own = element.matches('th') && element.querySelector('.token-name') ? 9 : 2;
    if (count > own) bad.push(count + ' lines: ' + element.textContent.slice(0, 80));
  }
  return [...new Set(bad)];
})()`;

test('the letters of a name that breaks, and of one that takes three lines, are seen to', async () => {
  const { panel } = session;
  await press(panel, 'Tokens');
  const found = await panel.evaluate(`(() => {
    // The panel takes no text for HTML.
    const element = (name, style, ...within) => {
      const made = document.createElement(name);
      made.style = style;
      made.append(...within);
      return made;
    };
    const br = () => document.createElement('br');
    const div = element('div', 'position: fixed; top: 0; left: 0; font: 20px monospace; width: 60px',
      element('table', 'width: 60px',
        element('tr', '', element('th', 'overflow-wrap: anywhere; width: 60px', 'permissions')),
        element('tr', '', element('th', '', 'a b', br(), 'c', br(), 'd'))));
    document.querySelector('.roomkey').append(div);
    const bad = ${badNames};
    div.remove();
    return bad;
  })()`);
  expect(found).toEqual(['broken: permissions in permissions', '3 lines: permissions', '3 lines: a bcd']);
});

/**
 * `npm run e2e:widths` measures at all of them and has axe look for faults in every view and layer; `npm test` measures at the widest, and
 * every third view at 480, and has axe look at one of four.
 */
const areAll = import.meta.env.MODE === 'all-widths';
const isSampled = (index: number) => areAll || index % 4 === 0;
const widths = areAll ? [320, 480, 800, 1280] : [480, 1280];
const widest = Math.max(...widths);

describe.each(widths)('at %i pixels', (width) => {
  beforeAll(() => arrangePanel(session.devtools, session.panel, { width, height: 720 }));

  test.each(everyView.filter((_, index) => areAll || width === widest || index % 3 === 0))(
    'no name of $name takes more than two lines or breaks inside a word',
    async ({ open, close }) => {
      const { panel } = session;
      await open(panel);
      await aMoment();
      const bad = await panel.evaluate(badNames);
      const isLookedAt = width === widest && isSampled(everyView.findIndex((one) => one.open === open));
      const faults = isLookedAt ? await violations(panel) : [];
      await close?.(panel);
      expect({ bad, faults }).toEqual({ bad: [], faults: [] });
    },
  );

  test.each(everyLayer.filter((_, index) => width === widest && isSampled(index)))(
    'axe finds nothing wrong with $name',
    async ({ open, close }) => {
      const { panel } = session;
      await open(panel);
      await aMoment();
      const faults = await violations(panel);
      await close?.(panel);
      expect(faults).toEqual([]);
    },
  );
});

test.each([320, 480, 800, 1280])(
  'at %i pixels each choice of the toolbar is in it or in its menu, and the menus hold all their words',
  async (width) => {
    const { devtools, panel } = session;
    await arrangePanel(devtools, panel, { width, height: 560 });
    await press(panel, 'Tokens');
    for (const name of ['Export report', 'More']) {
      await press(panel, name);
      await panel.waitForSelector('.popup');
      expect(await panel.evaluate(outOfPopup)).toEqual([]);
      if (name === 'More')
        expect(await panel.evaluate(choices)).toEqual(['Page of', 'Platform', 'Policy', 'Preserve log', 'Severity']);
      else expect(await shownText(panel)).toContain('Put whole tokens in it');
      await press(panel, name);
    }
  },
);

/** What of an open popup lies outside of it, or of the panel. */
const outOfPopup = `(() => {
  const popup = document.querySelector('.popup').getBoundingClientRect();
  const parts = [...document.querySelectorAll('.popup *')].filter((one) => one.checkVisibility());
  return [...parts, document.querySelector('.popup')]
    .filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      return left < Math.max(0, popup.left) - 1 || right > Math.min(innerWidth, popup.right) + 1;
    })
    .map(({ textContent }) => textContent.slice(0, 40));
})()`;

/** Names of the choices that are on screen. */
const choices = `[...new Set([...document.querySelectorAll('.toolbar :is(select, input[type=checkbox])')]
  .filter((one) => one.checkVisibility())
  .map((one) => one.ariaLabel ?? one.closest('label').querySelector('span').textContent))].filter((name) => name !== 'As of').sort()`;

/** Until what was opened is drawn. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 150));
