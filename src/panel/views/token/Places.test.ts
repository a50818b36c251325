// @vitest-environment happy-dom
import { act, screen } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, rowOf, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, now } from '../../../../test/builders/tokens.ts';

usePanel();

/** Opens a recording of as many requests, one a second, that all carry one token. */
async function openRecording(requests: number): Promise<void> {
  const headers = [{ name: 'Authorization', value: `Bearer ${daily.guest({ u: 'Rita' })}` }];
  const entries = Array.from({ length: requests }, (_, index) => ({
    startedDateTime: new Date((now + index) * 1000).toISOString(),
    time: 1,
    request: { method: 'GET', url: `https://api.example/poll?n=${index}`, headers },
    response: { status: 200, headers: [], content: {} },
  }));
  await act(async () => {
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    if (!input) throw new Error('no way to open a file');
    const file = new File([JSON.stringify({ log: { entries } })], 'call.har');
    Object.defineProperty(input, 'files', { configurable: true, value: [file] });
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await screen.findByText('Rita');
}

const repeats = /and 1,997 more times, last at \d\d:\d\d:\d\d/;

test('a token in every request has a few places, and the last of them tells how often it was there again', async () => {
  await see(callPage());
  await openRecording(2000);
  await click(rowOf('Rita'));
  expect(screen.getByRole('tab', { name: /Places/ }).textContent).toBe('Places3');
  await openTab(/Places/);
  const places = [...tabPanel().querySelectorAll('.places > li')].map((one) => one.textContent ?? '');
  expect(places.map((text) => repeats.test(text))).toEqual([false, false, true]);
  await click(screen.getByRole('button', { name: 'Origins' }));
  const lines = screen.getAllByRole('row').map((one) => one.textContent ?? '');
  expect(lines.filter((text) => repeats.test(text))).toHaveLength(1);
});

test('a token in three requests was nowhere again', async () => {
  await see(callPage());
  await openRecording(3);
  await click(rowOf('Rita'));
  await openTab(/Places/);
  expect(tabPanel().querySelectorAll('.places > li')).toHaveLength(3);
  expect(tabPanel().textContent).not.toContain('more');
});

test('a token that was away says since when it is back', async () => {
  const token = daily.guest({ u: 'Rita' });
  const at = (seconds: number, entries: Record<string, string>) =>
    captureOf({ readAt: now + seconds, stores: [localStorageOf(entries)] });
  await see(at(0, { auth: token }));
  await see(at(60, {}));
  await see(at(120, { auth: token }));
  await click(rowOf('Rita'));
  await openTab(/Places/);
  expect(tabPanel().textContent).toContain('since 12:00:00, away for a time, back since 12:02:00');
});
