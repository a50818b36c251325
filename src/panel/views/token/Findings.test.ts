// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, rowOf, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, jwt, now } from '../../../../test/builders/tokens.ts';

const panel = usePanel();

async function openFindings(name: string): Promise<void> {
  await click(rowOf(name));
  await openTab(/^Findings/);
}

const lines = () => [...tabPanel().querySelectorAll<HTMLElement>('.entry')];
const openLines = () => lines().filter((line) => line.getAttribute('aria-expanded') === 'true');
const button = (name: string | RegExp) => within(tabPanel()).getByRole('button', { name });

/** Opens a finding that may be open already, as the worst is. */
async function openLine(name: RegExp): Promise<void> {
  const line = button(name);
  if (line.getAttribute('aria-expanded') === 'false') await click(line);
}

test('the findings of a token are a list in which one is open: the worst, until another is chosen', async () => {
  await see(callPage());
  await openFindings('Ada');
  expect(openLines()).toEqual([lines()[0]]);
  await click(lines()[1] as Element);
  expect(openLines()).toEqual([lines()[1]]);
  await click(lines()[1] as Element);
  expect(openLines()).toEqual([]);
});

test('next and previous open the others one by one', async () => {
  await see(callPage());
  await openFindings('Ada');
  const all = lines().length;
  for (let presses = 1; presses < all; presses += 1) {
    await click(button('Next finding'));
    expect(openLines()).toEqual([lines()[presses]]);
  }
  expect(button('Next finding').getAttribute('aria-disabled')).toBe('true');
  await click(button('Previous finding'));
  expect(openLines()).toEqual([lines()[all - 2]]);
});

test('what is only worth knowing is folded into one line that names it', async () => {
  await see(callPage());
  await openFindings('Ada');
  const notes = tabPanel().querySelector<HTMLDetailsElement>('.notes');
  expect(notes?.open).toBe(false);
  expect(notes?.querySelector('summary')?.textContent).toMatch(/^\d+ notes .*what to verify on the server/);
});

test('a finding shows the value that it speaks of, and copies a ticket with no token', async () => {
  const token = jwt({ r: 'standup', d: daily.domain, u: 'Grace', iat: now - 60, exp: (now + 60) * 1000 });
  await see(captureOf({ stores: [localStorageOf({ auth: token })] }));
  await openFindings('Grace');
  await openLine(/Milliseconds/);
  expect(openLines()[0]?.closest('.finding')?.textContent).toContain(String((now + 60) * 1000));
  await click(button('Copy ticket'));
  await waitFor(() => expect(panel.host.copied).toHaveLength(1));
  expect(panel.host.copied[0]).toContain('- Where: ` exp ` in the token');
  expect(panel.host.copied[0]).not.toContain(token.split('.')[2]);
});

test('a finding about several tokens leads to the others', async () => {
  const same = (key: string) => daily.guest({ ud: 'one-id', u: key, exp: now + 3000 + key.length });
  const elsewhere = localStorageOf({ b: same('Gracie') }, 'https://other.example');
  await see(captureOf({ stores: [localStorageOf({ a: same('Grace') }), elsewhere] }));
  await openFindings('Gracie');
  await openLine(/[Ss]ame identity/);
  await click(within(tabPanel()).getByRole('button', { name: /Daily · standup · Grace$/ }));
  expect(screen.getByRole('region', { name: 'Details of Daily · standup · Grace' })).toBeTruthy();
  expect(openLines()[0]?.textContent).toMatch(/[Ss]ame identity/);
  await click(screen.getByRole('button', { name: 'Back to the findings of Daily · standup · Gracie' }));
  expect(screen.getByRole('region', { name: 'Details of Daily · standup · Gracie' })).toBeTruthy();
});
