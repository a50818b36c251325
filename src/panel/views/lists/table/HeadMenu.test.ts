// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/preact';
import { beforeEach, expect, test } from 'vitest';
import { callPage } from '../../../../../test/builders/captures.ts';
import { click, press, rows, see, usePanel } from '../../../../../test/builders/panel.ts';
// Loaded ahead, so that a test need not wait for it.
import './HeadMenu.tsx';

usePanel();
beforeEach(() => see(callPage()));

const titles = () =>
  screen
    .getAllByRole('columnheader')
    .slice(1)
    .map(({ textContent }) => textContent?.replace(/[▲▼]/, ''));
const head = (name: string | RegExp) => within(screen.getByRole('columnheader', { name })).getByRole('button');
const items = () => [...screen.getByRole('menu').querySelectorAll<HTMLElement>('[role^="menuitem"]')];
const tracks = () =>
  document.querySelector<HTMLElement>('.grid')?.style.getPropertyValue('--columns').split(' ').map(Number.parseFloat);

async function pick(name: string, role = 'menuitem'): Promise<void> {
  const item = items().find((one) => one.textContent === name && one.getAttribute('role') === role);
  if (!item) throw new Error(`no item ${name} among ${items().map(({ textContent }) => textContent)}`);
  await click(item);
}

async function openMenu(column: string | null): Promise<void> {
  if (column === null) await click(screen.getByRole('button', { name: 'Columns and groups' }));
  else
    await act(async () => {
      fireEvent.contextMenu(head(column));
    });
  await screen.findByRole('menu');
}

test('columns are hidden, shown and reset', async () => {
  const usual = titles();
  await openMenu(null);
  await pick('Room', 'menuitemcheckbox');
  await pick('Places', 'menuitemcheckbox');
  expect(titles()).toEqual([...usual.filter((title) => title !== 'Room').slice(0, -1), 'Places', 'First seen']);
  await pick('Reset columns');
  expect(titles()).toEqual(usual);
  expect(screen.queryByRole('menu')).toBeNull();
});

test('a column moves, is sorted by and hidden from its own menu', async () => {
  await openMenu('Where');
  expect(screen.getByRole('menu').getAttribute('aria-label')).toBe('Column Where');
  await pick('Move left');
  await pick('Move left');
  expect(titles().slice(1, 4)).toEqual(['Room', 'Where', 'Identity']);
  await pick('Sort descending', 'menuitemradio');
  expect(screen.getByRole('columnheader', { name: /Where/ }).getAttribute('aria-sort')).toBe('descending');
  await openMenu('Where');
  const checked = items()
    .filter((item) => item.getAttribute('aria-checked') === 'true')
    .map(({ textContent }) => textContent);
  expect(checked.slice(0, 2)).toEqual(['Sort descending', 'Nothing']);
  await pick('Hide Where');
  expect(titles()).not.toContain('Where');
});

test('arrow keys and letters go through the menu, Esc leads back to where it was opened', async () => {
  const button = screen.getByRole('button', { name: 'Columns and groups' });
  button.focus();
  await openMenu(null);
  const focused = () => document.activeElement?.textContent;
  expect(focused()).toBe('Nothing');
  await press(document.activeElement as Element, 'ArrowUp');
  expect(focused()).toBe('Reset columns');
  await press(document.activeElement as Element, 'ArrowDown');
  await press(document.activeElement as Element, 'o');
  expect(focused()).toBe('Origin');
  await press(document.activeElement as Element, 'Escape');
  expect(screen.queryByRole('menu')).toBeNull();
  expect(document.activeElement).toBe(button);
  expect(rows().length).toBeGreaterThan(0);
});

test('a press elsewhere closes it', async () => {
  await openMenu(null);
  await act(async () => {
    fireEvent.pointerDown(document.body);
  });
  expect(screen.queryByRole('menu')).toBeNull();
});

test('heads are one Tab stop; arrow keys go between them, change widths and places', async () => {
  const buttons = () =>
    screen
      .getAllByRole('columnheader')
      .slice(1)
      .map((one) => within(one).getByRole('button'));
  expect(buttons().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  head('Platform').focus();
  await press(head('Platform'), 'ArrowRight');
  expect(document.activeElement).toBe(head('Room'));
  expect(buttons().filter(({ tabIndex }) => tabIndex === 0)).toEqual([head('Room')]);

  const before = tracks() ?? [];
  await press(head('Room'), 'ArrowRight', { shiftKey: true });
  const changed = (tracks() ?? []).map((width, index) => width - (before[index] ?? 0));
  expect(changed.filter((by) => by !== 0)).toEqual([16, -16]);
  expect(changed[2]).toBe(16);

  await press(head('Room'), 'ArrowLeft', { shiftKey: true, altKey: true });
  expect(titles()[0]).toBe('Room');
  expect(document.activeElement).toBe(head('Room'));
  await press(head('Room'), 'End');
  expect(document.activeElement).toBe(head('First seen'));
});

test('the border behind a column is drawn to a width, and pressed twice gives it back', async () => {
  const before = tracks();
  const border = screen.getByRole('columnheader', { name: 'Identity' }).querySelector('.border') as HTMLElement;
  border.setPointerCapture = () => {};
  await act(async () => {
    fireEvent.pointerDown(border, { button: 0, clientX: 100, pointerId: 1 });
    fireEvent.pointerMove(border, { clientX: 130, pointerId: 1 });
  });
  await act(async () => {
    fireEvent.pointerMove(border, { clientX: 120, pointerId: 1 });
    fireEvent(border, new Event('lostpointercapture'));
  });
  const changed = (tracks() ?? []).map((width, index) => width - (before?.[index] ?? 0));
  expect(changed.filter((by) => by !== 0)).toEqual([20, -20]);
  await act(async () => {
    fireEvent.pointerMove(border, { clientX: 400, pointerId: 1 });
  });
  expect(tracks()?.[3]).toBe((before?.[3] ?? 0) + 20);
  await act(async () => {
    fireEvent.dblClick(border);
  });
  expect(tracks()).toEqual(before);
});
