// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/preact';
import { beforeEach, expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, rows, see, usePanel } from '../../../../test/builders/panel.ts';
import { daily, hours, jwt, minutes, now, without } from '../../../../test/builders/tokens.ts';
// Loaded ahead, so that a test need not wait for it.
import './Timeline.tsx';

const panel = usePanel();

beforeEach(async () => {
  await see(
    captureOf({
      stores: [
        localStorageOf({
          guest: daily.guest({ u: 'Grace', ud: 'grace', exp: now + minutes(30) }),
          later: daily.guest({ u: 'Ada', ud: 'ada', nbf: now + hours(1), exp: now + hours(2) }),
          endless: daily.guest({ u: 'Linus', ud: 'linus', exp: without }),
          old: daily.guest({ u: 'Barbara', ud: 'barbara', iat: now - hours(3), exp: now - hours(2) }),
          misread: jwt({ sub: 'x', exp: (now + 60) * 1000 }),
        }),
      ],
    }),
  );
  await click(screen.getByRole('button', { name: 'Timeline' }));
  await screen.findByRole('slider', { name: 'Moment' });
});

const view = () => screen.getByRole('region', { name: 'timeline' });
const slider = () => screen.getByRole<HTMLInputElement>('slider', { name: 'Moment' });
const stateOf = (name: string) =>
  within(view())
    .getAllByRole('listitem')
    .find(({ textContent }) => textContent?.includes(name))
    ?.querySelector('.state')?.textContent;
const press = (name: string) => click(within(view()).getByRole('button', { name }));

test('says of every token whether it is valid now, and how many are', () => {
  expect(view().textContent).toContain(
    '2026-11-20 12:00:00 UTC (now): 2 of 5 tokens are valid, 1 of them without an end; 1 not yet; 1 has expired; of 1 the times are not known.',
  );
  expect(['Grace', 'Ada', 'Linus', 'Barbara', 'JWT'].map(stateOf)).toEqual([
    'valid, 30 min left',
    'valid in 1 h',
    'valid, never expires',
    'expired 2 h before',
    'not known',
  ]);
});

test('a press goes to the next change and says what it is, for the ear too, and another leads back to now', async () => {
  await press('Next change');
  expect(view().textContent).toContain(
    '(in 30 min): 1 of 5 tokens is valid, without an end; 1 not yet; 2 have expired',
  );
  expect(view().textContent).toContain('Daily · standup · Grace expires.');
  expect(screen.getByText(/^2026-11-20 12:30:00 UTC: Daily · standup · Grace expires\. 1 of 5/)).toBeTruthy();
  expect(stateOf('Grace')).toBe('expired 0 s before');
  expect(view().textContent).toContain('Findings and other views stay as of now.');
  await press('Next change');
  expect(stateOf('Ada')).toBe('valid, 1 h left');
  await press('Now');
  expect(stateOf('Grace')).toBe('valid, 30 min left');
  expect(view().textContent).not.toContain('stay as of now');
  await press('Previous change');
  expect(view().textContent).toContain('become valid.');
});

test('the slider moves the moment, and says where it is and how many are valid', async () => {
  const places = async (value: number) => {
    await act(async () => {
      fireEvent.input(slider(), { target: { value: String(value) } });
    });
    return slider().getAttribute('aria-valuetext');
  };
  expect(await places(0)).toMatch(/ ago: 0 of 5 tokens are valid/);
  expect(stateOf('Grace')).toMatch(/^valid in /);
  expect(await places(1000)).toMatch(/^in .*: 1 of 5 tokens is valid, without an end/);
  expect(stateOf('Grace')).toMatch(/^expired /);
});

test('each token leads to its row', async () => {
  await click(within(view()).getByRole('button', { name: /Linus/ }));
  expect(
    rows()
      .find(({ textContent }) => textContent?.includes('Linus'))
      ?.getAttribute('aria-selected'),
  ).toBe('true');
});

test('what is gone is said to be, though still valid', async () => {
  await see(captureOf({ readAt: now - 5, stores: [] }));
  expect(panel.root.textContent).toBeTruthy();
  expect(stateOf('Grace')).toBe('gone, valid, 30 min left');
});
