// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, rowOf, rows, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, minutes, now } from '../../../../test/builders/tokens.ts';

usePanel();

const version = (round: number) => daily.guest({ u: 'Ada', exp: now + minutes(10 * round) });
const at = (round: number, entries: Record<string, string>) =>
  captureOf({ readAt: now + 10 * round, stores: [localStorageOf(entries)] });

test('a token that is renewed stays one entry, and leads to its earlier versions and back', async () => {
  for (const round of [1, 2, 3]) await see(at(round, { auth: version(round) }));
  expect(rows()).toHaveLength(1);
  expect(rowOf('Ada').textContent).toContain('renewed 2×');
  expect(screen.getByRole('contentinfo').textContent).toContain('1 token');
  expect(screen.getByRole('contentinfo').textContent).not.toContain('gone');

  await click(rowOf('Ada'));
  const versions = within(tabPanel()).getByRole('region', { name: 'Versions' });
  const earlier = within(versions).getAllByRole('button', { name: /^There from .* until / });
  expect(earlier).toHaveLength(2);
  await click(earlier[1] as HTMLElement);
  expect(tabPanel().textContent).toContain('It was renewed');
  await click(within(tabPanel()).getByRole('button', { name: 'show the latest version' }));
  expect(tabPanel().textContent).toContain('Earlier versions');
});

test('a token that is renewed and then removed is one entry that is gone', async () => {
  await see(at(1, { auth: version(1) }));
  await see(at(2, { auth: version(2) }));
  await see(at(3, {}));
  expect(rows()).toHaveLength(1);
  expect(rowOf('Ada').textContent).toContain('Gone since');
  expect(screen.getByRole('contentinfo').textContent).toContain('0 tokens, 1 gone');
});

test('what was found in a token that is gone is said of the past, and not counted', async () => {
  await see(at(1, { auth: daily.host({ u: 'Grace' }), other: daily.guest({ u: 'Ada' }) }));
  await see(at(2, { other: daily.guest({ u: 'Ada' }) }));
  expect(rowOf('Grace').textContent).toMatch(/Was info/);
  expect(screen.getByRole('contentinfo').textContent).toContain('1 token, 1 gone');
});
