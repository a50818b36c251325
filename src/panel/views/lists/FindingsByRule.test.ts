// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, crowdedPage, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, press, rows, see, tabPanel, type, usePanel } from '../../../../test/builders/panel.ts';
import { daily, jwt, now, without } from '../../../../test/builders/tokens.ts';

const panel = usePanel();

const withoutExpiry = () =>
  captureOf({
    stores: [localStorageOf({ auth: jwt({ r: 'standup', d: daily.domain, u: 'Grace', iat: now - 60 }) })],
  });

const openFindings = () => click(screen.getByRole('button', { name: 'Findings' }));
const line = (name: RegExp) =>
  within(screen.getByRole('region', { name: 'All findings' })).getByRole('button', { name });
const opened = () => within(screen.getByRole('region', { name: 'Open finding' }));
const title = () => opened().getByRole('heading', { level: 2, name: /^(?:Critical|High|Medium|Low|Info)/ }).textContent;

test('findings are a line for each rule; one is open, and leads to its token and back', async () => {
  await see(callPage());
  await openFindings();
  expect(screen.queryByRole('region', { name: 'Open finding' })).toBeNull();
  await click(line(/Token never expires/));
  expect(line(/Token never expires/).getAttribute('aria-current')).toBe('true');
  for (const name of ['Where', 'Found', 'Why it matters', 'What to do']) expect(opened().getByText(name)).toBeTruthy();
  expect(opened().getByText('exp-missing')).toBeTruthy();
  await click(opened().getByRole('button', { name: 'Show exp' }));
  expect(screen.getByRole('tab', { name: 'Claims' }).getAttribute('aria-selected')).toBe('true');
  await click(screen.getByRole('button', { name: 'Back to all findings' }));
  expect(title()).toContain('Token never expires');
  await click(opened().getByRole('button', { name: /Linus/ }));
  expect(screen.getByRole('grid')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Back to all findings' })).toBeTruthy();
});

test('previous and next go through the findings of all rules', async () => {
  await see(callPage());
  await openFindings();
  const first = screen.getAllByRole('button').filter((one) => one.classList.contains('entry'))[0];
  await click(first as Element);
  expect(opened().getByRole('button', { name: 'Previous finding' }).getAttribute('aria-disabled')).toBe('true');
  const seen = new Set([title()]);
  for (let presses = 0; presses < 12; presses += 1) {
    await click(opened().getByRole('button', { name: 'Next finding' }));
    seen.add(title());
  }
  expect(opened().getByText(/^13 of \d+$/)).toBeTruthy();
  expect(seen.size).toBeGreaterThan(3);
});

test('arrow keys go from line to line, and there is one Tab stop', async () => {
  await see(callPage());
  await openFindings();
  const lines = screen.getAllByRole('button').filter((one) => one.classList.contains('entry'));
  expect(lines.filter(({ tabIndex }) => tabIndex === 0)).toEqual([lines[0]]);
  lines[0]?.focus();
  await press(lines[0] as Element, 'ArrowDown');
  expect(document.activeElement).toBe(lines[1]);
  expect(lines[1]?.getAttribute('aria-current')).toBe('true');
  await press(opened().getByRole('article'), 'Escape');
  expect(screen.queryByRole('region', { name: 'Open finding' })).toBeNull();
});

test('a constant note is one line for all tokens, folded', async () => {
  await see(crowdedPage(14));
  await openFindings();
  const notes = screen.getByRole('region', { name: 'Notes' });
  expect(notes.querySelector('details')?.open).toBe(false);
  const lines = [...notes.querySelectorAll('.entry')].filter((one) =>
    one.textContent?.includes('verify on the server'),
  );
  expect(lines.map((one) => one.querySelector('.who')?.textContent)).toEqual(['14 tokens']);
  await click(lines[0] as Element);
  expect(within(screen.getByRole('region', { name: 'The same elsewhere' })).getAllByRole('listitem')).toHaveLength(14);
});

test('a ticket is copied without the token', async () => {
  const token = daily.guest({ exp: without });
  await see(captureOf({ stores: [localStorageOf({ auth: token })] }));
  await openFindings();
  await click(line(/In localStorage/));
  await click(opened().getByRole('button', { name: 'Copy ticket' }));
  await waitFor(() => expect(panel.host.copied).toHaveLength(1));
  expect(panel.host.copied[0]).toMatch(/^# \w+: In localStorage/);
  expect(panel.host.copied[0]).not.toContain(token.split('.')[2]);
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Ticket copied.'));
});

test('what was found in tokens that are gone is told in the past, and apart', async () => {
  await see(withoutExpiry());
  await see({ ...withoutExpiry(), readAt: now + 60, stores: [localStorageOf({})] });
  await openFindings();
  const past = screen.getByRole('region', { name: 'Findings of what is gone' });
  const found = within(past).getByText('Token never expires').closest('button') as HTMLElement;
  expect(found.textContent).toMatch(/^Was (?:high|medium)/);
  await click(found);
  expect(opened().getByText(/gone since 12:01:00/)).toBeTruthy();
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
  const lines = apart.querySelectorAll('.entry');
  expect(lines).toHaveLength(1);
  await click(lines[0] as Element);
  expect(opened().getByText('exp-missing')).toBeTruthy();
  expect(opened().getByText('the demo room')).toBeTruthy();
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
