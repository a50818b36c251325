import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import type { Capture } from '../../engine/model/capture.ts';
import { completionsAt } from './filter-completion.ts';
import { filterWords } from './filter-words.ts';
import { createRowMaker } from './row.ts';

const rowsOf = (capture: Capture) =>
  createRowMaker()(inspect(find(capture).sightings, { now, policy: standard, page: capture.page }));
const rows = rowsOf(callPage());
const offers = (typed: string, caret = typed.length) => completionsAt(typed, caret, rows).map(({ offer }) => offer);

test('where nothing is written, every word is offered with what it finds', () => {
  expect(offers('')).toEqual(filterWords.map(({ name }) => `${name}:`));
  expect(completionsAt('', 0, rows).every(({ means }) => means !== '')).toBe(true);
  expect(offers('daily ')).toHaveLength(filterWords.length);
});

test('words that begin so come first, then those that hold what is written', () => {
  expect(offers('pl')).toEqual(['platform:', 'place:']);
  expect(offers('-ro')).toEqual(['room:', 'role:', 'platform:'].filter((one) => one.includes('ro')));
  expect(offers('zzz')).toEqual([]);
});

test('behind a word come its values, the most frequent first, with how many rows say so', () => {
  expect(offers('is:h').slice(0, 2)).toEqual(['here', 'host']);
  expect(completionsAt('role:', 5, rows)[0]).toMatchObject({ offer: 'host', count: 3 });
  expect(offers('platform:da')).toEqual(['Daily']);
  expect(offers('user:Ada,Li')).toEqual(expect.arrayContaining(['Linus']));
});

test('taking one replaces what is written of it, and leaves the rest and the place to go on', () => {
  const [word] = completionsAt('-plat is:host', 5, rows);
  expect(word).toMatchObject({ text: '-platform: is:host', caret: 10 });
  const value = completionsAt('user:gra', 8, rows).find(({ offer }) => offer === 'Grace Hopper');
  expect(value).toMatchObject({ text: 'user:"Grace Hopper" ', caret: 20 });
  const [last] = completionsAt('role:host,par is:gone', 13, rows);
  expect(last).toMatchObject({ text: 'role:host,participant is:gone' });
});

test('no token, and nothing that is not seen, is offered', () => {
  const inner = daily.host({ u: 'Inner' });
  const hidden = rowsOf(
    captureOf({ stores: [localStorageOf({ [`key ${inner}`]: daily.guest({ u: 'a\u202Eb', r: inner }) })] }),
  );
  for (const word of ['room:', 'user:', 'place:', 'claim:']) {
    const all = completionsAt(word, word.length, hidden).map(({ offer }) => offer);
    expect(all.join(' ')).not.toContain(inner.split('.')[2]);
    expect(all.join(' ')).not.toContain('\u202E');
  }
});

test('a name with quotes is offered as it is written, also while it is', () => {
  const quoted = rowsOf(captureOf({ stores: [localStorageOf({ key: daily.guest({ r: 'say "hi" \\o/' }) })] }));
  for (const typed of ['room:', 'room:say', 'room:"say \\"h'])
    expect(completionsAt(typed, typed.length, quoted)[0]).toMatchObject({
      offer: 'say "hi" \\o/',
      text: 'room:"say \\"hi\\" \\\\o/" ',
    });
});
