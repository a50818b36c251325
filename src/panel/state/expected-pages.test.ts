import { expect, test } from 'vitest';
import { daily } from '../../../test/builders/tokens.ts';
import { pagesChosen } from './expected-pages.ts';

const one = { name: 'no host', none: { role: 'host' } };
const pageUrl = 'https://call.example/guest/standup?from=mail#top';
const page = 'https://call.example/guest/standup';

test('any page is meant at first, or those of the mark that the page has', () => {
  const any = pagesChosen({ marked: undefined, pageUrl, picked: null });
  expect(any).toMatchObject({
    choices: ['any:', 'page:', 'guest', 'host'],
    chosen: 'any:',
    on: null,
    pages: undefined,
  });
  expect(any.onChosen(one)).toEqual(one);
  const guests = pagesChosen({ marked: undefined, pageUrl, picked: 'guest' });
  expect(guests).toMatchObject({ chosen: 'guest', on: 'guest', pages: { guest: [page] } });
  expect(guests.onChosen(one)).toEqual({ name: 'no host', on: 'guest', none: { role: 'host' } });
});

test('the page on screen is told without query and fragment, and what says of which pages it is stays', () => {
  const { on, pages, onChosen } = pagesChosen({ marked: { host: ['*/host/*'] }, pageUrl, picked: 'page:' });
  expect([on, pages]).toEqual([page, { host: ['*/host/*'] }]);
  expect(onChosen({ ...one, on: 'host' })).toEqual({ ...one, on: 'host' });
});

test('a page joins its mark once, and not where a pattern of it fits already', () => {
  const marked = { guest: ['https://call.example/guest/*'], ours: ['https://call.example/x'] };
  expect(pagesChosen({ marked, pageUrl, picked: 'guest' }).pages).toEqual(marked);
  expect(pagesChosen({ marked, pageUrl, picked: 'ours' }).pages).toEqual({
    ...marked,
    ours: ['https://call.example/x', page],
  });
  expect(pagesChosen({ marked, pageUrl: null, picked: 'guest' })).toMatchObject({
    choices: ['any:', 'guest', 'ours'],
    on: 'guest',
    pages: marked,
  });
});

test('a mark with any name is one, and one that is gone is not chosen', () => {
  const marked = JSON.parse('{"__proto__": ["https://a.example/"], "constructor": ["https://b.example/"]}');
  for (const picked of ['__proto__', 'constructor']) {
    const { pages = {} } = pagesChosen({ marked, pageUrl, picked });
    expect(Object.entries(pages).find(([name]) => name === picked)?.[1]).toContain(page);
  }
  expect(pagesChosen({ marked: undefined, pageUrl, picked: 'gone' }).chosen).toBe('any:');
});

test.each([
  [`https://call.example/join/${daily.guest()}/x`, 'https://call.example/join/*/x'],
  [`https://call.example/${'k'.repeat(60)}`, 'https://call.example/*'],
  ['about:blank', null],
  ['file:///tmp/a.html', null],
])('of %s nothing is written down that could be a token', (url, wanted) => {
  expect(pagesChosen({ marked: undefined, pageUrl: url, picked: 'page:' }).on).toBe(wanted);
});
