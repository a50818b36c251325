// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, crowdedPage, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, see, usePanel } from '../../../../test/builders/panel.ts';
import { daily, jwt, now } from '../../../../test/builders/tokens.ts';

usePanel();

const openMatrix = () => click(screen.getByRole('button', { name: 'Privileges' }));
const table = () => within(screen.getByRole('table'));
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
  expect(screen.getByRole('table')).toBeTruthy();
});

test('tokens for no call have no privileges to compare', async () => {
  await see(
    captureOf({ stores: [localStorageOf({ id: jwt({ iss: 'https://id.example', sub: 'a', exp: now + 60 }) })] }),
  );
  await openMatrix();
  expect(document.body.textContent).toContain('there are no privileges to compare');
});
