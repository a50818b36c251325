// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import {
  callPage,
  captureOf,
  crowdedPage,
  localStorageOf,
  sessionStorageOf,
} from '../../../../test/builders/captures.ts';
import { click, press, rowOf, rows, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, jwt, minutes, now } from '../../../../test/builders/tokens.ts';

usePanel();

test('lists what each token is', async () => {
  await see(callPage());
  const row = rowOf('Ada');
  expect(row.textContent).toContain('Daily');
  expect(row.textContent).toContain('standup');
  expect(row.textContent).toContain('Host');
  expect(row.textContent).toMatch(/\d+ min.* left|1 h left/);
  expect(rowOf('Linus').textContent).toContain('Never expires');
  expect(rowOf('Barbara').textContent).toContain('Expired 3 h ago');
});

test('a token that is gone says since when', async () => {
  await see(callPage());
  await see({ ...callPage(), readAt: now + 61, frames: [], cookies: [] });
  expect(rowOf('Ada').textContent).toContain('Gone since 12:01:01');
});

const documentOf = (
  documentId: string,
  readAt: number,
  entries: Record<string, string>,
  url = 'https://call.example/',
) => ({
  ...captureOf({ readAt, stores: [localStorageOf(entries)] }),
  page: { url, title: '', scriptOrigins: null, loadedAt: readAt, documentId },
});

test('a navigation has a line between what is there and what it took away, and the keyboard passes it over', async () => {
  const [guest, host] = [daily.guest({ ud: 'grace' }), daily.host({ ud: 'ada' })];
  const token = jwt({ sub: 'ada' });
  await see(documentOf('A', now, { guest, other: token }));
  await see(documentOf('B', now + 60, { host, other: token }, `https://call.example/host?t=${token}`));
  const lines = rows().map(({ textContent }) => textContent ?? '');
  expect(lines).toHaveLength(4);
  expect(lines[2]).toMatch(/^12:01:00 Navigated to https:\/\/call\.example\/host\?t=/);
  expect(lines[2]).not.toContain(token);
  expect(lines[3]).toContain('Gone since 12:01:00');
  const grid = screen.getByRole('grid');
  expect(grid.getAttribute('aria-rowcount')).toBe('5');
  await press(grid, 'End');
  expect(rows()[3]?.getAttribute('aria-selected')).toBe('true');
  await press(grid, 'ArrowUp');
  expect(rows()[1]?.getAttribute('aria-selected')).toBe('true');

  await click(screen.getByRole('button', { name: /First seen/ }));
  expect(rows()[2]?.textContent).toContain('Navigated');
});

test('without the log preserved, a navigation leaves what is there', async () => {
  const guest = daily.guest();
  await click(screen.getByRole('checkbox', { name: 'Preserve log' }));
  await see(documentOf('A', now, { guest }));
  await see(documentOf('A', now + 30, {}));
  expect(rowOf('Gone').textContent).toContain('12:00:30');
  await see(documentOf('B', now + 60, { host: daily.host() }));
  expect(rows().map(({ textContent }) => textContent)).toEqual([expect.stringContaining('Host')]);
  expect(screen.queryByText(/Gone since/)).toBeNull();
});

test('moves through the list by keyboard, opens details and comes back', async () => {
  await see(callPage());
  const grid = screen.getByRole('grid');
  await press(grid, 'ArrowDown');
  await press(grid, 'ArrowDown');
  expect(rows()[1]?.getAttribute('aria-selected')).toBe('true');
  expect(grid.getAttribute('aria-activedescendant')).toBe(rows()[1]?.id);
  await press(grid, 'End');
  expect(rows().at(-1)?.getAttribute('aria-selected')).toBe('true');
  await press(grid, 'Enter');
  expect(document.activeElement?.getAttribute('role')).toBe('tab');
  await press(document.activeElement ?? grid, 'Escape');
  expect(document.activeElement).toBe(grid);
  await press(grid, 'Escape');
  expect(screen.queryByRole('tabpanel')).toBeNull();
});

test('sorts by a column', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: /Identity/ }));
  expect(screen.getByRole('columnheader', { name: /Identity/ }).getAttribute('aria-sort')).toBe('ascending');
  expect(rows()[0]?.textContent).toContain('Ada');
});

test('thousands of tokens draw a screenful', async () => {
  await see(crowdedPage(150));
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('151');
  expect(rows().length).toBeLessThan(100);
});

const cellOf = (row: HTMLElement, column: string) => row.querySelector(`.cell.${column}`)?.textContent;

test('a row says where its token is, and in how many places more', async () => {
  const guest = daily.guest();
  await see(captureOf({ stores: [localStorageOf({ token: guest }), sessionStorageOf({ a: guest, b: guest })] }));
  expect(cellOf(rowOf('Grace'), 'where')).toBe('localStorage.token+2 more places');
});

test('a row is led by what refuses joining, before where the token is kept', async () => {
  await see(
    captureOf({
      page: { url: 'https://northwind.daily.co/standup', title: '', scriptOrigins: null, loadedAt: now },
      stores: [
        localStorageOf({
          other: daily.guest({ u: 'Grace', ud: 'grace', r: 'retro' }),
          fine: daily.guest({ u: 'Ada', ud: 'ada' }),
          late: daily.guest({ u: 'Linus', ud: 'linus', exp: now - minutes(10) }),
        }),
      ],
    }),
  );
  expect(cellOf(rowOf('Grace'), 'finding')).toMatch(/Refused: the room is another$/);
  expect(cellOf(rowOf('Linus'), 'finding')).toMatch(/Refused: it has expired$/);
  expect(cellOf(rowOf('Grace'), 'lead')).toBe('Refused');
  expect(cellOf(rowOf('Ada'), 'finding')).toMatch(/In localStorage$/);
  expect(cellOf(rowOf('Ada'), 'lead')).toBe('Medium');
});

const choose = async (item: string | RegExp) => {
  await click(screen.getByRole('button', { name: 'Columns and groups' }));
  await click(
    await screen.findByRole(
      /Group|Nothing|Person|Room|Platform|Origin/.test(String(item)) ? 'menuitemradio' : 'menuitem',
      { name: item },
    ),
  );
};

test('rows are put together by person; a group is closed and opened by key and pointer, and tells how many it holds', async () => {
  await see(callPage());
  await choose('Person');
  const grid = screen.getByRole('treegrid');
  const heads = () => rows().filter((row) => row.classList.contains('group'));
  const ada = () => rowOf(/Ada 1 token$/);
  expect(ada().textContent).toMatch(/Ada 1 token$/);
  const count = rows().length;

  await press(grid, 'Home');
  expect(grid.getAttribute('aria-activedescendant')).toBe(heads()[0]?.id);
  expect(heads()[0]?.getAttribute('aria-expanded')).toBe('true');
  await press(grid, 'ArrowLeft');
  expect(heads()[0]?.getAttribute('aria-expanded')).toBe('false');
  expect(rows()).toHaveLength(count - 1);
  expect(grid.getAttribute('aria-rowcount')).toBe(String(count));
  await press(grid, 'ArrowRight');
  await press(grid, 'ArrowRight');
  expect(rows()[1]?.getAttribute('aria-selected')).toBe('true');
  await press(grid, 'ArrowLeft');
  expect(grid.getAttribute('aria-activedescendant')).toBe(heads()[0]?.id);
  await press(grid, 'Enter');
  expect(rows()).toHaveLength(count - 1);
  await click(heads()[0] as HTMLElement);
  expect(rows()).toHaveLength(count);

  await choose('Close all groups');
  expect(rows()).toHaveLength(heads().length);
  await choose('Nothing');
  expect(screen.getByRole('grid')).toBeTruthy();
  expect(heads()).toEqual([]);
});

test('a token chosen elsewhere is unfolded, and choosing a range leaves out what is folded away', async () => {
  await see(callPage());
  await choose('Person');
  await choose('Close all groups');
  await click(screen.getByRole('button', { name: 'Timeline' }));
  await click(await screen.findByRole('button', { name: /Ada · standup/ }));
  const open = rows().filter((row) => row.getAttribute('aria-expanded') === 'true');
  expect(open.map(({ textContent }) => textContent)).toEqual([expect.stringMatching(/^.*Ada 1 token$/)]);
  expect(rowOf(/localStorage|frame|cookie/).getAttribute('aria-selected')).toBe('true');
});

test('earlier versions fold under the current one, each with what the next changed, and can be chosen', async () => {
  const version = (round: number) => daily.guest({ u: 'Ada', exp: now + minutes(10 * round) });
  for (const round of [1, 2, 3])
    await see(captureOf({ readAt: now + 10 * round, stores: [localStorageOf({ auth: version(round) })] }));
  const grid = screen.getByRole('treegrid');
  const listed = () => within(grid).getAllByRole('row').slice(1);
  expect(listed()).toHaveLength(1);
  await press(grid, 'ArrowDown');
  await press(grid, 'ArrowRight');
  expect(listed().map((row) => [row.getAttribute('aria-level'), row.getAttribute('aria-expanded')])).toEqual([
    ['1', 'true'],
    ['2', null],
    ['2', null],
  ]);
  expect(listed()[1]?.textContent).toBe('12:00:20 – 12:00:30, then exp 12:20:00 → 12:30:00');
  expect(listed()[2]?.textContent).toBe('12:00:10 – 12:00:20, then exp 12:10:00 → 12:20:00');
  await press(grid, 'ArrowDown');
  expect(listed()[1]?.getAttribute('aria-selected')).toBe('true');
  expect(tabPanel().textContent).toContain('It was renewed');
  await press(grid, 'ArrowLeft');
  expect(listed()[0]?.getAttribute('aria-selected')).toBe('true');
  await press(grid, 'ArrowLeft');
  expect(listed()).toHaveLength(1);
});
