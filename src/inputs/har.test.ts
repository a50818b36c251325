import { expect, test } from 'vitest';
import { placesIn } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';

const headers = [{ name: 'Authorization', value: `Bearer ${daily.guest()}` }];
const log = {
  version: '1.2',
  creator: { name: 'test', version: '1' },
  entries: [{ request: { url: 'https://call.example/', headers } }],
};
const text = JSON.stringify({ log });

test.each<[what: string, text: string]>([
  ['with a mark', `\ufeff${text}`],
  [
    'with members before its log',
    JSON.stringify({ _comment: 'saved by hand {"a": 1}', _version: 2, options: { a: [1] }, log }),
  ],
  ['with commas too many', text.replace(/\}\]\}\}$/, '},],},}')],
  ['written over lines', JSON.stringify({ log }, null, 2)],
])('an archive is read %s', async (_, content) => {
  expect(await placesIn(content)).toEqual({
    kind: 'har',
    places: ['request-header Authorization of https://call.example'],
  });
});

test('a log of something else is searched whole', async () => {
  const settings = JSON.stringify({ log: { level: 'info', token: daily.guest() }, token: daily.host() });
  expect(await placesIn(settings)).toEqual({ kind: 'json', places: ['text a $.log.token', 'text a $.token'] });
});
