import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedLoop } from '../browser/fixed-loop.ts';
import { longestTask } from '../browser/longest-task.ts';
import { arrangePanel } from '../browser/photograph-panel.ts';
import { pageOfMany } from '../builders/many-tokens.ts';
import { violations } from './axe.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, openSession, press, type Session } from './session.ts';

const now = Math.floor(Date.now() / 1000);
const count = 300;
let pages: PageServer;
let session: Session;

beforeAll(async () => {
  pages = await servePages({ '/': pageOfMany(count, now) });
  session = await openSession({ url: `${pages.origin}/` });
  await arrangePanel(session.devtools, session.panel, { width: 1280, height: 420 });
  await eventually(async () => expect(await session.panel.evaluate(rowCount)).toBe(String(count + 1)));
});

afterAll(async () => {
  await session?.close();
  await pages?.close();
});

const rowCount = `document.querySelector('.grid')?.getAttribute('aria-rowcount')`;

/** Scrolls the list from end to end and back, and tells how many rows were drawn. */
const scrolled = `(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const grid = document.querySelector('.grid');
  const seen = new Set();
  const end = grid.scrollHeight - grid.clientHeight;
  for (const direction of [1, -1]) {
    for (let at = 0; at <= 60; at += 1) {
      grid.scrollTop = direction === 1 ? (end * at) / 60 : end - (end * at) / 60;
      await frame();
      for (const row of grid.querySelectorAll('.body [role=row]')) seen.add(row.getAttribute('aria-rowindex'));
    }
  }
  return seen.size;
})()`;

test('three hundred rows scroll without a task above the fixed loop', async () => {
  const loop = (await session.panel.evaluate(fixedLoop)) as number;
  let seen: unknown = 0;
  const longest = await longestTask(session.devtools, session.panel, async () => {
    seen = await session.panel.evaluate(scrolled);
  });
  expect(seen).toBe(count);
  expect(longest / loop).toBeLessThanOrEqual(1);
});

test('rows that were scrolled away are still reached by keys and told to readers of the screen', async () => {
  await session.panel.evaluate(`document.querySelector('.grid').focus()`);
  for (const [key, index] of [
    ['End', count + 1],
    ['ArrowUp', count],
    ['Home', 2],
    ['PageDown', null],
  ] as const) {
    await session.panel.evaluate(
      `document.querySelector('.grid').dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true, cancelable: true }))`,
    );
    await eventually(async () => {
      const active = (await session.panel.evaluate(`(() => {
        const grid = document.querySelector('.grid');
        const row = document.getElementById(grid.getAttribute('aria-activedescendant'));
        const { top, bottom } = row.getBoundingClientRect();
        const box = grid.getBoundingClientRect();
        return { index: Number(row.getAttribute('aria-rowindex')), inSight: top >= box.top + 24 && bottom <= box.bottom + 1 };
      })()`)) as { index: number; inSight: boolean };
      expect(active).toEqual({ index: index ?? expect.any(Number), inSight: true });
    }, 3);
  }
  await session.panel.evaluate(
    `document.querySelector('.grid').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))`,
  );
});

const areAll = import.meta.env.MODE === 'all-widths';
/** Every other one, but with `npm run e2e:widths`. */
const sizes = [
  [320, 250],
  [320, 640],
  [480, 250],
  [800, 250],
  [1280, 250],
  [1600, 400],
].filter((_, index) => areAll || index % 2 === 0) as [width: number, height: number][];

test.each(sizes)(
  'at %i × %i pixels rows say who, where and until when, fit into the width, and axe finds nothing',
  async (width, height) => {
    await arrangePanel(session.devtools, session.panel, { width, height });
    const list = (await session.panel.evaluate(`(() => {
    const grid = document.querySelector('.grid');
    const row = grid.querySelector('.body [role=row]');
    const box = grid.getBoundingClientRect();
    const rows = [...grid.querySelectorAll('.body [role=row]')].filter((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return top >= box.top + 24 && bottom <= box.bottom + 1;
    });
    const sentence = document.querySelector('.page-sentence');
    return {
      overflows: grid.scrollWidth > grid.clientWidth,
      isCutInLine: innerHeight > 300 || (sentence.scrollHeight <= sentence.clientHeight + 2 &&
        getComputedStyle(sentence.querySelector('p')).textOverflow === 'ellipsis'),
      inSight: rows.length,
      columns: [...row.querySelectorAll('.cell')].map(({ className }) => className.replace('cell ', '')),
    };
  })()`)) as { overflows: boolean; isCutInLine: boolean; inSight: number; columns: string[] };
    expect(list.overflows).toBe(false);
    // What of the sentence there is no room for is not cut off without a mark.
    expect(list.isCutInLine).toBe(true);
    expect(list.columns).toEqual(expect.arrayContaining(['lead', 'identity', 'role', 'where', 'status']));
    expect(list.inSight).toBeGreaterThanOrEqual(3);
    expect(await violations(session.panel)).toEqual([]);
  },
);

test('the menu of the heads, groups and the timeline are without fault for axe', async () => {
  await arrangePanel(session.devtools, session.panel, { width: 1280, height: 420 });
  await press(session.panel, 'Columns and groups');
  await session.panel.waitForSelector('.head-menu');
  if (areAll) expect(await violations(session.panel)).toEqual([]);
  await session.panel.evaluate(
    `[...document.querySelectorAll('.head-menu [role=menuitemradio]')].find(({ textContent }) => textContent === 'Room').click()`,
  );
  await eventually(async () => expect(await session.panel.evaluate(rowCount)).toBe(String(count + 7 + 1)));
  if (areAll) expect(await violations(session.panel)).toEqual([]);
  await press(session.panel, 'Timeline');
  await session.panel.waitForSelector('.timeline input[type=range]');
  expect(await violations(session.panel)).toEqual([]);
  await press(session.panel, 'Tokens');
});

test('a border is dragged with the pointer', async () => {
  const widths = `document.querySelector('.grid').style.getPropertyValue('--columns')`;
  const before = await session.panel.evaluate(widths);
  const border = await session.panel.waitForSelector('[data-column=identity] .border');
  const box = await border?.boundingBox();
  if (!box) throw new Error('the border has no place');
  const { mouse } = session.devtools;
  await mouse.move(box.x + 3, box.y + 8);
  await mouse.down();
  await mouse.move(box.x + 43, box.y + 8, { steps: 4 });
  await mouse.up();
  const parsed = (text: unknown) => String(text).split(' ').map(Number.parseFloat);
  const after = parsed(await session.panel.evaluate(widths));
  const change = parsed(before).map((width, index) => (after[index] ?? 0) - width);
  expect(change.filter((by) => by !== 0)).toEqual([40, -40]);
});

/** The first part of a place: cut, or out of sight, but never a letter or two. */
test.each([
  [480, 'cut'],
  [320, 'away'],
])(
  'at %i pixels a place keeps its end, and what many have in common gives way first: it is %s',
  async (width, expected) => {
    await arrangePanel(session.devtools, session.panel, { width, height: 420 });
    const names =
      (await session.panel.evaluate(`[...document.querySelectorAll('.grid .body .cell.where')].map((cell) => {
      const box = cell.getBoundingClientRect();
      const [kind] = cell.querySelectorAll('.kind');
      const end = [...cell.querySelectorAll('.start, .end')].at(-1);
      const isAway = kind.getBoundingClientRect().bottom <= box.top + 1;
      const isCut = kind.clientWidth >= 38 && kind.clientWidth < kind.scrollWidth;
      return {
        words: cell.textContent,
        isWhole: end.getBoundingClientRect().right <= box.right && end.scrollWidth <= end.clientWidth,
        kind: isAway ? 'away' : isCut ? 'cut' : kind.clientWidth,
      };
    })`)) as { words: string; isWhole: boolean; kind: unknown }[];
    expect(names.length).toBeGreaterThan(5);
    for (const name of names)
      expect(name).toEqual({ words: expect.stringMatching(/^localStorage call\.\d+/), isWhole: true, kind: expected });
  },
);
