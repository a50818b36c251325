import { expect, test } from 'vitest';
import { captureOf, keyedStoreOf } from '../../../../test/builders/captures.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { find } from '../find.ts';

const token = jwt({ sub: 'ada' });

function found(key: string, text: string) {
  return find(captureOf({ stores: [keyedStoreOf('indexed-db', { [key]: text })] })).sightings;
}

test('a record is a place of its own, and says where in it a token lies', () => {
  const key = JSON.stringify(['app', 'sessions', 'ada']);
  const [sighting] = found(key, JSON.stringify({ user: { tokens: [token] } }));
  expect(sighting).toMatchObject({ token, path: '$.user.tokens[0]' });
  expect(sighting?.place).toMatchObject({
    source: 'indexed-db',
    label: 'indexedDB["app"]["sessions"]["ada"]',
    key: 'ada',
    origin: 'https://call.example',
    traits: { readableByScripts: true, keptAfterClosing: true, storage: 'database' },
  });
});

test.each([
  [[token, '', '', '', 'names'], `names in indexedDB[${JSON.stringify(token)}]`],
  [['app', token, '', '', 'names'], `names in indexedDB["app"][${JSON.stringify(token)}]`],
  [['app', 's', '1'], 'indexedDB["app"]["s"]["1"]'],
  [['app', 's', '1', '', 'key'], 'indexedDB["app"]["s"][1]'],
  [['app', 's', '[1,"a"]', 'drafts', 'key'], 'indexedDB["app"]["s"][[1,"a"]] in bucket "drafts"'],
  [['app', 's', '1\n', '', 'key'], String.raw`indexedDB["app"]["s"]["1\n"]`],
  [['app', 's', '', 'drafts'], 'indexedDB["app"]["s"][""] in bucket "drafts"'],
])('names of databases and stores are places, keys are told as scripts write them, and buckets: %j', (key, label) => {
  expect(found(JSON.stringify(key), token).map(({ place }) => place.label)).toEqual([label]);
});

test('a library’s record is known by its key', () => {
  const key = JSON.stringify(['firebaseLocalStorageDb', 'firebaseLocalStorage', 'firebase:authUser:AIzaKey:[DEFAULT]']);
  const [sighting] = found(key, JSON.stringify({ value: { stsTokenManager: { accessToken: token } } }));
  expect(sighting).toMatchObject({ library: { id: 'firebase', use: 'id' } });
});

test.each(['', 'no list', '{"a":1}', '[1,2]', '['])('a key that a page made up (%s) takes nothing along', (key) => {
  expect(found(key, token).map((one) => one.token)).toEqual([token]);
});
