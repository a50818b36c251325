// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage } from '../../../../test/builders/captures.ts';
import { addBackend, click, rowOf, rows, see, type, usePanel } from '../../../../test/builders/panel.ts';
import { now } from '../../../../test/builders/tokens.ts';

const panel = usePanel();

test('a backend is added through the browser’s prompt, asked at a press, and its verdict is shown with each check', async () => {
  await see(callPage());
  const checks = [{ name: 'signature', outcome: 'failed', reason: 'It does not match.' }];
  const roomkey = { version: 1, answeredBy: 'this server', checkedAt: now, provider: 'daily', checks };
  panel.host.answers.reply = () => Response.json({ active: false, roomkey });
  await addBackend('http://127.0.0.1:8787/introspect', 'Bearer of-the-test');
  expect(panel.host.asked.access).toEqual([['http://127.0.0.1:8787']]);
  expect(JSON.stringify(panel.host.stored)).not.toContain('of-the-test');
  expect(panel.host.fetched).toEqual([]);

  await click(rowOf('Daily'));
  await click(screen.getByRole('tab', { name: 'Validity' }));
  await click(screen.getByRole('button', { name: 'Validate' }));
  await waitFor(() => expect(panel.host.fetched).toHaveLength(1));
  expect(panel.host.fetched[0]?.headers.get('authorization')).toBe('Bearer of-the-test');
  const table = await screen.findByRole('table', { name: 'Checks' });
  expect(within(table).getByRole('row', { name: /Signature failed It does not match/ })).toBeTruthy();
  expect(screen.getByText(/Answered by 127.0.0.1:8787 \(this server\)/)).toBeTruthy();

  await click(screen.getByRole('tab', { name: 'Overview' }));
  expect(screen.getByText('Not active: it would be refused')).toBeTruthy();

  await click(screen.getByRole('button', { name: 'Remove' }));
  expect(panel.host.secrets).toEqual({});
  expect(screen.queryByText('Not active: it would be refused')).toBeNull();
});

test('what a standard forbids and the platform takes is named, and so is what the platform reads in a token', async () => {
  await see(callPage());
  const checks = [{ name: 'signature', outcome: 'passed', reason: 'It matches.' }];
  const more = { irregularities: ['duplicate-member'], vendor: { room_name: 'standup', is_owner: true } };
  const roomkey = {
    version: 1,
    answeredBy: 'Daily and this server',
    checkedAt: now,
    provider: 'daily',
    checks,
    ...more,
  };
  panel.host.answers.reply = () => Response.json({ active: true, roomkey });
  await addBackend('http://127.0.0.1:8787/introspect', 'Bearer of-the-test');
  await click(rowOf('Daily'));
  await click(screen.getByRole('tab', { name: 'Validity' }));
  await click(screen.getByRole('button', { name: 'Validate' }));
  const table = await screen.findByRole('table', { name: 'What the platform reads in it' });
  expect(within(table).getByRole('row', { name: /is_owner true/ })).toBeTruthy();
  expect(screen.getByText(/although a standard forbids one thing in it: duplicate-member\./)).toBeTruthy();
});

test('a backend that may not be asked, or is not safe to ask, is not added', async () => {
  await see(callPage());
  await addBackend('http://backend.example/introspect');
  expect(screen.getByRole('alert').textContent).toContain('must begin with https://');
  expect(panel.host.asked.access).toEqual([]);
  panel.host.answers.access = false;
  await type(screen.getByLabelText('URL'), 'https://backend.example/introspect');
  await click(screen.getByRole('button', { name: 'Add' }));
  expect(screen.getByRole('alert').textContent).toContain('Access to https://backend.example was not given');
  expect(panel.host.stored.backends).toBeUndefined();
});

test('all tokens are sent only after a confirmation that names the backend and the count', async () => {
  await see(callPage());
  await addBackend('https://backend.example/introspect');
  await click(screen.getByRole('button', { name: 'Validate all' }));
  const dialog = screen.getByRole('dialog', { name: 'Validate all' });
  const count = rows().length;
  expect(dialog.textContent).toContain(`https://backend.example/introspect: ${count} tokens`);
  expect(panel.host.fetched).toEqual([]);
  await click(within(dialog).getByRole('button', { name: `Send ${count} tokens` }));
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  expect(panel.host.fetched).toHaveLength(count);
});
