// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/preact';
import { expect, test, vi } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { opentokT1 } from '../../../../test/builders/other-tokens.ts';
import { click, openTab, press, rowOf, rows, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, jwt, now } from '../../../../test/builders/tokens.ts';

const panel = usePanel();

/** Opens the menu of an element, as the other button of the mouse does, or a key. */
async function menuOf(element: Element, how: 'mouse' | 'key' = 'mouse'): Promise<HTMLElement> {
  await act(async () => {
    fireEvent.contextMenu(element, how === 'mouse' ? { button: 2, clientX: 5, clientY: 5 } : { button: 0 });
  });
  return screen.findByRole('menu');
}

const items = () => screen.queryAllByRole('menuitem').map(({ textContent }) => textContent ?? '');
const choose = (name: string | RegExp) => click(screen.getByRole('menuitem', { name }));
const cell = (row: HTMLElement, column: string) => row.querySelector(`.cell.${column}`) as HTMLElement;
const filter = () => screen.getByLabelText<HTMLInputElement>('Filter tokens').value;

test('a row offers what can be done with it, by its cell', async () => {
  await see(callPage());
  await menuOf(cell(rowOf('Ada'), 'identity'));
  expect(items()).toEqual([
    'Show details',
    'Copy value',
    'Copy row',
    'Copy token, masked',
    'Copy token',
    'Show only user:Ada',
    'Leave out user:Ada',
    'Use as expectation',
    'Open the document in Sources',
  ]);
  await choose('Copy value');
  expect(panel.host.copied).toEqual(['Ada']);
  expect(screen.queryByRole('menu')).toBeNull();
  await menuOf(cell(rowOf('Ada'), 'identity'));
  await choose('Show only user:Ada');
  expect([filter(), rows().length]).toEqual(['user:Ada', 1]);
});

test('what is copied of a row is masked, unless it is asked for by name', async () => {
  await see(callPage());
  for (const name of ['Copy row', 'Copy token, masked', 'Copy token']) {
    await menuOf(cell(rowOf('Ada'), 'room'));
    await choose(name);
  }
  const [row = '', masked = '', whole = ''] = panel.host.copied;
  const signature = whole.split('.')[2] ?? '';
  expect(whole.split('.')).toHaveLength(3);
  expect(row.split('\t').slice(0, 4)).toEqual(['Daily', 'standup', 'Ada', 'host']);
  expect(`${row} ${masked}`).not.toContain(signature);
  expect(masked).toContain('…');
});

test('a row that is copied holds no other token in the name of its place, and nothing that a spreadsheet calculates', async () => {
  const secret = opentokT1();
  const entries = { [secret]: daily.guest({ u: '=HYPERLINK("https://evil.example")', r: '@sum' }), session: secret };
  await see(captureOf({ stores: [localStorageOf(entries)] }));
  await menuOf(cell(rowOf('HYPERLINK'), 'room'));
  await choose('Copy row');
  const [row = ''] = panel.host.copied;
  expect(row).not.toContain(secret.slice(20, 60));
  for (const part of row.split('\t')) expect(part).not.toMatch(/^[=@+-]/);
});

test('of two findings of one rule the one is copied that was asked for', async () => {
  await see(
    captureOf({
      stores: [
        localStorageOf({ key: jwt({ room_name: 'standup', is_owner: true, start_video_off: true, exp: now + 60 }) }),
      ],
    }),
  );
  await click(rows()[0] as HTMLElement);
  await openTab(/Findings/);
  for (const claim of ['is_owner', 'start_video_off']) {
    await menuOf(tabPanel().querySelector(`[data-at="finding video-grant-typo claims.${claim}"]`) as HTMLElement);
    await choose('Copy finding');
    expect(panel.host.copied.at(-1)).toContain(claim);
  }
});

test('by keys it opens for the active row, moves round, jumps to a letter, and Esc gives the focus back', async () => {
  await see(callPage());
  const grid = screen.getByRole('grid');
  grid.focus();
  await press(grid, 'End');
  const menu = await menuOf(grid, 'key');
  const names = within(menu).getAllByRole('menuitem');
  expect(document.activeElement).toBe(names[0]);
  await press(menu, 'ArrowUp');
  expect(document.activeElement).toBe(names.at(-1));
  await press(menu, 'ArrowDown');
  expect(document.activeElement).toBe(names[0]);
  await press(menu, 'l');
  expect(document.activeElement?.textContent).toMatch(/^Leave out id:/);
  await press(menu, 'Escape');
  expect(screen.queryByRole('menu')).toBeNull();
  expect(document.activeElement).toBe(grid);
  expect(rows().at(-1)?.getAttribute('aria-selected')).toBe('true');
});

test('a claim offers its value, itself and its path, and becomes a filter or an expectation', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  await openTab(/Claims/);
  const claim = tabPanel().querySelector('[data-at="claims.o"]') as HTMLElement;
  await menuOf(claim);
  expect(items()).toEqual([
    'Copy value',
    'Copy claim',
    'Copy path',
    'Show only claim:o=true',
    'Leave out claim:o=true',
    'Use as expectation',
  ]);
  await choose('Copy claim');
  expect(panel.host.copied).toEqual(['"o": true']);
  await menuOf(claim);
  await choose('Show only claim:o=true');
  expect(rows().map(({ textContent }) => textContent)).toEqual([expect.stringContaining('Ada')]);
  await menuOf(claim);
  await choose('Use as expectation');
  // The tokens that it speaks of have findings of medium severity.
  await click(await screen.findByRole('button', { name: 'Expect anyway' }));
  const name = await screen.findByLabelText<HTMLInputElement>('Name of expectation 1');
  expect(name.value).toBe('o is true in tokens of Daily');
  // A frame of the page could not be read.
  await vi.waitFor(() => expect(screen.getByText('Not checked')).toBeTruthy());
});

test('a place leads to the filter and to the document in the browser’s own panels', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  await openTab(/Places/);
  const place = tabPanel().querySelector('[data-at="sightings.0"]') as HTMLElement;
  await menuOf(place);
  await choose(/^Show only place:/);
  expect(filter()).toMatch(/^place:/);
  expect(rows().length).toBeGreaterThan(0);
  await menuOf(place);
  await choose('Open the document in Sources');
  expect(panel.host.opened).toEqual([expect.stringMatching(/^https:\/\//)]);
});

test('a finding offers itself as text, and its rule as filter', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  await openTab(/Findings/);
  const finding = tabPanel().querySelector('.spot.finding') as HTMLElement;
  await menuOf(finding);
  await choose('Copy finding');
  expect(panel.host.copied[0]?.split('\n').length).toBeGreaterThan(2);
  await menuOf(finding);
  await choose(/^Show only rule:/);
  expect(rows().length).toBeGreaterThan(0);
});

test('elsewhere, and in fields, the browser’s own menu opens', async () => {
  await see(callPage());
  for (const element of [screen.getByLabelText('Filter tokens'), panel.root.querySelector('.statusline')]) {
    const isLeft = fireEvent.contextMenu(element as Element, { button: 2 });
    expect(isLeft).toBe(true);
  }
  expect(screen.queryByRole('menu')).toBeNull();
});
