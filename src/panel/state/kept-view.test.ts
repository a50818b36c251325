// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/preact';
import { beforeAll, expect, test, vi } from 'vitest';
import { callPage, cookieOf } from '../../../test/builders/captures.ts';
import { choose, click, openTab, press, rowOf, rows, see, type, usePanel } from '../../../test/builders/panel.ts';
import { daily } from '../../../test/builders/tokens.ts';

const panel = usePanel();
beforeAll(() => import('./kept-view.ts'));

/** Closes the panel and opens it again on the same page. */
async function reopen() {
  panel.reopen();
  await see(callPage());
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
}
const filter = () => screen.getByLabelText<HTMLInputElement>('Filter tokens');

test('the panel opens as it was left', async () => {
  await see(callPage());
  await type(filter(), 'platform:daily');
  await choose(screen.getByLabelText('Severity'), 'high');
  await click(screen.getByRole('button', { name: /Identity/ }));
  await click(screen.getByRole('button', { name: /Identity/ }));
  await click(rows()[0] as Element);
  await openTab(/Claims/);
  await press(screen.getByRole('separator'), 'ArrowRight');
  const left = rows().map(({ textContent }) => textContent);
  expect(panel.host.storedView).toMatchObject({
    filter: 'platform:daily',
    severity: 'high',
    tab: 'claims',
    table: { sort: { column: 'identity', descending: true } },
    beside: 0.47,
  });

  await reopen();
  expect(filter().value).toBe('platform:daily');
  expect(rows().map(({ textContent }) => textContent)).toEqual(left);
  expect(screen.getByRole('columnheader', { name: /Identity/ }).getAttribute('aria-sort')).toBe('descending');
  await click(rows()[0] as Element);
  expect(screen.getByRole('tab', { selected: true }).textContent).toContain('Claims');
  expect(screen.getByRole('separator').getAttribute('aria-valuenow')).toBe('47');
});

test('what was changed before it was read stays, and the rest is as it was left', async () => {
  let answer: () => void = () => {};
  const { load } = panel.host.view;
  panel.host.storedView = { filter: 'is:gone', platform: 'daily', tab: 'raw' };
  panel.host.view.load = async () => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return load();
  };
  panel.reopen();
  await see(callPage());
  await type(filter(), 'ada');
  await act(async () => answer());
  await vi.waitFor(() => expect(screen.getByLabelText<HTMLSelectElement>('Platform').value).toBe('daily'));
  expect(filter().value).toBe('ada');
});

test('a filter that turns out to be the beginning of a token is kept no longer', async () => {
  await see(callPage());
  const token = daily.guest({ u: 'Late' });
  const beginning = token.split('.')[2]?.slice(0, 9) ?? '';
  await type(filter(), `is:host ${beginning}`);
  expect(panel.host.storedView.filter).toBe(`is:host ${beginning}`);
  await see({ ...callPage(), cookies: [cookieOf('late', token)] });
  expect(panel.host.storedView.filter).toBeNull();
  expect(filter().value).toBe(`is:host ${beginning}`);
});

test('of a platform with the name of a token, as a saved report may hold, nothing is kept', async () => {
  const token = daily.host();
  const id = '7f3a91c2d4e5b60718293a4b5c6d7e8f90a1b2c3';
  for (const name of [token, token.slice(0, 12), id]) {
    const platform = { id: name, name, confidence: 'certain', because: 'x' };
    const tokens = [{ id: 'a'.repeat(64), form: 'jws', token: 'eyJ…aaaaaa…(9 characters)', provider: platform }];
    const saved = {
      generator: { name: 'roomkey', version: '0.2.0' },
      version: 1,
      now: 1,
      policy: 'x',
      masked: true,
      tokens,
    };
    await act(async () => {
      const event = new Event('paste', { bubbles: true, cancelable: true });
      Object.assign(event, { clipboardData: { getData: () => JSON.stringify(saved), files: [] } });
      document.body.dispatchEvent(event);
    });
    await vi.waitFor(() => expect(panel.root.textContent).toContain('Showing Pasted text in place of the page.'));
    await choose(screen.getByLabelText('Platform'), name);
    await type(filter(), 'is:here');
    await vi.waitFor(() => expect(panel.host.storedView.filter).toBe('is:here'));
    expect(JSON.stringify(panel.host.storedView)).not.toContain(name.slice(0, 12));
    expect(panel.root.textContent).not.toContain(token.slice(20));
    await type(filter(), '');
    await click(screen.getByRole('button', { name: 'Back to the page' }));
  }
});

test('what another version left that is here no more is as it is at first', async () => {
  panel.host.storedView = {
    view: 'galaxy',
    tab: 'stars',
    table: { sort: { column: 'moon', descending: true }, grouping: 'sky', columns: [{ id: 'sun' }] },
    exportFormat: 'x',
  };
  await reopen();
  await click(rowOf('Ada'));
  expect(screen.getByRole('tab', { selected: true }).textContent).toContain('Overview');
  expect(screen.getByRole('button', { name: 'Tokens' }).getAttribute('aria-pressed')).toBe('true');
  await click(screen.getByRole('button', { name: 'Export report' }));
  await vi.waitFor(
    () => expect(screen.getByRole('button', { name: /^Save \w+ report, tokens masked$/ })).toBeTruthy(),
    20_000,
  );
});

test('one that cannot be read or kept is told, and hinders nothing', async () => {
  panel.host.view.load = () => Promise.reject(new Error('the disk is full.'));
  panel.host.view.save = () => Promise.reject(new Error('the disk is full.'));
  await reopen();
  await vi.waitFor(() =>
    expect(screen.getByRole('alert').textContent).toContain(
      'How the panel was left could not be read: the disk is full.',
    ),
  );
  await act(async () => {
    fireEvent.input(filter(), { target: { value: 'ada' } });
  });
  await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain('could not be kept'));
  expect(rows()).toHaveLength(1);
});
