// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { press, usePanel } from '../../../../test/builders/panel.ts';

usePanel();

const group = (name: string) => screen.getByRole('toolbar', { name });
const stops = (element: HTMLElement) =>
  within(element)
    .getAllByRole('button')
    .filter(({ tabIndex }) => tabIndex === 0);

test('each row of buttons has one Tab stop, which is where the focus was last', async () => {
  for (const name of ['Watching', 'Views', 'Report and settings']) expect(stops(group(name))).toHaveLength(1);
  const views = within(group('Views')).getAllByRole('button');
  views[0]?.focus();
  await press(views[0] as Element, 'ArrowRight');
  expect(document.activeElement).toBe(views[1]);
  await press(views[1] as Element, 'End');
  expect(document.activeElement).toBe(views.at(-1));
  await press(views.at(-1) as Element, 'ArrowRight');
  expect(document.activeElement).toBe(views[0]);
  await press(views[0] as Element, 'ArrowLeft');
  expect(stops(group('Views'))).toEqual([views.at(-1)]);
});

test('a box among the buttons is reached as they are', async () => {
  const [first] = within(group('Watching')).getAllByRole('button');
  const box = screen.getByRole('checkbox', { name: 'Preserve log' });
  first?.focus();
  for (let count = 0; count < 3; count += 1) await press(document.activeElement as Element, 'ArrowRight');
  expect(document.activeElement).toBe(box);
});
