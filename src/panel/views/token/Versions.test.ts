// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { answerWith } from '../../../../test/builders/answers.ts';
import { captureOf, exchangeOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, rowOf, rows, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, minutes, now } from '../../../../test/builders/tokens.ts';
// Loaded ahead, so that a test need not wait for it.
import './Journey.tsx';

const panel = usePanel();

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

test('each earlier version says claim by claim what the next has otherwise', async () => {
  const named = (claims: object) => daily.guest({ u: 'Ada', ...claims });
  await see(at(1, { auth: named({ exp: now + minutes(10), start_audio_off: true }) }));
  await see(at(2, { auth: named({ exp: now + minutes(20), sr: true }) }));
  await see(at(3, { auth: named({ exp: now + minutes(30), sr: true }) }));
  await click(rowOf('Ada'));
  const [latest, first] = within(tabPanel()).getAllByRole('table');
  const lines = (table: HTMLElement | undefined) =>
    within(table as HTMLElement)
      .getAllByRole('row')
      .slice(1)
      .map((row) => [...row.children].map(({ textContent }) => textContent));
  expect(lines(latest)).toEqual([['exp', '2026-11-20 12:20:00 UTC', '2026-11-20 12:30:00 UTC']]);
  expect(lines(first)).toEqual([
    ['exp', '2026-11-20 12:10:00 UTC', '2026-11-20 12:20:00 UTC'],
    ['sr', 'not there', 'true'],
    ['start_audio_off', 'true', 'not there'],
  ]);
  expect(tabPanel().textContent).toContain('3 claims differ from the next');
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

test('a token that followed another in memory is one entry with it, and nowhere is that said to have been seen', async () => {
  await see(captureOf({ page: { url: 'https://call.example/', title: '', scriptOrigins: null, loadedAt: now - 1 } }));
  await act(async () =>
    panel.host.emitTraffic(
      ...[1, 2, 3].map((round) =>
        exchangeOf({
          ...answerWith(version(round), {}, { url: 'https://call.example/join', startedAt: now + round }),
          name: `request ${round}`,
        }),
      ),
    ),
  );
  await screen.findByText('Ada');
  expect(rows()).toHaveLength(1);
  expect(rowOf('Ada').textContent).toContain('follows 2 others');
  expect(rowOf('Ada').textContent).not.toContain('renewed');
  expect(screen.getByRole('contentinfo').textContent).toContain('1 token');

  await click(rowOf('Ada'));
  expect(tabPanel().textContent).toContain('Inferred: each came by the same reply as the one before');
  const earlier = within(tabPanel()).getAllByRole('button', { name: /^There from .* and followed at / });
  expect(earlier).toHaveLength(2);
  await click(earlier[1] as HTMLElement);
  expect(tabPanel().textContent).toContain('It was followed by another');
  await openTab(/Places/);
  expect((await screen.findByText(/^Inferred: followed by/)).textContent).toContain(
    'Daily · standup · Ada, which came',
  );
  await openTab(/Overview/);
  await click(within(tabPanel()).getByRole('button', { name: 'show the latest version' }));
  expect(tabPanel().textContent).toContain('Earlier versions');
});
