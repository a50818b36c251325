import { expect, test } from 'vitest';
import { captureOf, documentStoreOf } from '../../../../test/builders/captures.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { find } from '../find.ts';

const token = jwt({ sub: 'ada' });

test('is a place of the document that has the name, open to scripts and gone with the tab', () => {
  const stores = [documentStoreOf('window-name', [['https://call.example/in', '', 'window.name', `t=${token}`]])];
  const [sighting] = find(captureOf({ stores })).sightings;
  expect(sighting?.token).toBe(token);
  expect(sighting?.place).toMatchObject({
    source: 'window-name',
    label: 'window.name',
    origin: 'https://call.example',
    url: 'https://call.example/in',
    key: null,
    traits: { readableByScripts: true, keptAfterClosing: false, sentToServers: false, storage: 'window' },
  });
});
