// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, press, rowOf, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, jwt, now } from '../../../../test/builders/tokens.ts';

const panel = usePanel();

test('tabs are moved between by arrow keys and have one stop', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  await press(screen.getByRole('tab', { name: 'Overview' }), 'ArrowRight');
  expect(screen.getByRole('tab', { name: 'Claims' }).getAttribute('aria-selected')).toBe('true');
  expect(screen.getAllByRole('tab').filter((one) => one.tabIndex === 0)).toHaveLength(1);
  await press(screen.getByRole('tab', { name: 'Claims' }), 'End');
  expect(screen.getByRole('tab', { name: 'Raw' }).getAttribute('aria-selected')).toBe('true');
});

test('explains a chosen token in plain words', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  expect(tabPanel().textContent).toContain('Ada may join standup on Daily as a host');
  expect(tabPanel().textContent).toContain('Why can’t I join?');
});

test('a token whose platform is not certain says which others it could be', async () => {
  const unsure = jwt({ iss: 'https://login.example', aud: 'b', sub: 'c', room: 'retro', nonce: 'n', exp: now + 3600 });
  await see(captureOf({ stores: [localStorageOf({ unsure, sure: daily.guest({ u: 'Grace' }) })] }));
  await click(rowOf('retro'));
  expect(tabPanel().textContent).toMatch(
    /Jitsi \(self-hosted\).*\(likely, because .*; it could also be OpenID Connect\)/,
  );
  await click(rowOf('Grace'));
  expect(tabPanel().textContent).not.toContain('could also be');
});

test('every privilege has an answer and a reason', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  await openTab(/Privileges/);
  const lines = within(tabPanel()).getAllByRole('row').slice(1);
  expect(lines).toHaveLength(17);
  const mute = lines.find((line) => line.textContent?.includes('mute others'));
  expect(mute?.textContent).toContain('yes');
  expect(mute?.textContent).toContain('o is true');
});

test('places tell who can read them and what a cookie is like', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  await openTab(/Places/);
  expect(tabPanel().textContent).toContain('cookie "meeting"');
  expect(tabPanel().textContent).toContain('any script that runs on https://call.example');
  expect(tabPanel().textContent).toMatch(/SameSite\s*none/);
});

test('a token is masked until it is revealed, one at a time', async () => {
  const one = daily.guest({ u: 'One' });
  const other = daily.guest({ u: 'Two' });
  await see(captureOf({ stores: [localStorageOf({ one, other })] }));
  await click(rowOf('One'));
  await openTab(/Raw/);
  expect(panel.root.innerHTML).not.toContain(one.split('.')[2]);
  await click(screen.getByRole('button', { name: 'Reveal token' }));
  expect(tabPanel().querySelector('.token')?.textContent).toBe(one);
  await click(rowOf('Two'));
  expect(panel.root.innerHTML).not.toContain(other.split('.')[2]);
});

test('copies the token, its parts and a masked line', async () => {
  const token = daily.guest();
  await see(captureOf({ stores: [localStorageOf({ token })] }));
  await click(rowOf('Grace'));
  await openTab(/Raw/);
  for (const name of ['Copy token', 'Copy masked line', 'Copy claims']) {
    await click(screen.getByRole('button', { name }));
  }
  expect(panel.host.copied[0]).toBe(token);
  expect(panel.host.copied[1]).not.toContain(token.split('.')[2]);
  expect(JSON.parse(panel.host.copied[2] ?? '').r).toBe('standup');
  expect(screen.getByRole('status').textContent).toBe('Claims copied.');
});
