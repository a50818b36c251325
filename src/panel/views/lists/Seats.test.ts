// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { dailyHost, dailyToken } from '../../../../test/builders/join-tokens.ts';
import { click, see, usePanel } from '../../../../test/builders/panel.ts';
import { seatOf } from '../../../../test/builders/seats.ts';
import { now } from '../../../../test/builders/tokens.ts';
import { toDocument } from '../../../engine/report/report-document.ts';

const panel = usePanel();

const host = dailyHost({ ud: 'ada', u: 'Ada' });
const guest = dailyToken({ u: 'Grace' });
const savedReport = (tokens: string[]) => JSON.stringify(toDocument(seatOf('host', tokens).report));

async function open(): Promise<HTMLElement> {
  await click(screen.getByRole('button', { name: /^Expectations/ }));
  return screen.findByRole('region', { name: 'Expectations' });
}

/** Drops a file on the view. */
function drop(view: HTMLElement, name: string, text: string): void {
  const dataTransfer = { files: [new File([text], name)], types: ['Files'] };
  view.dispatchEvent(Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer }));
}

/** The page of a guest, with whatever the test puts beside. */
const seePage = (tokens: Record<string, string>, readAt = now) =>
  see(
    captureOf({
      readAt,
      page: { url: 'https://call.example/guest', title: '', scriptOrigins: null, loadedAt: now },
      stores: [localStorageOf(tokens)],
    }),
  );

const verdict = () => document.querySelector('.seats .verdict')?.textContent;

test('the page stands beside the report of another seat, checked as it changes, with what differs marked', async () => {
  await seePage({ auth: guest });
  drop(await open(), 'host.json', savedReport([host]));
  await waitFor(() =>
    expect(verdict()).toMatch(/^host\.json is the host’s seat, this page a guest’s: no token of this page/),
  );
  const table = within(screen.getByRole('region', { name: 'Two seats' })).getByRole('table');
  const lines = [...table.querySelectorAll('tbody tr')].map(({ textContent }) => textContent);
  expect(lines[0]).toBe('Daily call token ');
  expect(lines).toContain('Role≠differsguesthost (owner)');
  expect(lines.find((line) => line?.startsWith('May record the call'))).toMatch(/≠differs.*depends.*yes$/);
  expect(lines).toContain('Roomstandupstandup');
  await click(screen.getByLabelText('Only differences'));
  expect(table.textContent).not.toContain('Room');
  await seePage({ auth: guest, second: dailyHost({ ud: 'lin' }) }, now + 1);
  await waitFor(() => expect(verdict()).toMatch(/^Both this page and host\.json hold a host token: either may/));
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Expect both as they are' }).disabled).toBe(true);
  await click(screen.getByRole('button', { name: 'Close the other seat' }));
  expect(screen.queryByRole('region', { name: 'Two seats' })).toBeNull();
});

test('both are expected once the user has said that what is wrong with them is right', async () => {
  await seePage({ auth: guest });
  drop(await open(), 'host.json', savedReport([host]));
  await click(await screen.findByRole('button', { name: 'Expect both as they are' }));
  expect((await screen.findByRole('alertdialog')).textContent).toMatch(/In localStorage/);
  expect(screen.queryAllByLabelText(/^Name of expectation/)).toEqual([]);
  await click(screen.getByRole('button', { name: 'Expect anyway' }));
  const names = () => screen.queryAllByLabelText<HTMLInputElement>(/^Name of expectation/).map(({ value }) => value);
  await waitFor(() => expect(names()).toHaveLength(4));
  await waitFor(() =>
    expect([...document.querySelectorAll('.expectations li .outcome')].map((one) => one.textContent)).toEqual([
      'Not checked',
      'Held',
      'Held',
      'Held',
    ]),
  );
  await click(screen.getByRole('button', { name: 'Save file' }));
  await waitFor(() => expect(panel.host.saved).toHaveLength(1));
  expect(JSON.parse(panel.host.saved[0]?.text ?? '')).toMatchObject({
    pages: { guest: ['https://call.example/guest'], host: ['https://call.example/host'] },
    expect: expect.arrayContaining([expect.objectContaining({ name: 'no host token on pages marked guest' })]),
  });
});

test('a file that is no report is told, and leaves the one before', async () => {
  await seePage({ auth: guest });
  const view = await open();
  drop(view, 'host.json', savedReport([host]));
  await waitFor(() => expect(verdict()).toBeTruthy());
  drop(view, 'other.json', savedReport([host]).replace('"version":1', '"version":9'));
  await screen.findByText(/other\.json could not be opened: it is no report of Roomkey saved as JSON/i);
  expect(verdict()).toMatch(/^host\.json/);
  drop(view, 'cut.json', savedReport([host]).slice(0, 3000));
  await screen.findByText(/cut\.json could not be opened: it is no JSON/i);
});
