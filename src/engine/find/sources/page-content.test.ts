import { expect, test } from 'vitest';
import { captureOf, documentStoreOf } from '../../../../test/builders/captures.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { find } from '../find.ts';

const page = 'https://call.example/';
const token = jwt({ sub: 'ada' });

function found(...lines: string[]) {
  const { sightings } = find(captureOf({ stores: [documentStoreOf('page-content', [[page, ...lines]])] }));
  return sightings.map(({ place, path }) => ({ label: place.label, key: place.key, path }));
}

test.each([
  ['a hidden field', ['value', 'input', '', 'csrf', '1', token], 'input[name="csrf"] value', 'csrf', ''],
  ['a meta element', ['content', 'meta', '', 'jwt', '2', token], 'meta[name="jwt"] content', 'jwt', ''],
  ['an attribute', ['data-token', 'div', 'app', '', '1', token], 'div#app data-token', 'data-token', ''],
  ['a link', ['href', 'a', '', '', '1', `/join?t=${token}`], 'a href', 'href', '?t'],
  ['a script', ['', 'script', '', '', '3', `start({ token: "${token}" })`], 'script', null, ''],
  [
    'data',
    ['', 'script', '__NEXT_DATA__', '', '1', JSON.stringify({ a: { token } })],
    'script#__NEXT_DATA__',
    '__NEXT_DATA__',
    '$.a.token',
  ],
  ['a comment', ['', '', '', '', '1', ` ${token} `], 'comment', null, ''],
])('%s is named as a developer would write it', (_, lines, label, key, path) => {
  expect(found(...lines)).toEqual([{ label, key, path }]);
});

test('the address of a frame is left to the frame', () => {
  expect(found('src', 'iframe', '', '', '1', `https://call.example/in?t=${token}`)).toEqual([]);
});

test('names that a page makes long or odd take nothing along', () => {
  const [one] = found('data-x', 'div', `${'i'.repeat(100_000)}\n\n`, '"', '1', token);
  expect(one?.label.length).toBeLessThan(200);
});

test('is open to scripts, and gone with the tab', () => {
  const stores = [documentStoreOf('page-content', [[page, 'data-token', 'div', '', '', '1', token]])];
  expect(find(captureOf({ stores })).sightings[0]?.place).toMatchObject({
    source: 'page-content',
    origin: 'https://call.example',
    url: page,
    traits: { readableByScripts: true, keptAfterClosing: false, sentToServers: false, storage: 'document' },
  });
});
