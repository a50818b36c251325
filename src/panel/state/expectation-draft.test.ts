import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import type { Expectation, Expectations } from '../../engine/expect/expectations.ts';
import { expectedWords } from '../../engine/expect/expected-words.ts';
import { find, inspect } from '../../engine/inspect.ts';
import type { Report } from '../../engine/model/report.ts';
import { createDraft, type Edited } from './expectation-draft.ts';

const reportOf = (tokens: Record<string, string>): Report => {
  const capture = captureOf({ stores: [localStorageOf(tokens)] });
  return inspect(find(capture).sightings, { now, policy: standard, page: capture.page });
};
const noHost: Expectation = { name: 'no host token', on: 'guest', none: { role: 'host' } };
const short: Expectation = { name: 'short', every: {}, have: { 'times.lifetimeSeconds': { max: 7200 } } };
const guests: Expectations = {
  pages: { guest: ['https://call.example/*'] },
  expect: [noHost, short],
  steps: [{ name: 'the guest’s page', open: '/guest', expect: [{ ...noHost }] }],
};
const begin = (of: Edited, file = guests) => {
  const report = signal(reportOf({ auth: daily.guest() }));
  return { report, draft: createDraft({ of, file, begun: { name: '', none: {} }, report }) };
};
const linesOf = (draft: ReturnType<typeof createDraft>) => draft.mistakes.value.map(({ message }) => message);

describe('text and fields', () => {
  test('follow each other', () => {
    const { draft } = begin(0);
    expect(JSON.parse(draft.text.value)).toEqual(noHost);
    draft.setFields({ ...draft.fields.value, none: { role: ['host', 'server'] } });
    expect(JSON.parse(draft.text.value)).toEqual({ ...noHost, none: { role: ['host', 'server'] } });
    draft.setText('{ "name": "one", "count": 1 }');
    expect(draft.fields.value).toEqual({ name: 'one', count: 1 });
    expect(draft.text.value).toBe('{ "name": "one", "count": 1 }');
    expect(draft.follows.value).toBe(true);
  });

  test('what is typed with mistakes is kept as it is, each named with its line and column, while the fields stay as they were', () => {
    const { draft } = begin(1);
    const typed = '{\n  "name": "short",\n  "every": { "rool": "host" },\n  "have": {}\n}';
    draft.setText(typed);
    expect(draft.text.value).toBe(typed);
    expect(linesOf(draft)).toEqual([
      'every.rool is not known (line 3, column 14).',
      'have expects nothing: name what the tokens have (line 4, column 3).',
    ]);
    expect([draft.follows.value, draft.fields.value, draft.over(guests), draft.results.value]).toEqual([
      false,
      short,
      null,
      null,
    ]);
    draft.setText('{');
    expect(linesOf(draft)).toEqual(['This is not JSON: line 1, column 2.']);
  });

  test('a mark that there is not is a mistake, until there is one', () => {
    const { draft } = begin(0);
    draft.setFields({ ...draft.fields.value, on: 'host' });
    expect(linesOf(draft)).toEqual(['on is no mark of pages, and no address of a page (line 3, column 3).']);
    draft.marks.change({ ...draft.marks.pages.value, host: ['*/host/*'] });
    expect(linesOf(draft)).toEqual([]);
  });

  test('nothing hides in the text, and it reads as what it was made of', () => {
    const hidden = { ...short, name: 'a\u202eb\u{e0041}\n' };
    const { draft } = begin(0, { expect: [hidden] });
    expect(draft.text.value).toContain('a\\u202eb\\udb40\\udc41\\n');
    expect(JSON.parse(draft.text.value)).toEqual(hidden);
  });

  test('a name that says what is expected goes on saying it; one of its own stays', () => {
    const begun = { name: expectedWords({ name: '', none: { role: 'host' } }, {}), none: { role: 'host' } };
    const draft = createDraft({ of: 'new', file: { expect: [] }, begun, report: signal(reportOf({})) });
    draft.setFields({ ...draft.fields.value, none: { role: 'server' } });
    expect(draft.fields.value.name).toBe('no server token');
    draft.setFields({ ...draft.fields.value, name: 'mine' });
    draft.setFields({ ...draft.fields.value, none: { role: 'host' } });
    expect(draft.fields.value.name).toBe('mine');
  });
});

test('what comes of it on what is on screen is told, and again with the next report', () => {
  const { draft, report } = begin(0);
  expect(draft.results.value?.map(({ held }) => held)).toEqual([null]);
  draft.setFields({ name: 'no host', none: { role: 'host' } });
  expect(draft.results.value?.map(({ held }) => held)).toEqual([true]);
  report.value = reportOf({ auth: daily.host() });
  expect(draft.results.value?.map(({ held }) => held)).toEqual([false]);
  expect(draft.fields.value.name).toBe('no host');
});

describe('what is taken over', () => {
  test('is in the place of what was edited, and nothing else is another', () => {
    const { draft } = begin(1);
    expect(draft.isChanged.value).toBe(false);
    draft.setFields({ ...draft.fields.value, name: 'shorter' });
    expect(draft.isChanged.value).toBe(true);
    expect(draft.over(guests)).toEqual({ ...guests, expect: [noHost, { ...short, name: 'shorter' }] });
  });

  test('is found again in a list that has changed meanwhile, and added where it is there no more', () => {
    const { draft } = begin(1);
    draft.setFields({ ...draft.fields.value, name: 'shorter' });
    const moved = { ...guests, expect: [short] };
    expect([draft.isGone(moved), draft.over(moved)?.expect.map(({ name }) => name)]).toEqual([false, ['shorter']]);
    const other = { expect: [{ name: 'another', count: 1 }] };
    expect([draft.isGone(other), draft.over(other)]).toEqual([
      true,
      { pages: guests.pages, expect: [...other.expect, { ...short, name: 'shorter' }] },
    ]);
  });

  test('is the whole file, where that is edited', () => {
    const { draft } = begin('whole');
    expect(JSON.parse(draft.text.value)).toEqual(guests);
    draft.setText('{ "expect": [{ "name": "one", "count": 1 }] }');
    expect(draft.over(guests)).toEqual({ expect: [{ name: 'one', count: 1 }] });
    draft.setText('{ "expect": [{ "name": "one" }] }');
    expect(linesOf(draft)[0]).toMatch(/^expect\[0\] expects nothing.*\(line 1, column \d+\)\.$/);
    expect(draft.over(guests)).toBeNull();
  });
});

describe('marks of pages', () => {
  test.each<[of: Edited]>([[0], ['whole']])('that are called otherwise are so wherever they are named (%s)', (of) => {
    const { draft } = begin(of);
    draft.marks.change({ visitor: ['https://call.example/*'] }, ['guest', 'visitor']);
    const renamed = { ...noHost, on: 'visitor' };
    expect(draft.over(guests)).toEqual({
      pages: { visitor: ['https://call.example/*'] },
      expect: [renamed, short],
      steps: [{ name: 'the guest’s page', open: '/guest', expect: [renamed] }],
    });
    expect(draft.marks.usersOf('visitor')).toEqual([of === 0 ? 'this one' : 'no host token', 'no host token']);
    expect(draft.marks.usersOf('guest')).toEqual([]);
  });

  test('with an address that is none are named, and nothing is taken over', () => {
    const { draft } = begin(1);
    draft.marks.change({ guest: ['https://call.example/*', 'guest'] });
    expect(draft.marks.mistakes.value).toEqual([
      'guest[1] must be the address of a page, such as https://call.example/guest/*, or begin with *.',
    ]);
    expect(draft.over(guests)).toBeNull();
    draft.marks.change({ guest: [] });
    expect(draft.marks.mistakes.value).toEqual(['guest is an empty list, which no page is like.']);
  });

  test('that came into the list meanwhile are kept', () => {
    const { draft } = begin(1);
    draft.marks.change({ guest: ['*'] });
    const since = { ...guests, pages: { ...guests.pages, host: ['*/host/*'] } };
    expect(draft.over(since)?.pages).toEqual({ guest: ['*'], host: ['*/host/*'] });
  });
});
