// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, rows, see, tabPanel, type, usePanel } from '../../../../test/builders/panel.ts';
import { daily, jwt, now } from '../../../../test/builders/tokens.ts';

const panel = usePanel();

const withoutExpiry = () =>
  captureOf({
    stores: [localStorageOf({ auth: jwt({ r: 'standup', d: daily.domain, u: 'Grace', iat: now - 60 }) })],
  });

test('findings are grouped by rule, and lead to their token', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Findings' }));
  expect(panel.root.textContent).toContain('exp-missing');
  await click(screen.getAllByRole('button', { name: /Linus/ })[0] as Element);
  expect(screen.getByRole('grid')).toBeTruthy();
  expect(screen.getByRole('tab', { name: /Findings/ }).getAttribute('aria-selected')).toBe('true');
});

test('muted findings stand last among the findings by rule', async () => {
  panel.host.stored = {
    ...panel.host.stored,
    mutes: [{ rule: 'exp-missing', token: null, place: null, origin: 'https://call.example', reason: 'the demo room' }],
  };
  panel.reopen();
  await see(withoutExpiry());
  await click(screen.getByRole('button', { name: '1 muted' }));
  const apart = screen.getByRole('region', { name: 'Muted findings' });
  expect(apart.textContent).toContain('exp-missing');
  expect(apart.textContent).toContain('Muted (the demo room)');
  expect(apart.querySelectorAll('details')).toHaveLength(1);
});

test('a finding is muted with a reason, listed and counted apart, and unmuted again', async () => {
  await see(withoutExpiry());
  await click(rows()[0] as HTMLElement);
  await openTab(/^Findings/);
  const before = tabPanel().querySelectorAll('.finding').length;
  const finding = () => within(tabPanel()).getByText('exp-missing').closest('.finding') as HTMLElement;
  await click(within(finding()).getByRole('button', { name: 'Mute' }));
  expect([...finding().querySelectorAll('option')].map(({ textContent }) => textContent)).toEqual([
    'this token',
    'everything on https://call.example',
  ]);
  await type(within(finding()).getByRole('textbox', { name: 'Reason' }), ' the demo room ');
  await click(within(finding()).getByRole('button', { name: 'Mute the finding' }));
  expect(panel.host.stored.mutes).toMatchObject([
    { rule: 'exp-missing', place: null, origin: null, reason: 'the demo room' },
  ]);
  expect(within(tabPanel()).getByRole('region', { name: 'Muted findings' }).textContent).toContain(
    'Muted: the demo room',
  );
  expect(tabPanel().querySelectorAll('.finding')).toHaveLength(before);
  const muted = screen.getByRole('button', { name: '1 muted' });
  await click(within(finding()).getByRole('button', { name: 'Unmute' }));
  expect(panel.host.stored.mutes).toEqual([]);
  expect(muted.isConnected).toBe(false);
});
