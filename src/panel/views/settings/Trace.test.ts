// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { captureOf } from '../../../../test/builders/captures.ts';
import { click, see, usePanel } from '../../../../test/builders/panel.ts';
import type { TraceState } from '../../host.ts';

const panel = usePanel();

const fine: TraceState = { documents: 1, unreached: 0, hidden: 0, taken: 0, ended: [], missed: 0, isIdle: false };
const hear = (state: TraceState | null) => act(async () => panel.host.emit({ kind: 'trace', state }));

async function openSettings(): Promise<void> {
  await see(captureOf());
  await click(screen.getByRole('button', { name: 'Settings' }));
}

const group = () => within(screen.getByRole('group', { name: 'Trace' }));
const box = () => group().getByRole('checkbox', { name: 'Trace which lines handle tokens' });
const problems = () => within(screen.getByRole('contentinfo')).queryByRole('button', { name: /problem/ })?.textContent;

test('it is off at first, with what it costs and misses said before it is switched on', async () => {
  await openSettings();
  expect(box()).toHaveProperty('checked', false);
  expect(group().getByText(/costs the page 0\.15–0\.4 ms; .* until you switch it off or close the panel/)).toBeTruthy();
  expect(group().getByText(/Not seen: writes such as localStorage\.token = …, workers/)).toBeTruthy();
  expect(group().queryByRole('status')).toBeNull();
  expect(panel.host.traced).toEqual([]);
});

test('switched on, it says how many documents are traced, and off, nothing any more', async () => {
  await openSettings();
  await click(box());
  expect(panel.host.traced).toEqual([true]);
  expect(group().getByRole('status').textContent).toBe('Nothing is traced yet.');
  await hear(fine);
  expect(group().getByRole('status').textContent).toBe('Traced: 1 document.');
  await hear({ ...fine, documents: 3 });
  expect(group().getByRole('status').textContent).toBe('Traced: 3 documents.');
  await click(box());
  expect(panel.host.traced).toEqual([true, false]);
  expect(group().queryByRole('status')).toBeNull();
});

test('where less is traced than could be, that stands there and among what could not be read, until the trace is off', async () => {
  await openSettings();
  await click(box());
  await hear({ ...fine, ended: ['setItem'], isIdle: true });
  const hints = [...document.querySelectorAll('fieldset .hint')].map(({ textContent }) => textContent);
  expect(hints).toEqual([
    expect.stringContaining('“Deactivate breakpoints” is on in the Sources panel'),
    expect.stringContaining('no longer traced until the page is loaded again: setItem.'),
  ]);
  expect(problems()).toBe('1 problem');
  await click(box());
  expect(document.querySelectorAll('fieldset .hint')).toHaveLength(0);
  expect(problems()).toBeUndefined();
});

test('a trace that could not begin says so, and what to do', async () => {
  await openSettings();
  await click(box());
  await hear(null);
  expect(group().getByText('Tracing could not begin. Close devtools and open them again.')).toBeTruthy();
});

test('what a page calls its functions is text, however it looks', async () => {
  await openSettings();
  await click(box());
  await hear({ ...fine, ended: ['<img src=x onerror=alert(1)>', '\u202etpircs'] });
  expect(panel.root.querySelector('img')).toBeNull();
  expect(group().getByText(/<img src=x/)).toBeTruthy();
});

test('it is not offered where the browser has no way to trace', async () => {
  delete panel.host.trace;
  panel.reopen();
  await openSettings();
  expect(screen.queryByRole('group', { name: 'Trace' })).toBeNull();
  expect(screen.getByRole('group', { name: 'Times' })).toBeTruthy();
});

test('a panel that is opened again finds it off', async () => {
  await openSettings();
  await click(box());
  panel.reopen();
  await openSettings();
  expect(box()).toHaveProperty('checked', false);
});
