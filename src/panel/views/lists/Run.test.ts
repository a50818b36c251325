// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, see, type, usePanel } from '../../../../test/builders/panel.ts';
import { daily, now } from '../../../../test/builders/tokens.ts';

usePanel();

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const run = () => within(screen.getByRole('region', { name: 'Run' }));
const names = () =>
  run()
    .queryAllByLabelText<HTMLInputElement>(/^Name of step/)
    .map(({ value }) => value);
const outcomes = () => [...document.querySelectorAll('.run > ol > li > .outcome')].map((one) => one.textContent);
const look = (path: string, token: string, readAt = now) =>
  see(
    captureOf({
      readAt,
      page: { url: `https://call.example${path}`, title: '', scriptOrigins: null, loadedAt: readAt },
      stores: [localStorageOf({ auth: token })],
    }),
  );

test('a run is recorded while one walks, and checked when it is walked again, what failed first', async () => {
  await look('/host?jwt=1', daily.host());
  await click(button(/^Expectations/));
  await screen.findByRole('region', { name: 'Expectations' });
  await click(button('Record a run'));
  await waitFor(() => expect(names()).toEqual(['host']));
  expect(run().getByRole('status').textContent).toBe('Recording, 1 step');
  expect(document.querySelector('.run')?.textContent).toContain('Not written down, as it could be a token: jwt.');
  await click(button(/^Expect what I see/));
  await click(await screen.findByRole('button', { name: 'Expect anyway' }));
  await waitFor(() => expect(document.querySelector('.run li li')?.textContent).toMatch(/^1 host token of daily/));
  await look('/guest', daily.guest(), now + 10);
  await waitFor(() => expect(names()).toEqual(['host', 'guest']));
  await click(button(/^Expect what I see/));
  await click(await screen.findByRole('button', { name: 'Expect anyway' }));
  await waitFor(() => expect(document.querySelectorAll('.run li li').length).toBeGreaterThan(1));
  await type(screen.getByLabelText('What you have just done'), 'log out');
  await click(button('Add action'));
  await waitFor(() => expect(names()).toEqual(['host', 'guest', 'after “log out”']));
  await click(button('Stop recording'));
  expect(run().getByRole('status').textContent).toBe('3 of 3 steps walked, all held');

  await click(button('Remove after “log out”'));
  await look('/host', daily.guest(), now + 20);
  await waitFor(() => expect(outcomes()).toEqual(['Failed', 'Not yet']));
  expect(button('Expectations: 1 failed').textContent).toBe('1');
  const [first] = document.querySelectorAll('.run li');
  expect(first?.getAttribute('aria-current')).toBe('step');
  expect(first?.querySelector('li')?.className).toBe('failed');
});
