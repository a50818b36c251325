// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, rowOf, rows, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, days, jwt, now } from '../../../../test/builders/tokens.ts';

usePanel();

async function compare(...names: string[]): Promise<void> {
  for (const [index, name] of names.entries()) await click(rowOf(name), { ctrlKey: index > 0 });
}

const lineOf = (name: RegExp) => within(tabPanel()).getByRole('row', { name });
const heads = () => within(tabPanel()).getAllByRole('columnheader').slice(1);

test('privileges are compared first, then claim by claim', async () => {
  await see(callPage());
  await compare('Ada', 'Linus');
  expect(screen.getByRole('region', { name: 'Comparison of 2 tokens' })).toBeTruthy();
  expect(lineOf(/^mute others/).textContent).toContain('differs');
  await openTab(/Claims compared/);
  expect(lineOf(/^o\b/).textContent).toContain('not there');
  expect(lineOf(/^o\b/).textContent).toContain('differs');
});

test('heads tell tokens of one person apart: by role, room, lifetime and place', async () => {
  const one = daily.guest();
  const other = daily.guest({ o: true, r: 'retro', exp: now - 60 + days(9) });
  await see(captureOf({ stores: [localStorageOf({ one, other })] }));
  await compare('standup', 'retro');
  const [first, second] = heads().map(({ textContent }) => textContent);
  for (const words of ['Grace', 'Participant', 'standup', 'localStorage.one', '1 h 1 min'])
    expect(first).toContain(words);
  for (const words of ['Grace', 'Host', 'retro', 'localStorage.other', '9 d']) expect(second).toContain(words);
});

test('times are compared as times', async () => {
  await see(callPage());
  await compare('Ada', 'Barbara');
  await openTab(/Claims compared/);
  const ends = lineOf(/^exp/);
  expect(ends.textContent).toMatch(/2026-11-20 13:00:00 UTC in 1 h.*2026-11-20 09:00:00 UTC 3 h ago/);
  expect(ends.querySelector(`[title="${now - 3 * 3600}"]`)).toBeTruthy();
});

test('only the differences can be asked for', async () => {
  await see(callPage());
  await compare('Ada', 'Linus');
  const all = within(tabPanel()).getAllByRole('row').length;
  await click(screen.getByRole('checkbox', { name: 'Only differences' }));
  const differing = within(tabPanel()).getAllByRole('row').slice(1);
  expect(differing.length).toBeLessThan(all - 1);
  expect(differing.every((line) => line.textContent?.includes('differs'))).toBe(true);
});

test('a head leads to its token', async () => {
  await see(callPage());
  await compare('Ada', 'Linus');
  await click(within(heads()[0] as HTMLElement).getByRole('button'));
  expect(screen.getByRole('region', { name: /^Details of .*Ada/ })).toBeTruthy();
});

test('of tokens that are for no call, the claims are compared', async () => {
  const token = (sub: string) => jwt({ iss: 'https://id.example', sub, aud: 'app', exp: now + 60 });
  await see(captureOf({ stores: [localStorageOf({ one: token('first'), two: token('second') })] }));
  await click(rows()[0] as Element);
  await click(rows()[1] as Element, { ctrlKey: true });
  expect(screen.getByRole('tab', { name: 'Claims compared' }).getAttribute('aria-selected')).toBe('true');
  await openTab(/Privileges compared/);
  expect(tabPanel().textContent).toContain('no privileges to compare');
});
