// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test, vi } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { choose, click, rowOf, rows, see, usePanel } from '../../../../test/builders/panel.ts';
import { daily, hours, now } from '../../../../test/builders/tokens.ts';

const panel = usePanel();

test('pausing says that nothing is watched, and resuming goes on', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Pause watching' }));
  expect(panel.root.textContent).toContain('Paused: page and 2 frames not watched');
  expect(rows()).toHaveLength(9);
  await click(screen.getByRole('button', { name: 'Resume watching' }));
  expect(panel.host.asked.watch).toBe(2);
});

test('an export is masked unless whole tokens are asked for twice', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Export report' }));
  const whole = (await screen.findByRole('button', { name: 'Save with whole tokens' })) as HTMLButtonElement;
  expect(whole.disabled).toBe(true);
  await click(screen.getByRole('button', { name: 'Save HTML report, tokens masked' }));
  await vi.waitFor(() => expect(panel.host.saved).toHaveLength(1));
  expect(panel.host.saved[0]?.text).toContain('Tokens on https://call.example');
  expect(panel.host.saved[0]?.text).not.toContain('This page holds whole tokens');
});

test('says what cannot be seen without access, and asks for one site at a press', async () => {
  await see(callPage(), [
    { site: 'https://video.example', granted: false, isPage: false },
    { site: 'https://call.example', granted: false, isPage: true },
    { site: 'https://meet.example', granted: true, isPage: false },
  ]);
  expect(rows()).toHaveLength(9);
  const banner = screen.getByRole('region', { name: 'Hidden cookies' });
  expect(within(banner).queryByText(/meet\.example/)).toBeNull();
  await click(within(banner).getByRole('button', { name: 'Allow on https://call.example' }));
  expect(panel.host.asked.access).toEqual([['https://call.example']]);
});

test('where the page was there before devtools, says from when on requests are known, and offers to load it again', async () => {
  const capture = callPage();
  const startedAt = now - 10;
  const about = () => screen.queryByRole('region', { name: 'Requests not seen' });
  panel.host.emit({ kind: 'opened', at: startedAt - 1 });
  await see({ ...capture, page: capture.page && { ...capture.page, startedAt } });
  expect(about()).toBeNull();
  panel.reopen();
  panel.host.emit({ kind: 'opened', at: now });
  await see({ ...capture, page: capture.page && { ...capture.page, startedAt } });
  const banner = about() as HTMLElement;
  expect(banner.textContent).toContain('Devtools opened at 12:00:00: requests before that are not known');
  await click(within(banner).getByRole('button', { name: 'Reload the page' }));
  expect(panel.host.asked.reload).toBe(1);
  await see({ ...capture, page: capture.page && { ...capture.page, startedAt: now + 1, documentId: 'B' } });
  expect(about()).toBeNull();
});

test('problems can be read', async () => {
  await see(callPage());
  const button = screen.getByRole('button', { name: '1 problem' });
  await click(button);
  expect(button.getAttribute('aria-expanded')).toBe('true');
  expect(panel.root.textContent).toContain('This frame went away while it was read.');
});

test('a count in the status line filters by its severity', async () => {
  await see(callPage());
  const high = screen.getByRole('button', { name: /^High \d+/ });
  await click(high);
  expect(high.getAttribute('aria-pressed')).toBe('true');
  expect(rows().length).toBeLessThan(9);
  await click(high);
  expect(rows()).toHaveLength(9);
});

test('the clock can be moved forward: what will have expired by then is shown, said, and taken back at a press', async () => {
  await see(captureOf({ stores: [localStorageOf({ auth: daily.guest({ iat: now, exp: now + hours(1) }) })] }));
  expect(rowOf('Daily').textContent).toContain('1 h left');
  await choose(screen.getByLabelText('As of'), '7200');
  expect(rowOf('Daily').textContent).toContain('Expired 1 h ago');
  const banner = screen.getByRole('region', { name: 'As of' });
  expect(banner.textContent).toContain('Judged as of 2026-11-20 14:00:00 UTC, in 2 h');
  await click(within(banner).getByRole('button', { name: 'Judge it now' }));
  expect(rowOf('Daily').textContent).toContain('1 h left');
  expect(screen.queryByRole('region', { name: 'As of' })).toBeNull();
});

test('whether the log is preserved is remembered', async () => {
  const box = () => screen.getByRole('checkbox', { name: 'Preserve log' }) as HTMLInputElement;
  expect(box().checked).toBe(true);
  await click(box());
  expect(panel.host.stored.preserveLog).toBe(false);
  panel.reopen();
  await see(callPage());
  expect(box().checked).toBe(false);
});
