// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { callPage, captureOf } from '../../../../test/builders/captures.ts';
import { click, press, rowOf, rows, see, type, usePanel } from '../../../../test/builders/panel.ts';
import { daily } from '../../../../test/builders/tokens.ts';

const panel = usePanel();
beforeAll(async () => {
  await Promise.all([import('./Shortcuts.tsx'), import('../../state/explain-pasted.ts')]);
});

/** What devtools hear of: they listen at the document. */
const heard: string[] = [];
const hear = ({ key }: KeyboardEvent) => void heard.push(key);
beforeEach(() => {
  heard.length = 0;
  document.addEventListener('keydown', hear);
});
afterEach(() => document.removeEventListener('keydown', hear));

test('no Esc gets through to devtools, wherever the focus is, and others do', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  const places = [document.body, screen.getByRole('grid'), screen.getByLabelText('Filter tokens')];
  for (const element of [...places, ...screen.getAllByRole('button'), ...screen.getAllByRole('tab')])
    await press(element, 'Escape');
  expect(heard).toEqual([]);
  await press(document.body, 'F8');
  expect(heard).toEqual(['F8']);
});

test('where there is nothing to close, Esc still gets nowhere', async () => {
  await press(document.body, 'Escape');
  await see(captureOf());
  await press(document.body, 'Escape');
  expect(heard).toEqual([]);
});

test('Esc closes the settings and goes back to their button, and else the details', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  await click(screen.getByRole('button', { name: 'Settings' }));
  await press(document.body, 'Escape');
  expect(screen.queryByRole('region', { name: 'Settings' })).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Settings' }));
  expect(screen.getByRole('tabpanel')).toBeTruthy();
  await press(document.body, 'Escape');
  expect(screen.queryByRole('tabpanel')).toBeNull();
});

test.each([
  ['Ctrl+F', { key: 'f', ctrlKey: true }],
  ['Cmd+F', { key: 'f', metaKey: true }],
  ['a slash', { key: '/' }],
])('%s goes to the filter and not to devtools', async (_, event) => {
  await see(callPage());
  const row = screen.getByRole('grid');
  row.focus();
  await press(row, event.key, event);
  expect(document.activeElement).toBe(screen.getByLabelText('Filter tokens'));
  expect(heard).toEqual([]);
});

test('marks are written where something is written', async () => {
  await see(callPage());
  const field = screen.getByLabelText('Filter tokens');
  for (const key of ['/', '?']) expect(fireEvent.keyDown(field, { key })).toBe(true);
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('the question mark lists what keys do', async () => {
  await see(callPage());
  await press(screen.getByRole('grid'), '?');
  const list = await screen.findByRole('dialog', { name: 'Shortcuts' });
  expect(list.textContent).toContain('Go to the filter');
  await press(list, 'Escape');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(heard).toEqual([]);
});

test('keys that compose a character are neither the panel’s nor devtools’', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  const field = screen.getByLabelText('Filter tokens');
  field.focus();
  await type(field, 'ada');
  for (const key of ['Escape', 'Enter', 'ArrowDown', 'f'])
    await press(field, key, { isComposing: true, ctrlKey: key === 'f' });
  expect(field).toHaveProperty('value', 'ada');
  expect(document.activeElement).toBe(field);
  expect(screen.getByRole('tabpanel')).toBeTruthy();
  expect(heard).toEqual([]);
  await press(field, 'Escape');
  expect(field).toHaveProperty('value', '');
});

interface Clipboard {
  types: Record<string, string>;
  files?: File[];
}

const paste = (element: Element, text: string) => pasteAll(element, { types: { 'text/plain': text } });

async function pasteAll(element: Element, { types, files = [] }: Clipboard): Promise<boolean> {
  let isLeft = true;
  await act(async () => {
    const event = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(event, { clipboardData: { getData: (type: string) => types[type] ?? '', files } });
    isLeft = element.dispatchEvent(event);
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  return isLeft;
}

test('a token that is pasted is shown where it is listed, whatever stands before it', async () => {
  await see(callPage());
  const token = callPage().cookies.find(({ value }) => value.startsWith('eyJ'))?.value ?? '';
  await paste(document.body, ` Bearer ${token}\n`);
  await vi.waitFor(() => expect(screen.getByRole('tabpanel')).toBeTruthy());
  expect(rows().filter((row) => row.getAttribute('aria-selected') === 'true')).toHaveLength(1);
});

test('another is explained in place of the page, and open at once where it is the only one', async () => {
  await see(callPage());
  await paste(document.body, daily.host({ u: 'Pasted' }));
  await vi.waitFor(() => expect(panel.root.textContent).toContain('Showing Pasted text in place of the page.'));
  await vi.waitFor(() => expect(screen.getByRole('region', { name: /^Details of .*Pasted/ })).toBeTruthy());
  await vi.waitFor(() => expect(panel.root.textContent).toContain('This text holds a token to join'));
  await click(screen.getByRole('button', { name: 'Back to the page' }));
  expect(rows()).toHaveLength(9);
});

test('what has no text is searched all the same: a part of a page, and a file', async () => {
  await see(callPage());
  await pasteAll(document.body, { types: { 'text/html': `<b>${daily.host({ u: 'Marked' })}</b>` } });
  await vi.waitFor(() => expect(screen.getByRole('region', { name: /^Details of .*Marked/ })).toBeTruthy());
  const file = new File([daily.host({ u: 'Filed' })], 'call.txt');
  await pasteAll(document.body, { types: { 'text/html': '<img>' }, files: [file] });
  await vi.waitFor(() => expect(panel.root.textContent).toContain('Showing call.txt in place of the page.'));
});

test('in a field, and where nothing is in the clipboard, pasting is left alone', async () => {
  await see(callPage());
  expect(await paste(screen.getByLabelText('Filter tokens'), daily.host())).toBe(true);
  expect(await paste(document.body, ' \n')).toBe(true);
  expect(rows()).toHaveLength(9);
});
