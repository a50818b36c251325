// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, crowdedPage, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, press, rowOf, rows, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, jwt, now } from '../../../../test/builders/tokens.ts';

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

test('two tokens are compared claim by claim', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  await click(rowOf('Linus'), { ctrlKey: true });
  expect(screen.getByRole('region', { name: 'Comparison of 2 tokens' })).toBeTruthy();
  const line = within(tabPanel()).getByRole('row', { name: /^o\b/ });
  expect(line.textContent).toContain('not there');
  expect(line.textContent).toContain('differs');
  await openTab(/Privileges compared/);
  expect(tabPanel().textContent).toContain('mute others');
});
