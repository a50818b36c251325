// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, press, rowOf, rows, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, jwt } from '../../../../test/builders/tokens.ts';

usePanel();

test('claims carry their meaning, and lead to findings and back', async () => {
  await see(callPage());
  await click(rowOf('Linus'));
  await openTab(/Claims/);
  expect(tabPanel().textContent).toContain('room_name');
  const mark = within(tabPanel()).getByRole('button', { name: /never expires/i });
  await click(mark);
  expect(screen.getByRole('tab', { name: /Findings/ }).getAttribute('aria-selected')).toBe('true');
  expect(tabPanel().querySelector('.lit')?.getAttribute('data-at')).toContain('exp-missing');
  await click(within(tabPanel()).getAllByRole('button', { name: 'Show exp' })[0] as Element);
  expect(screen.getByRole('tab', { name: /Claims/ }).getAttribute('aria-selected')).toBe('true');
  expect(tabPanel().querySelector('.lit')?.getAttribute('data-at')).toBe('claims.exp');
});

test('claims of any size and depth stay bounded', async () => {
  const deep = `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`;
  const claims = { long: 'x'.repeat(300_000), many: Array.from({ length: 5000 }, (_, index) => index) };
  await see(
    captureOf({
      stores: [localStorageOf({ big: jwt({ sub: 'big', ...claims }), deep: daily.guest({ deep }) })],
    }),
  );
  for (const row of rows()) {
    await click(row);
    await openTab(/Claims/);
    expect(tabPanel().textContent?.length).toBeLessThan(50_000);
    expect(tabPanel().querySelectorAll('li').length).toBeLessThan(500);
  }
});

test('a damaged token is shown as far as it can be read', async () => {
  await see(callPage());
  await click(rowOf('Damaged'));
  expect(tabPanel().textContent).toContain('This token is damaged');
  await openTab(/Claims/);
  expect(tabPanel().textContent).toContain('HS256');
});

test('claims take one press of Tab, and arrow keys move between them and open and close', async () => {
  const token = jwt({ sub: 'ada', context: { user: { id: 'u1' } }, exp: 4 });
  await see(captureOf({ stores: [localStorageOf({ token })] }));
  await click(rows()[0] as Element);
  await openTab(/Claims/);
  const stops = () =>
    [...tabPanel().querySelectorAll<HTMLElement>('.spot.claim, .twisty')].filter((one) => one.tabIndex === 0);
  const at = () => document.activeElement?.getAttribute('data-at');
  const key = (name: string) => press(document.activeElement as Element, name);
  expect(stops()).toHaveLength(1);
  stops()[0]?.focus();
  const first = at();
  await key('ArrowDown');
  expect(at()).not.toBe(first);
  await key('Home');
  expect(at()).toBe(first);
  while (at() !== 'claims.context') await key('ArrowDown');
  expect(tabPanel().querySelector('[data-at="claims.context.user"]')).toBeTruthy();
  await key('ArrowRight');
  expect(at()).toBe('claims.context.user');
  await key('ArrowLeft');
  expect(tabPanel().querySelector('[data-at="claims.context.user.id"]')).toBeNull();
  await key('ArrowLeft');
  expect(at()).toBe('claims.context');
  await key('ArrowRight');
  await key('ArrowRight');
  expect(tabPanel().querySelector('[data-at="claims.context.user.id"]')).toBeTruthy();
  expect(stops()).toHaveLength(1);
});
