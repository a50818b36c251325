// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, cookieOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, see, usePanel } from '../../../../test/builders/panel.ts';
import { daily, hours, jwt, now } from '../../../../test/builders/tokens.ts';

const panel = usePanel();

test('every place of an origin is listed with who can read it and for how long', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Origins' }));
  const table = within(screen.getByRole('region', { name: 'Places on https://call.example' }));
  const line = table.getByRole('row', { name: /sessionStorage/ });
  expect(line.textContent).toContain('any script that runs on https://call.example');
  expect(line.textContent).toContain('until the tab closes');
});

test('what a logout leaves behind is reported once the user says that they logged out', async () => {
  const at = (readAt: number) =>
    captureOf({
      readAt,
      stores: [localStorageOf({ auth: jwt({ r: 'standup', d: daily.domain, u: 'Grace', iat: now - 60 }) })],
    });
  await see(at(now - 30));
  await click(screen.getByRole('button', { name: 'Origins' }));
  await click(screen.getByRole('button', { name: 'I have logged out now' }));
  expect(panel.host.asked.rescan).toBe(1);
  await see(at(now + 1));
  await click(screen.getByRole('button', { name: 'Findings' }));
  expect(panel.root.textContent).toContain('Still there after logout');
  await click(screen.getByRole('button', { name: 'Origins' }));
  await click(screen.getByRole('button', { name: 'Forget' }));
  await click(screen.getByRole('button', { name: 'Findings' }));
  expect(panel.root.textContent).not.toContain('Still there after logout');
});

test('the view of origins says until when a cookie keeps its token', async () => {
  const cookie = cookieOf('auth', daily.guest(), { session: false, expiresAt: now + hours(48) });
  await see(captureOf({ cookies: [cookie] }));
  await click(screen.getByRole('button', { name: 'Origins' }));
  expect(screen.getByText(/until the cookie expires/).textContent).toContain('2 d');
});
