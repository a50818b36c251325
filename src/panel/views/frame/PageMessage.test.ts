// @vitest-environment happy-dom
import { screen } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf } from '../../../../test/builders/captures.ts';
import { click, emitState, rows, see, type, usePanel } from '../../../../test/builders/panel.ts';

const panel = usePanel();

test('says that it is reading until something was read', () => {
  expect(screen.getByRole('heading', { name: 'Reading the page …' })).toBeTruthy();
});

test('says what is watched when there are no tokens', async () => {
  await see(captureOf());
  expect(await screen.findByRole('heading', { name: 'No tokens here yet' })).toBeTruthy();
  const rows = screen.getAllByRole('row').map(({ textContent }) => textContent);
  expect(rows).toEqual([
    'The address of the pageno token',
    'Cookies that scripts can read, storage, the documentno token',
    'Requests and answersno token',
    'Databases and cachesno token',
    'Cookies that scripts cannot read, messages between windowsno token',
  ]);
});

test('says what was not looked at on a page that was not allowed, and offers each', async () => {
  await see(captureOf());
  const site = 'https://call.example';
  await emitState({ kind: 'watching', sites: [{ site, granted: false, isPage: true }] } as never);
  await screen.findByRole('heading', { name: 'No tokens here yet' });
  const told = screen.getByRole('table').textContent;
  expect(told).toContain('Databases and cachesonly when you press Rescan');
  expect(told).toContain(`only with access Allow on ${site}`);
});

test('says that frames could not be read where they were not, also what was looked at beside them', async () => {
  const unread = (subject: string) => ({ code: 'frame-unreadable', message: 'It was not read.', subject });
  await see(captureOf({ problems: ['https://a.example/', 'https://b.example/'].map(unread) }));
  await screen.findByRole('heading', { name: 'No tokens here yet' });
  const told = screen.getByRole('table').textContent;
  expect(told).toContain('the documentno token, but 2 frames could not be read');
  expect(told).toContain('Databases and cachesno token, but 2 frames could not be read');
});

test.each([
  ['browser-page', 'This is a page of the browser itself'],
  ['file', 'This page is a file on this computer'],
  ['error-page', 'The page could not be loaded'],
  ['sandboxed', 'This page is sandboxed'],
  ['other', 'This page cannot be read'],
] as const)('says what to do on an unsupported page: %s', async (reason, title) => {
  await emitState({ kind: 'unsupported', url: 'chrome://settings/', reason });
  expect(screen.getByRole('heading', { name: title })).toBeTruthy();
});

test('offers to try again when reading failed', async () => {
  await emitState({ kind: 'failed', message: 'The page did not answer.' });
  await click(screen.getByRole('button', { name: 'Try again' }));
  expect(panel.root.textContent).toContain('The page did not answer.');
  expect(panel.host.asked.rescan).toBe(1);
});

test('says when the filter hides everything, and takes it away', async () => {
  await see(callPage());
  await type(screen.getByLabelText('Filter tokens'), 'no such thing');
  await click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(rows()).toHaveLength(9);
});
