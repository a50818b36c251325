// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/preact';
import { beforeAll, expect, test, vi } from 'vitest';
import { callPage } from '../../../../test/builders/captures.ts';
import { click, press, rows, see, type, usePanel } from '../../../../test/builders/panel.ts';
import { daily } from '../../../../test/builders/tokens.ts';

const panel = usePanel();
// Loaded ahead, so that a test need not wait for files.
beforeAll(async () => {
  await Promise.all([import('../../state/filter-completion.ts'), import('../../state/filter-pattern.ts')]);
});

const field = () => screen.getByLabelText<HTMLInputElement>('Filter tokens');
const options = () => [...panel.root.querySelectorAll<HTMLElement>('.completions [role="option"]')];
const offers = () => options().map(({ textContent }) => textContent ?? '');

async function write(text: string) {
  field().focus();
  await act(async () => {
    fireEvent.input(field(), { target: { value: text, selectionStart: text.length } });
  });
  await vi.waitFor(() => expect(field().value).toBe(text));
}

test('what is written is completed, by keys alone', async () => {
  await see(callPage());
  await write('rol');
  await vi.waitFor(() => expect(offers()).toEqual([expect.stringContaining('role:')]));
  expect(field().getAttribute('aria-expanded')).toBe('true');
  expect(field().getAttribute('aria-activedescendant')).toBeNull();
  await press(field(), 'ArrowDown');
  const active = document.getElementById(field().getAttribute('aria-activedescendant') ?? '');
  expect(active?.getAttribute('aria-selected')).toBe('true');
  expect(active?.closest('[role="listbox"]')?.id).toBe(field().getAttribute('aria-controls'));
  await press(field(), 'Enter');
  expect(field().value).toBe('role:');
  await vi.waitFor(() => expect(offers()[0]).toContain('host'));
  await press(field(), 'ArrowDown');
  await press(field(), 'Tab');
  expect(field().value).toBe('role:host ');
  expect(offers()).toEqual([]);
  expect(rows().length).toBeLessThan(9);
});

test('the arrow down lists every word, and goes round', async () => {
  await see(callPage());
  field().focus();
  await press(field(), 'ArrowDown');
  await vi.waitFor(() => expect(offers().length).toBeGreaterThan(10));
  const active = () => document.getElementById(field().getAttribute('aria-activedescendant') ?? '')?.textContent;
  await press(field(), 'ArrowUp');
  const last = active();
  expect(last).toContain('id:');
  await press(field(), 'ArrowDown');
  expect(active()).toContain('is:');
  await press(field(), 'ArrowUp');
  expect(active()).toBe(last);
});

test('Esc closes what is offered, then empties the field, then goes to the list', async () => {
  await see(callPage());
  await write('pla');
  await vi.waitFor(() => expect(offers().length).toBeGreaterThan(0));
  await press(field(), 'Escape');
  expect([offers(), field().value]).toEqual([[], 'pla']);
  await press(field(), 'Escape');
  expect(field().value).toBe('');
  await press(field(), 'Escape');
  expect(document.activeElement).toBe(screen.getByRole('grid'));
});

test('an offer is taken by the mouse, and the field keeps the focus', async () => {
  await see(callPage());
  await write('user:lin');
  await vi.waitFor(() => expect(offers()).toHaveLength(1));
  await click(options()[0] as Element);
  expect(field().value).toBe('user:Linus ');
  expect(rows()).toHaveLength(1);
});

test('a word that is not known is marked, and said to be', async () => {
  await see(callPage());
  await type(field(), 'plattform:daily is:host');
  expect(panel.root.querySelector('.unknown')?.textContent).toBe('plattform:daily');
  const described = document.getElementById(field().getAttribute('aria-describedby') ?? '');
  expect(described?.textContent).toBe('“plattform:” is no word of the filter.');
  await type(field(), 'platform:daily is:host');
  expect(panel.root.querySelector('.unknown')).toBeNull();
  expect(field().getAttribute('aria-describedby')).toBeNull();
});

test('a token in the field is written nowhere else', async () => {
  await see(callPage());
  const token = daily.host({ u: 'Elsewhere' });
  await type(field(), `plattform:${token}`);
  expect(panel.root.innerHTML).not.toContain(token.split('.')[2]);
  expect(document.getElementById(field().getAttribute('aria-describedby') ?? '')?.textContent).toContain('plattform:');
});

test('the search of devtools filters as well, and when it is closed what was typed before is back', async () => {
  await see(callPage());
  await type(field(), 'platform:daily');
  const search = (query: string | null) => act(async () => panel.host.search(query));
  await search('linus');
  await search('linu');
  expect([field().value, rows().length]).toEqual(['linu', 1]);
  await search(null);
  expect(field().value).toBe('platform:daily');
  await search('ada');
  await type(field(), 'barbara');
  await search(null);
  expect(field().value).toBe('barbara');
});
