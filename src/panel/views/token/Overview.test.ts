// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, rowOf, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, now, without } from '../../../../test/builders/tokens.ts';

usePanel();

const guests = (...names: string[]) => Object.fromEntries(names.map((u) => [u, daily.guest({ u, ud: u })]));
const apart = () => within(screen.getByRole('region', { name: 'What sets it apart' }));
const pairs = () =>
  [...(screen.getByRole('region', { name: 'What sets it apart' }).querySelectorAll('dl > div') ?? [])].map(
    ({ textContent }) => textContent,
  );
/** What stands in the overview, from top to bottom. */
const order = () =>
  [...tabPanel().querySelectorAll('.overview > *')].map((one) => one.className || one.getAttribute('aria-label'));

test('the overview begins with what sets a token apart from the others of the page', async () => {
  await see(captureOf({ stores: [localStorageOf({ ...guests('Eve', 'Bob', 'Sam'), host: daily.host() })] }));
  await click(rowOf('Ada'));
  expect(apart().getByText('Beside the 3 other tokens here')).toBeTruthy();
  expect(pairs()[0]).toBe('RoleHost the only one; the others: Participant (3)');
  expect(pairs().some((text) => text?.startsWith('Room'))).toBe(false);
  expect(order().slice(0, 3)).toEqual(['summary', 'apart', 'worst']);
});

test('a token that is alone is set apart from nothing', async () => {
  await see(captureOf({ stores: [localStorageOf({ auth: daily.guest() })] }));
  await click(rowOf('Grace'));
  expect(screen.queryByRole('region', { name: 'What sets it apart' })).toBeNull();
});

test('what refuses joining comes before all else', async () => {
  await see(callPage());
  await click(rowOf('Barbara'));
  expect(order().slice(0, 3)).toEqual(['summary', 'join', 'apart']);
  expect(tabPanel().querySelector<HTMLDetailsElement>('.join')?.open).toBe(true);
  await click(rowOf('Ada'));
  expect(order().indexOf('join')).not.toBe(1);
});

test('it is compared with the most alike at a press', async () => {
  await see(
    captureOf({ stores: [localStorageOf({ ...guests('Eve'), other: daily.guest({ r: 'retro', u: 'Sam' }) })] }),
  );
  await click(rowOf('Eve'));
  await click(apart().getByRole('button', { name: /^Compare with the most alike: .*Sam/ }));
  expect(screen.getByRole('region', { name: 'Comparison of 2 tokens' })).toBeTruthy();
});

test('what holds of every token of the platform is folded', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  const about = screen.getByText('What Daily does with its tokens').closest('details');
  expect(about?.open).toBe(false);
  expect(about?.textContent).toContain('When it expires');
  expect(about?.textContent).toContain('Read more');
});

test('a token that is gone is spoken of in the past', async () => {
  const page = captureOf({ stores: [localStorageOf({ auth: daily.host({ exp: without }), ...guests('Eve') })] });
  await see(page);
  await see({ ...page, readAt: now + 60, stores: [localStorageOf(guests('Eve'))] });
  await click(rowOf('Ada'));
  expect(tabPanel().querySelector('.summary')?.textContent).toBe(
    'Ada could join standup on Daily as a host. It is gone since 12:01:00.',
  );
  expect(tabPanel().querySelector('.worst')?.textContent).toMatch(/^Was /);
  expect(tabPanel().querySelector<HTMLDetailsElement>('.join')?.open).not.toBe(true);
  await openTab(/Findings/);
  expect(tabPanel().textContent).toContain('Was found while the token was there');
  expect(tabPanel().querySelector('.entry')?.textContent).toMatch(/^Was /);
});

test('a mark leads to its finding, which is open, and back to the overview', async () => {
  await see(callPage());
  await click(rowOf('Linus'));
  const mark = within(tabPanel()).getByRole('button', { name: /Token never expires/ });
  await click(mark);
  const line = within(tabPanel()).getByRole('button', { name: /Token never expires/, expanded: true });
  expect(line.closest('.spot')?.className).toContain('lit');
  await click(screen.getByRole('button', { name: 'Back to the overview' }));
  expect(tabPanel().querySelector('.overview')).toBeTruthy();
});
