// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, rowOf, rows, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
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
