// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, see, usePanel } from '../../../../test/builders/panel.ts';
import { daily, jwt, now } from '../../../../test/builders/tokens.ts';

const panel = usePanel();

const withoutExpiry = () =>
  captureOf({
    stores: [localStorageOf({ auth: jwt({ r: 'standup', d: daily.domain, u: 'Grace', iat: now - 60 }) })],
  });

test('the settings change policy, time zone and whose page it is', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Settings' }));
  await click(screen.getByRole('radio', { name: /^Strict/ }));
  await click(screen.getByRole('radio', { name: 'In your time zone' }));
  await click(screen.getByRole('radio', { name: /is a guest’s/ }));
  expect(panel.host.stored).toMatchObject({
    policy: 'strict',
    timeZone: 'local',
    pageMarks: { 'https://call.example': 'guest' },
  });
});

test('a policy with mistakes is not imported, and each is shown with its place', async () => {
  await see(withoutExpiry());
  await click(screen.getByRole('button', { name: 'Settings' }));
  const file = (text: string) => new File([text], 'ours.json', { type: 'application/json' });
  const bring = async (text: string) => {
    await act(async () => {
      fireEvent.change(screen.getByLabelText('Policy file'), { target: { files: [file(text)] } });
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
  };
  await bring('{"off": ["exp-misspelt"],\n "lifetime": {}}');
  const alert = screen.getByRole('alert');
  expect(alert.textContent).toContain('$.off[0] is no rule of this version (line 1, column 10)');
  expect(alert.textContent).toContain('(line 2, column 2)');
  await bring('{"off": ["exp-missing"]}');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(panel.host.stored.policy).toBe('ours');
  expect(panel.root.textContent).not.toContain('exp-missing');
  await click(screen.getByRole('button', { name: 'Export the policy in use' }));
  expect(JSON.parse(panel.host.saved[0]?.text ?? '')).toEqual({
    name: 'ours',
    extends: 'standard',
    off: ['exp-missing'],
  });
  await click(screen.getByRole('button', { name: 'Remove the policy ours' }));
  expect(panel.host.stored.policy).toBe('standard');
});

test('a policy set by an administrator is named, and cannot be changed', async () => {
  panel.host.preset = { policy: '{"name": "Clinic policy", "extends": "strict"}' };
  panel.reopen();
  await see(withoutExpiry());
  expect(screen.getByTitle('Your administrator set the policy')).toHaveProperty('disabled', true);
  await click(screen.getByRole('button', { name: 'Settings' }));
  expect(panel.root.textContent).toContain('Your administrator set the policy: Clinic policy.');
  expect(screen.queryByRole('radio', { name: /^Strict/ })).toBeNull();
});

test('what was stored and could not be read is said, and that a private window forgets', async () => {
  panel.host.leftOut = ['2 of muted findings', 'the filter'];
  panel.host.answers.isPrivate = true;
  panel.reopen();
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Settings' }));
  const pane = screen.getByRole('region', { name: 'Settings' });
  expect(pane.textContent).toContain(
    'Of what was stored, this could not be read and was left out: 2 of muted findings, the filter.',
  );
  expect(pane.textContent).toContain('This is a private window: what you set here is forgotten when the panel closes.');
});

test('a site whose access was withdrawn can be given it back: in the settings, and in the note that it had dismissed', async () => {
  const sites = (granted: boolean) => [{ site: 'https://call.example', granted, isPage: true }];
  const note = () => screen.queryByRole('region', { name: 'Hidden cookies' });
  await see(callPage(), sites(false));
  await click(screen.getByRole('button', { name: 'Not now' }));
  expect(note()).toBeNull();
  await click(screen.getByRole('button', { name: 'Settings' }));
  const access = () => screen.getByRole('group', { name: 'Access' });
  await click(within(access()).getByRole('button', { name: 'Allow on https://call.example' }));
  expect(panel.host.asked.access).toEqual([['https://call.example']]);
  await see(callPage(), sites(true));
  // Where every site was allowed at once, this one alone cannot be withdrawn.
  expect(within(access()).queryByRole('button')).toBeNull();
  expect(access().textContent).toContain('https://call.example may be read.');
  await see(callPage(), sites(false));
  expect(within(access()).getByRole('button')).toBeTruthy();
  await click(within(note() as HTMLElement).getByRole('button', { name: 'Allow on https://call.example' }));
  expect(panel.host.asked.access).toHaveLength(2);
});

test('every site that may be read is listed, and withdrawn one by one', async () => {
  panel.host.granted = ['https://call.example', 'https://backend.example', 'https://old.example'];
  await see(callPage(), [{ site: 'https://call.example', granted: true, isPage: true }]);
  await click(screen.getByRole('button', { name: 'Settings' }));
  const access = () => screen.getByRole('group', { name: 'Access' });
  const withdrawn = () =>
    within(access())
      .getAllByRole('button', { name: /^Withdraw/ })
      .map((one) => one.getAttribute('aria-label')?.replace('Withdraw access to ', ''));
  await waitFor(() =>
    expect(withdrawn()).toEqual(['https://call.example', 'https://backend.example', 'https://old.example']),
  );
  await click(within(access()).getByRole('button', { name: 'Withdraw access to https://old.example' }));
  await waitFor(() => expect(withdrawn()).toEqual(['https://call.example', 'https://backend.example']));
  expect(panel.host.granted).toEqual(['https://call.example', 'https://backend.example']);
  expect(panel.root.textContent).toContain('https://old.example can no longer be read.');

  panel.host.answers.access = false;
  await click(within(access()).getByRole('button', { name: 'Withdraw access to https://backend.example' }));
  expect(panel.root.textContent).toContain('The browser keeps the access to https://backend.example.');
  panel.host.answers.access = new Error('You cannot remove required permissions.');
  await click(within(access()).getByRole('button', { name: 'Withdraw access to https://backend.example' }));
  expect(panel.root.textContent).toContain('could not be withdrawn');

  await act(() => panel.host.emitGrants([]));
  await waitFor(() => expect(within(access()).queryByRole('button')).toBeNull());
});
