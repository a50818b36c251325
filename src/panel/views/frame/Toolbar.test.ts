// @vitest-environment happy-dom
import { screen, within } from '@testing-library/preact';
import { expect, test, vi } from 'vitest';
import { callPage } from '../../../../test/builders/captures.ts';
import { click, rows, see, usePanel } from '../../../../test/builders/panel.ts';

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
  await click(screen.getByRole('button', { name: 'Save JSON report, tokens masked' }));
  await vi.waitFor(() => expect(panel.host.saved).toHaveLength(1));
  expect(panel.host.saved[0]?.text).toContain('"masked": true');
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
