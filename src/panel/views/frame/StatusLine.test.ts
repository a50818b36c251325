// @vitest-environment happy-dom
import { act, screen } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf } from '../../../../test/builders/captures.ts';
import { click, emitState, rowOf, see, usePanel } from '../../../../test/builders/panel.ts';
import { daily, days, hours, now } from '../../../../test/builders/tokens.ts';
import { nothingUnread } from '../../../engine/model/traffic.ts';
import type { PageState } from '../../host.ts';

const panel = usePanel();
const said = () => document.querySelector('.watched')?.textContent ?? null;

async function drop(name: string, content: string): Promise<void> {
  await act(async () => {
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    if (!input) throw new Error('no way to open a file');
    Object.defineProperty(input, 'files', { configurable: true, value: [new File([content], name)] });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

test('a page that is watched is said to be, with its frames', async () => {
  expect(said()).toBeNull();
  await see(callPage());
  expect(said()).toBe('page and 2 frames watched');
});

test.each<[string, PageState]>([
  ['no extension may read', { kind: 'unsupported', url: 'chrome://settings', reason: 'browser-page' }],
  ['is sandboxed', { kind: 'unsupported', url: 'https://call.example', reason: 'sandboxed' }],
  ['does not answer', { kind: 'failed', message: 'The page does not answer.' }],
  ['is loading', { kind: 'loading' }],
])('a page that %s is not said to be watched, and is again once it is', async (_, state) => {
  await see(callPage());
  await emitState(state);
  expect(said()).toBeNull();
  await see(callPage());
  expect(said()).toBe('page and 2 frames watched');
});

test('a paused page is said not to be watched', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: /Pause/ }));
  expect(said()).toBe('Paused: page and 2 frames not watched');
});

test('while a file is shown, that is what is said; its banner tells by which clock it is judged, and leads to the other', async () => {
  const then = now - days(7);
  const token = daily.guest({ iat: then - 60, exp: then + hours(1) });
  const startedDateTime = new Date(then * 1000).toISOString();
  await see(callPage());
  const request = { method: 'GET', url: `https://call.example/?t=${token}`, headers: [] };
  await drop('call.har', JSON.stringify({ log: { entries: [{ startedDateTime, request, response: {} }] } }));
  expect(said()).toBe('showing call.har');
  await screen.findByLabelText('Shown file');
  const banner = () => screen.getByLabelText('Shown file').textContent;
  expect(banner()).toContain('Judged as of 2026-11-13 12:00:00 UTC (when it was recorded).');
  expect(rowOf('Grace').textContent).toContain('1 h left');
  await click(screen.getByRole('button', { name: 'Judge it now' }));
  expect(banner()).toContain('Judged now; it was recorded 2026-11-13 12:00:00 UTC.');
  expect(rowOf('Grace').textContent).toContain('Expired 6 d');
  await click(screen.getByRole('button', { name: 'Judge it as of then' }));
  expect(rowOf('Grace').textContent).toContain('1 h left');
  await click(screen.getByRole('button', { name: 'Back to the page' }));
  expect(said()).toBe('page and 2 frames watched');
  await drop('log.txt', token);
  expect(banner()).toContain('It does not tell when it was recorded, so it is judged now.');
  expect(panel.root.textContent).toContain('showing log.txt');
});

test('that the browser forgets at a navigation is a note, which counts among no problems', async () => {
  const tell = (unread: Partial<typeof nothingUnread>) =>
    act(async () => {
      panel.host.emit({ kind: 'traffic', traffic: { exchanges: [], unread: { ...nothingUnread, ...unread } } });
    });
  const link = () => screen.queryByRole('button', { name: /problem|note/ });
  await see(captureOf());
  expect(link()).toBeNull();
  await tell({ forgotten: 2 });
  expect(link()?.textContent).toBe('1 note');
  await click(link() as HTMLElement);
  expect(screen.getByLabelText('What could not be read').textContent).toContain(
    'the last moment before that may be missing; “Preserve log” in the Network panel',
  );
  await tell({ forgotten: 2, lost: 1 });
  expect(link()?.textContent).toBe('1 problem, 1 note');
});
