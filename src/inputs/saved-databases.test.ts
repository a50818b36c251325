import { expect, test } from 'vitest';
import { readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';

const token = daily.guest();
const origin = 'https://call.example';

async function placesOf(origins: object[]) {
  const { kind, failure, sightings } = await readInput(JSON.stringify({ cookies: [], origins }));
  expect([kind, failure]).toEqual(['storage-state', null]);
  return sightings.map(({ place, path }) => [place.source, place.label, path, place.origin]);
}
const store = (records: object[], more: object = {}) => ({
  name: 'calls',
  autoIncrement: false,
  indexes: [],
  records,
  ...more,
});
const database = (...stores: object[]) => [
  { origin, localStorage: [], indexedDB: [{ name: 'app', version: 1, stores }] },
];

test.each<[what: string, store: object, label: string, path: string]>([
  ['a plain value', store([{ key: 'ada', value: token }]), 'indexedDB["app"]["calls"]["ada"]', '$.value'],
  [
    'a member of one',
    store([{ key: ['ada', 2], value: { deep: { token } } }]),
    'indexedDB["app"]["calls"][["ada",2]]',
    '$.value.deep.token',
  ],
  [
    'a value with its own key',
    store([{ value: { id: 'ada', token } }], { keyPath: 'id' }),
    'indexedDB["app"]["calls"]["ada"]',
    '$.token',
  ],
  [
    'what JSON has no words for',
    store(
      [
        {
          valueEncoded: {
            o: [
              { k: 'id', v: 7 },
              { k: 'at', v: { d: '2026-11-20T12:00:00.000Z' } },
              { k: 'by', v: { m: [{ k: 'ada', v: { s: [token], id: 3 } }], id: 2 } },
            ],
            id: 1,
          },
        },
      ],
      { keyPath: 'id' },
    ),
    'indexedDB["app"]["calls"][7]',
    '$.by.ada[0]',
  ],
])('a record of IndexedDB stands where the panel tells it: %s', async (_, one, label, path) => {
  expect(await placesOf(database(one))).toEqual([['indexed-db', label, path, origin]]);
});

test('what newer versions write of databases is searched as it stands', async () => {
  expect(await placesOf([{ origin, indexedDB: { anew: [token] } }])).toEqual([
    ['text', `IndexedDB of ${origin}`, '$.anew[0]', null],
  ]);
});

test.each<[what: string, sessionStorage: unknown, path: string]>([
  ['a list', [{ name: 'call', value: token }], ''],
  ['an object', { call: token }, ''],
  ['an object of objects', { call: { token } }, '$.token'],
])('session storage that was saved beside is read from %s', async (_, sessionStorage, path) => {
  expect(await placesOf([{ origin, sessionStorage }])).toEqual([
    ['session-storage', 'sessionStorage["call"]', path, origin],
  ]);
});

test('odd records are searched, and none throws', async () => {
  const deep = `${'{"o":[{"k":"a","v":'.repeat(200)}"${token}"${'}]}'.repeat(200)}`;
  for (const records of [[null, 7, [], {}, { value: null }], [{ key: { a: 1 }, valueEncoded: JSON.parse(deep) }]])
    await placesOf(database(store(records as object[])));
  const odd = await readInput(
    `{"cookies":[],"origins":[{"origin":"${origin}","indexedDB":[{"name":"a","stores":[{"records":[{"valueEncoded":${deep}}]}]}]}]}`,
  );
  expect(odd.sightings).toMatchObject([{ token }]);
});
