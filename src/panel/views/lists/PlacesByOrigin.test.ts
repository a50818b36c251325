// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, cookieOf, crowdedPage, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, see, usePanel } from '../../../../test/builders/panel.ts';
import { daily, hours, jwt, now } from '../../../../test/builders/tokens.ts';

const panel = usePanel();

test('every place of an origin is listed with who can read it and for how long', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Origins' }));
  const table = within(screen.getByRole('region', { name: 'Places on https://call.example' }));
  const line = table.getByRole('row', { name: /sessionStorage/ });
  expect(line.textContent).toContain('any script of this origin');
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

test('two hundred places of one kind are one line, until it is opened', async () => {
  await see(crowdedPage(200));
  await click(screen.getByRole('button', { name: 'Origins' }));
  const lines = () =>
    within(screen.getByRole('region', { name: 'Places on https://call.example' })).getAllByRole('row');
  expect(lines()).toHaveLength(2);
  expect(lines()[1]?.textContent).toContain('localStorage, 200 places');
  expect(lines()[1]?.textContent).toContain('200 tokens');
  expect(lines()[1]?.textContent).toContain('any script of this origin');
  await click(screen.getByRole('button', { name: 'localStorage, 200 places' }));
  expect(lines()).toHaveLength(202);
});

test('what is gone says how bad it was, and origins stand in the order in which they were seen', async () => {
  const store = (origin: string) => localStorageOf({ auth: daily.host({ u: origin }) }, origin);
  const [late, early] = ['https://a.example', 'https://z.example'].map(store);
  if (!late || !early) throw new Error('no stores');
  await see(captureOf({ readAt: now, stores: [early] }));
  await see(captureOf({ readAt: now + 60, stores: [late, { ...early, entries: [] }] }));
  await click(screen.getByRole('button', { name: 'Origins' }));
  const summaries = [...document.querySelectorAll('.groups summary')].map(({ textContent }) => textContent);
  expect(summaries).toEqual(['https://z.example 0 places, 1 gone', 'https://a.example 1 place']);
  const gone = within(screen.getByRole('region', { name: 'Places on https://z.example' })).getAllByRole('row')[1];
  expect(gone?.textContent).toContain('Was info');
});

test('a place leads to its token and back', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Origins' }));
  await click(screen.getByRole('button', { name: /^cookie.*meeting/ }));
  expect(screen.getByRole('tab', { name: /Places/ }).getAttribute('aria-selected')).toBe('true');
  await click(screen.getByRole('button', { name: 'Back to all places' }));
  expect(screen.getByRole('region', { name: 'Places on https://call.example' })).toBeTruthy();
});
