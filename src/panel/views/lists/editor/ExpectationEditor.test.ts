// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../../../test/builders/captures.ts';
import { choose, click, press, see, type, usePanel } from '../../../../../test/builders/panel.ts';
import { daily, now } from '../../../../../test/builders/tokens.ts';

usePanel();

const guestPage = captureOf({ stores: [localStorageOf({ auth: daily.guest() })] });
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const json = () => screen.findByLabelText<HTMLTextAreaElement>(/^JSON/);
const written = async () => JSON.parse((await json()).value) as unknown;
const editor = () => document.querySelector<HTMLElement>('.editor');
const names = () => screen.queryAllByLabelText<HTMLInputElement>(/^Name of expectation/).map(({ value }) => value);
const result = () => editor()?.querySelector('.result')?.textContent ?? '';
const mistakes = () => [...(editor()?.querySelectorAll('.mistakes li') ?? [])].map(({ textContent }) => textContent);
const conditions = (of: RegExp) => screen.getAllByRole('group', { name: of });

async function begin(which: string): Promise<void> {
  await see(guestPage);
  await click(button(/^Expectations/));
  await click(await screen.findByRole('button', { name: which }));
  await json();
}

test('a new expectation is made by fields that read like a sentence, and its text follows', async () => {
  await begin('New expectation');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Name')));
  expect(await written()).toEqual({ name: 'no host token', none: { role: 'host' } });
  expect(result()).toMatch(/^Holds now/);
  await choose(screen.getByLabelText('What is expected'), 'every');
  const [has] = conditions(/^What it has, condition 1/);
  await choose(within(has as HTMLElement).getByLabelText('Member'), 'privileges.mute-others');
  await choose(within(has as HTMLElement).getByLabelText('Answer'), '1');
  await click(button('The token: add a condition'));
  await choose(within(conditions(/^The token, condition 1/)[0] as HTMLElement).getByLabelText('Value'), 'participant');
  await choose(within(conditions(/^The token, condition 1/)[0] as HTMLElement).getByLabelText('Comparison'), 'one-of');
  await type(screen.getByLabelText('Values, with commas between them'), 'participant, viewer,');
  await click(button('Where: add a condition'));
  await type(
    within(conditions(/^Where, condition 1/)[0] as HTMLElement).getByLabelText('Value'),
    'https://call.example',
  );
  expect(await written()).toMatchObject({
    where: { origin: 'https://call.example' },
    every: { role: ['participant', 'viewer'], provider: 'daily' },
    have: { 'privileges.mute-others': false },
  });
  expect(screen.getByLabelText<HTMLInputElement>('Values, with commas between them').value).toBe(
    'participant, viewer,',
  );
  await type(screen.getByLabelText('Name'), 'guests mute nobody');
  await press(screen.getByLabelText('Name'), 'Enter', { ctrlKey: true });
  await waitFor(() => expect(names()).toEqual(['guests mute nobody']));
  expect(editor()).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(button('Edit guests mute nobody')));
});

test('what is typed is followed by the fields, its mistakes are named, and they lead to where they are', async () => {
  await begin('New expectation');
  await type(await json(), '{\n  "name": "one",\n  "count": 1,\n  "tokens": { "rool": "host" }\n}');
  expect(mistakes()).toEqual([expect.stringContaining('tokens.rool is not known (line 4, column 15)')]);
  expect(screen.getByLabelText('Name').closest('fieldset')?.disabled).toBe(true);
  await click(button('Save'));
  expect([editor() === null, names()]).toEqual([false, []]);
  expect(document.activeElement?.textContent).toContain('tokens.rool');
  await click(document.activeElement as Element);
  expect((await json()).selectionStart).toBe(47);
  const text =
    '{ "name": "one", "count": 1, "tokens": { "role": { "not": { "like": "h*" } }, "claims.r": "standup" } }';
  await type(await json(), text);
  expect(mistakes()).toEqual([]);
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('one');
  expect(conditions(/^The token, condition/).map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('can be edited in the text only'),
    expect.anything(),
  ]);
  expect(screen.getByLabelText<HTMLInputElement>('Name of the claim').value).toBe('r');
  expect((await json()).value).toBe(text);
  await type(screen.getByLabelText('How many'), '2');
  expect(await written()).toEqual({ ...(JSON.parse(text) as object), count: 2 });
  expect(result()).toMatch(/^Fails now.*[Ee]xpected exactly 2/);
});

test('Cancel leaves all as it was; Esc asks once whether what was written is to be lost', async () => {
  await begin('New expectation');
  await click(button('Cancel'));
  await waitFor(() => expect(document.activeElement).toBe(button('New expectation')));
  await click(button('New expectation'));
  await press(screen.getByLabelText('Name'), 'Escape');
  expect(editor()).toBeNull();
  await click(button('New expectation'));
  await type(screen.getByLabelText('Name'), 'mine');
  await press(screen.getByLabelText('Name'), 'Escape');
  expect([editor() === null, document.body.textContent?.includes('Press Esc again')]).toEqual([false, true]);
  await press(screen.getByLabelText('Name'), 'Escape');
  expect([editor(), names()]).toEqual([null, []]);
});

test('a draft outlives a new report and a look at another view, and is checked against what is there then', async () => {
  await begin('New expectation');
  await type(screen.getByLabelText('Name'), 'mine');
  await see(captureOf({ readAt: now + 1, stores: [localStorageOf({ auth: daily.host() })] }));
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('mine');
  await waitFor(() => expect(result()).toMatch(/^Fails now/));
  await click(button('Tokens'));
  await click(button(/^Expectations/));
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('mine');
  await click(button('Save'));
  await waitFor(() => expect(names()).toEqual(['mine']));
});

test('a line is edited in its place, and the whole file as text, with its marks of pages', async () => {
  await begin('Edit as text');
  const file = {
    pages: { guest: ['https://call.example/*'] },
    expect: [
      { name: 'no host', on: 'guest', none: { role: 'host' } },
      { name: 'one', count: 1 },
    ],
  };
  await type(await json(), JSON.stringify(file));
  await click(button('Remove the mark guest'));
  expect(screen.getByRole('alert').textContent).toBe(
    '“guest” is kept: it is used by “no host”. Choose other pages there first.',
  );
  await choose(screen.getByLabelText('Name of the mark'), 'visitor');
  await type(screen.getByLabelText(/^Addresses of pages marked visitor/), 'https://call.example/*\n*/lobby\n');
  expect(await written()).toEqual({
    pages: { visitor: ['https://call.example/*', '*/lobby'] },
    expect: [{ ...file.expect[0], on: 'visitor' }, file.expect[1]],
  });
  await click(button('Save'));
  await waitFor(() => expect(names().sort()).toEqual(['no host', 'one']));
  await click(button('Edit no host'));
  await json();
  expect(button('Edit no host').textContent).toBe('Editing');
  await choose(screen.getByLabelText('On which pages'), 'any:');
  await type(screen.getByLabelText('Name'), 'no host at all');
  await click(button('Save'));
  await waitFor(() => expect(names().sort()).toEqual(['no host at all', 'one']));
  await waitFor(() => expect(document.activeElement).toBe(button('Edit no host at all')));
});
