import { expect, test } from 'vitest';
import { captureOf, keyedStoreOf } from '../../../../test/builders/captures.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { find } from '../find.ts';

const token = jwt({ sub: 'ada' });
const url = 'https://call.example/join';

test.each([
  ['body', JSON.stringify({ token }), null, '$.token'],
  ['request header authorization', `Bearer ${token}`, 'authorization', ''],
  ['request header authorization (2)', `Bearer ${token}`, 'authorization', ''],
  ['URL', `${url}?t=${token}`, null, '?t'],
])('the %s of a cached response is a place of its own', (part, text, key, path) => {
  const stores = [keyedStoreOf('cache-storage', { [JSON.stringify(['v1', url, part])]: text })];
  const [sighting] = find(captureOf({ stores })).sightings;
  expect(sighting).toMatchObject({ token, path });
  expect(sighting?.place).toMatchObject({
    source: 'cache-storage',
    label: `cache "v1": ${part} of ${url}`,
    key,
    traits: { readableByScripts: true, keptAfterClosing: true, sentToServers: false, storage: 'cache' },
  });
});

test.each([
  [[token, '', 'name'], `cache "${token}": name`],
  [['v1', url, 'body', 'drafts'], `cache "v1": body of ${url} in bucket "drafts"`],
])('the name of a cache is a place, and buckets are told: %j', (key, label) => {
  const stores = [keyedStoreOf('cache-storage', { [JSON.stringify(key)]: token })];
  expect(find(captureOf({ stores })).sightings.map(({ place }) => place.label)).toEqual([label]);
});
