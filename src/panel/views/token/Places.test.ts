// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, cookieOf, exchangeOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, rowOf, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, now } from '../../../../test/builders/tokens.ts';
import type { Initiator } from '../../../engine/model/capture.ts';

const panel = usePanel();

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
  await screen.findByRole('gridcell', { name: 'Rita' });
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

/** A page that keeps one token under so many keys. */
const hoard = (token: string, count: number) =>
  captureOf({
    stores: [localStorageOf(Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, token])))],
    cookies: [cookieOf('auth', token)],
  });

test('two hundred places of one kind are one line, until it is opened', async () => {
  await see(hoard(daily.guest({ u: 'Rita' }), 200));
  await click(rowOf('Rita'));
  await openTab(/Places/);
  const lines = [...tabPanel().querySelectorAll('.places > li')];
  expect(lines).toHaveLength(2);
  const fold = within(tabPanel()).getByRole('button', { name: /^localStorage/ });
  expect(fold.textContent).toBe('localStorage200 places, seen at 12:00:00');
  expect(fold.getAttribute('aria-expanded')).toBe('false');
  await click(fold);
  expect(tabPanel().querySelectorAll('.place')).toHaveLength(201);
});

test('what leads to a folded place opens its line', async () => {
  await see(hoard(daily.guest({ u: 'Rita' }), 20));
  await click(screen.getByRole('button', { name: 'Findings' }));
  await click(screen.getByRole('button', { name: /In localStorage/ }));
  await click(screen.getByRole('button', { name: /^Show localStorage/ }));
  expect(tabPanel().querySelector('.place.lit')?.textContent).toContain('localStorage["key-');
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

const handed = daily.guest({ u: 'Rita' });

/** Lets the trace tell of a call of the page that handed the token to storage, and shows its place. */
async function seeCall(stack: string[], script: Initiator | null = { url: 'https://call.example/app.js', line: 12 }) {
  await see(callPage());
  await act(async () =>
    panel.host.emitTraffic(
      exchangeOf({
        name: 'call 1',
        method: '',
        status: null,
        url: 'https://call.example/standup',
        initiator: script,
        messages: [{ direction: 'sent', text: handed, at: now }],
        traced: { call: 'localStorage.setItem("auth")', parts: ['value'], stack },
      }),
    ),
  );
  await screen.findByRole('gridcell', { name: 'Rita' });
  await click(rowOf('Rita'));
  await openTab(/Places/);
}

const pairs = () =>
  [...tabPanel().querySelectorAll('.places dl > div')].map((pair) => [
    pair.querySelector('dt')?.textContent,
    [...(pair.querySelector('dd')?.childNodes ?? [])].map(({ textContent }) => textContent),
  ]);
const calledFrom = () => pairs().find(([name]) => name === 'Called from')?.[1];

test('a traced call tells the calls that led to it, each on a line of its own, the innermost first', async () => {
  const stack = [
    'at save (https://call.example/app.js:12:5)',
    'at join (https://call.example/app.js:40:3)',
    'at save (https://call.example/app.js:12:5)',
  ];
  await seeCall(stack);
  expect(tabPanel().querySelector('.places h2')?.textContent).toContain('call 1: localStorage.setItem("auth"), value');
  expect(calledFrom()).toEqual(stack);
  expect(tabPanel().querySelectorAll('.stack-line')).toHaveLength(3);
});

test('where no call is told, that is said; and of what is no call, nothing', async () => {
  await seeCall([], null);
  expect(calledFrom()).toEqual(['not told']);
  await see(captureOf({ stores: [localStorageOf({ auth: daily.guest({ u: 'Sven' }) })] }));
  await click(rowOf('Sven'));
  await openTab(/Places/);
  expect(pairs().map(([name]) => name)).not.toContain('Called from');
});

test('a stack shows no token, runs nothing that it holds, and turns no reading around', async () => {
  await seeCall([
    `at save (https://call.example/app.js?t=${handed}:1:1)`,
    'at <img src=x onerror=alert(1)> (eval)',
    'at \u202ereversed (https://call.example/\u0000)',
    `at ${'x'.repeat(5000)}`,
  ]);
  const lines = calledFrom() as string[];
  expect(lines).toHaveLength(4);
  expect(tabPanel().innerHTML).not.toContain(handed);
  expect(tabPanel().querySelector('img')).toBeNull();
  expect(tabPanel().textContent).not.toMatch(/[\u202e\u0000]/);
  expect(lines[3]?.length).toBeLessThan(1000);
});
