// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, crowdedPage, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, press, see, usePanel } from '../../../../test/builders/panel.ts';
import { daily, jwt, now } from '../../../../test/builders/tokens.ts';

usePanel();

const openMatrix = async () => {
  await click(screen.getByRole('button', { name: 'Privileges' }));
  await waitFor(() => expect(document.querySelector('.matrix, .whole .hint')).toBeTruthy());
};
const table = () => within(screen.getByRole('grid'));
const lineOf = (name: RegExp) => table().getByRole('row', { name });
/** The answer of a token to a privilege, by the head of its column. */
const answer = (token: RegExp, privilege: RegExp) => {
  const at = table()
    .getAllByRole('columnheader')
    .findIndex(({ textContent }) => privilege.test(textContent ?? ''));
  return lineOf(token).querySelectorAll('th, td')[at] as HTMLElement;
};

test('each token has a line, with an answer for each privilege', async () => {
  await see(callPage());
  await openMatrix();
  expect(answer(/^Ada/, /^Mute others/).textContent).toContain('yes');
  expect(answer(/^Linus/, /^Mute others/).textContent).not.toContain('yes');
  expect(screen.getByRole('columnheader', { name: /^Mute others/ }).title).toBe('mute others');
});

test('tokens are grouped by role, hosts first, with how many there are', async () => {
  await see(crowdedPage(3));
  await see(
    captureOf({ readAt: now + 1, stores: [localStorageOf({ a: daily.guest({ u: 'Eve' }), b: daily.host() })] }),
  );
  await openMatrix();
  const groups = [...document.querySelectorAll('.group-name')].map(({ textContent }) => textContent);
  expect(groups).toEqual(['Host 1', 'Participant 1']);
});

test('privileges in which tokens differ are marked, and the answer that is unlike most', async () => {
  const guests = Object.fromEntries(['Eve', 'Bob', 'Sam'].map((u) => [u, daily.guest({ u })]));
  await see(captureOf({ stores: [localStorageOf({ ...guests, host: daily.host() })] }));
  await openMatrix();
  expect(screen.getByRole('columnheader', { name: /^Mute others/ }).textContent).toContain('differs');
  expect(screen.getByRole('columnheader', { name: /^Join$/ }).textContent).not.toContain('differs');
  expect(answer(/^Ada/, /^Mute others/).className).toBe('odd-one');
  expect(answer(/^Eve/, /^Mute others/).className).not.toBe('odd-one');
});

test('a token of many is told from its likes by where it lies', async () => {
  await see(captureOf({ stores: [localStorageOf({ one: daily.guest(), two: daily.guest({ iat: now - 61 }) })] }));
  await openMatrix();
  expect(lineOf(/localStorage\.one/)).toBeTruthy();
  expect(lineOf(/localStorage\.two/)).toBeTruthy();
});

test('many are drawn piece by piece', async () => {
  await see(crowdedPage(130));
  await openMatrix();
  const lines = () => document.querySelectorAll('tbody .token-name').length;
  const more = () => document.querySelector('.matrix > .hint button') as HTMLElement;
  expect(lines()).toBe(60);
  expect(more().textContent).toBe('Show 60 more of 130 tokens');
  await click(more());
  expect(more().textContent).toBe('Show 10 more of 130 tokens');
  await click(more());
  expect(lines()).toBe(130);
  expect(document.querySelector('.group-name')?.textContent).toBe('Participants 130');
});

test('a line leads to the privileges of its token, and back', async () => {
  await see(callPage());
  await openMatrix();
  await click(within(lineOf(/^Ada/)).getByRole('button'));
  expect(screen.getByRole('tab', { name: 'Privileges' }).getAttribute('aria-selected')).toBe('true');
  await click(screen.getByRole('button', { name: 'Back to all privileges' }));
  expect(screen.getByRole('grid')).toBeTruthy();
});

test('tokens for no call have no privileges to compare', async () => {
  await see(
    captureOf({ stores: [localStorageOf({ id: jwt({ iss: 'https://id.example', sub: 'a', exp: now + 60 }) })] }),
  );
  await openMatrix();
  expect(document.body.textContent).toContain('there are no privileges to compare');
});

test('one press of Tab leads to the answers, arrow keys between them, Enter to the token', async () => {
  await see(callPage());
  await openMatrix();
  const stops = () => [...document.querySelectorAll<HTMLElement>('.matrix table [tabindex="0"]')];
  const cells = () => [...lineOf(/^Ada/).querySelectorAll<HTMLElement>('button, td')];
  expect(stops()).toEqual([cells()[0]]);
  const go = async (key: string, modifiers = {}) => press(document.activeElement as Element, key, modifiers);
  stops()[0]?.focus();
  await go('ArrowRight');
  await go('ArrowRight');
  expect(stops()).toEqual([cells()[2]]);
  expect(document.activeElement).toBe(cells()[2]);
  await go('End');
  await go('ArrowRight');
  expect(document.activeElement).toBe(cells().at(-1));
  await go('ArrowDown');
  expect(document.activeElement?.closest('tr')).not.toBe(lineOf(/^Ada/));
  await go('Home', { ctrlKey: true });
  expect(document.activeElement).toBe(cells()[0]);
  await go('ArrowRight');
  await go('Enter');
  expect(screen.getByRole('tab', { name: 'Privileges' }).getAttribute('aria-selected')).toBe('true');
});

test('the cell that is the Tab stop may go with its token', async () => {
  await see(captureOf({ stores: [localStorageOf({ a: daily.guest({ u: 'Eve' }), b: daily.host() })] }));
  await openMatrix();
  await act(() => answer(/^Ada/, /^Mute others/).focus());
  await see(captureOf({ readAt: now + 1, stores: [localStorageOf({ a: daily.guest({ u: 'Eve' }) })] }));
  expect(document.querySelectorAll('.matrix table [tabindex="0"]')).toHaveLength(1);
});

test('an answer becomes an expectation, after a question where its tokens have a finding of medium severity or worse', async () => {
  await see(captureOf({ stores: [localStorageOf({ guest: daily.guest({ u: 'Eve' }), host: daily.host() })] }));
  await openMatrix();
  const cell = answer(/^Eve/, /^Record/);
  await act(() => {
    cell.focus();
    fireEvent.contextMenu(cell);
  });
  const menu = await screen.findByRole('menu');
  expect([...menu.children].map(({ textContent }) => textContent)).toEqual(['Show details', 'Use as expectation']);
  await click(menu.children[1] as Element);
  expect((await screen.findByRole('alertdialog')).textContent).toContain('Expect what is wrong, too?');
  expect(screen.queryByLabelText(/^Name of expectation/)).toBeNull();
  await click(screen.getByRole('button', { name: 'Expect anyway' }));
  const name = await screen.findByLabelText<HTMLInputElement>('Name of expectation 1');
  expect(name.value).toBe('no participant token of Daily says whether its holder may record the call');
  expect(await screen.findByText('Held')).toBeTruthy();
});
