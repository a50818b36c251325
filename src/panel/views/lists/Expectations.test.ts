// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, press, see, type, usePanel } from '../../../../test/builders/panel.ts';
import { daily, now } from '../../../../test/builders/tokens.ts';

usePanel();

const open = async () => {
  await click(screen.getByRole('button', { name: /^Expectations/ }));
  await screen.findByRole('region', { name: 'Expectations' });
};
const ask = () => click(screen.getByRole('button', { name: /^Expect what I see/ }));
const dialog = () => screen.findByRole('alertdialog');
const names = () => screen.queryAllByLabelText<HTMLInputElement>(/^Name of expectation/).map(({ value }) => value);
const outcomes = () => [...document.querySelectorAll('.expectations li .outcome')].map((one) => one.textContent);

test('what is wrong is named before it is expected; Esc and Cancel leave it at that', async () => {
  await see(callPage());
  await open();
  await ask();
  expect((await dialog()).textContent).toMatch(/^Expect what is wrong, too\?.*(High|Medium|Critical)/);
  expect(document.activeElement?.textContent).toBe('Cancel');
  await press(document.activeElement as Element, 'Escape');
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(document.activeElement?.textContent).toBe('Expect what I see');
  await ask();
  await dialog();
  await click(screen.getByRole('button', { name: 'Cancel' }));
  expect(names()).toEqual([]);
  await ask();
  await dialog();
  await click(screen.getByRole('button', { name: 'Expect anyway' }));
  await waitFor(() => expect(names().length).toBeGreaterThan(1));
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

test('with a filter, only what it keeps is expected', async () => {
  await see(callPage());
  await type(screen.getByLabelText('Filter tokens'), 'Linus');
  await open();
  await ask();
  await dialog();
  await click(screen.getByRole('button', { name: 'Expect anyway' }));
  await waitFor(() => expect(names()).toHaveLength(1));
});

test('what failed comes first, and is told on the button and to screen readers', async () => {
  await see(captureOf({ stores: [localStorageOf({ auth: daily.guest() })] }));
  await open();
  await ask();
  await dialog();
  await click(screen.getByRole('button', { name: 'Expect anyway' }));
  await waitFor(() => expect(outcomes()).toEqual(['Held', 'Held']));
  const before = names();
  await see(captureOf({ readAt: now + 1, stores: [localStorageOf({ auth: daily.guest(), host: daily.host() })] }));
  await waitFor(() => expect(outcomes()).toEqual(['Failed', 'Held']));
  expect(names()).toEqual([...before].reverse());
  expect(screen.getByRole('button', { name: 'Expectations: 1 failed' }).textContent).toBe('1');
  expect(document.body.textContent).toContain('expectations failed: 1');
});

test('of a page without tokens it is expected that no host token is there', async () => {
  await see(captureOf({ stores: [localStorageOf({})] }));
  await open();
  await ask();
  await waitFor(() => expect(names()).toEqual(['no host token on https://call.example']));
  await waitFor(() => expect(outcomes()).toEqual(['Held']));
});
