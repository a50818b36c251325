// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, emitState, press, see, usePanel } from '../../../../test/builders/panel.ts';
import { daily, hours, now } from '../../../../test/builders/tokens.ts';

usePanel();

const sentence = () => screen.getByRole('group', { name: 'In a sentence' });
const words = () => sentence().querySelector('p')?.textContent?.trim() ?? '';
const said = () => sentence().querySelector('[aria-live]')?.textContent ?? '';
const expired = daily.guest({ u: 'Barbara', iat: now - hours(5), exp: now - hours(3) });
const page = (entries: Record<string, string>) => captureOf({ stores: [localStorageOf(entries)] });

test('there is one as long as nothing was read, where nothing may be read, and of a page without tokens', async () => {
  expect(words()).toBe('Reading the page …');
  await emitState({ kind: 'unsupported', url: 'chrome://settings', reason: 'browser-page' });
  expect(words()).toBe('What this page holds cannot be read by extensions.');
  await see(captureOf());
  expect(words()).toBe('No token is seen here yet.');
});

test('one press leads to cause and remedy', async () => {
  await see(page({ token: expired }));
  await click(within(sentence()).getByRole('button', { name: 'it will be refused: it has expired' }));
  const diagnosis = screen.getByText('Why can’t I join?').closest('details');
  expect(diagnosis?.open).toBe(true);
  expect(diagnosis?.textContent).toMatch(/expired 3 hours ago.*new token/i);
});

test('one press leads to the token, its place and the worst risk', async () => {
  await see(page({ token: daily.host() }));
  const button = (name: string) => within(sentence()).getByRole('button', { name });
  await click(button('Ada'));
  expect(screen.getByRole('tab', { selected: true }).textContent).toBe('Overview');
  await click(button('localStorage.token'));
  expect(screen.getByRole('tab', { selected: true }).textContent).toMatch(/^Places/);
  await click(button('a host token any script can read'));
  expect(screen.getByRole('tab', { selected: true }).textContent).toMatch(/^Findings/);
});

test('it takes one Tab stop, and arrow keys lead from part to part', async () => {
  await see(page({ token: daily.host() }));
  const buttons = within(sentence()).getAllByRole('button');
  expect(buttons.map(({ tabIndex }) => tabIndex)).toEqual([0, ...buttons.slice(1).map(() => -1)]);
  buttons[0]?.focus();
  await press(buttons[0] as HTMLElement, 'ArrowRight');
  expect(document.activeElement).toBe(buttons[1]);
  await press(buttons[1] as HTMLElement, 'End');
  expect(document.activeElement).toBe(buttons.at(-1));
});

test('it is read aloud when it says something else, and not at a number in it', async () => {
  const guest = daily.guest();
  const other = daily.guest({ u: 'Linus', exp: now + hours(2) });
  await see(page({ a: guest, b: other }));
  expect(said()).toContain('2 tokens');
  await see(page({ a: guest, b: other, c: daily.guest({ u: 'Ken', exp: now + hours(3) }) }));
  expect(words()).toContain('3 tokens');
  expect(said()).toContain('2 tokens');
  await see(page({ a: guest, b: other, c: expired }));
  expect(said()).toContain('will be refused: it has expired');
});
