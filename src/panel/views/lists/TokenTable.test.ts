// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, crowdedPage } from '../../../../test/builders/captures.ts';
import { click, openTab, press, rowOf, rows, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { now } from '../../../../test/builders/tokens.ts';

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
