import { expect, test } from 'vitest';
import { captureOf, keyedStoreOf } from '../../../../test/builders/captures.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { find } from '../find.ts';

const token = jwt({ sub: 'ada' });

test.each([
  [['notes/session.json'], JSON.stringify({ token }), 'private file "notes/session.json"'],
  [['a', 'drafts'], token, 'private file "a" in bucket "drafts"'],
  [[token, '', 'name'], token, `name of private file "${token}"`],
])('a file of the private file system is a place of its own: %j', (key, text, label) => {
  const stores = [keyedStoreOf('private-file', { [JSON.stringify(key)]: text })];
  const [sighting] = find(captureOf({ stores })).sightings;
  expect(sighting?.token).toBe(token);
  expect(sighting?.place).toMatchObject({
    source: 'private-file',
    label,
    key: null,
    traits: { readableByScripts: true, keptAfterClosing: true, sentToServers: false, storage: 'file' },
  });
});
